package service.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a store is: scheme://user:password@host:port/path?query. Everything but the scheme and the
 * host may be empty. ({@link java.net.URI} knows no host with an underscore, but Compose does.)
 */
public record StoreUrl(
    String scheme,
    String user,
    String password,
    String host,
    String port,
    String path,
    String query) {

  private static final Pattern SHAPE =
      Pattern.compile(
          "(?<scheme>[a-z]+)://"
              + "((?<user>[^:@/?#]*)(:(?<password>[^@/?#]*))?@)?"
              + "(?<host>[\\w.-]+|\\[[0-9A-Fa-f:]+])(:(?<port>\\d{1,5}))?"
              + "(/(?<path>[^?#]*))?(\\?(?<query>[^#]*))?");

  /** Empty when the text is no such URL. */
  public static Optional<StoreUrl> parse(String text) {
    var match = SHAPE.matcher(text);
    if (!match.matches()) return Optional.empty();
    try {
      return Optional.of(
          new StoreUrl(
              match.group("scheme"),
              decode(orEmpty(match.group("user"))),
              decode(orEmpty(match.group("password"))),
              match.group("host"),
              orEmpty(match.group("port")),
              orEmpty(match.group("path")),
              orEmpty(match.group("query"))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** As JDBC writes it, which wants the user and the password elsewhere. */
  String jdbc() {
    var server = host + ":" + (port.isEmpty() ? "5432" : port);
    return "jdbc:postgresql://" + server + "/" + path + (query.isEmpty() ? "" : "?" + query);
  }

  private static String decode(String text) {
    // Here, a plus sign is one.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
