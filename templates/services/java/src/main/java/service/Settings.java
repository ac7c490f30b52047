package service;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import service.http.Endpoints;
import service.store.StoreUrl;

/** Every setting of the service, read from the environment once, at start. */
public record Settings(
    int port,
    String service,
    String logLevel,
    String healthcheckPath,
    Optional<StoreUrl> databaseUrl,
    String tablePrefix,
    Optional<StoreUrl> redisUrl,
    String redisPrefix) {

  private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error");

  /** Its exception says what is wrong, but never repeats a value, which may be a secret. */
  public static Settings from(UnaryOperator<String> environment) {
    var variables = new Variables(environment);
    return new Settings(
        port(variables.get("PORT").or(() -> variables.get("SERVICE_PORT")).orElse("8000")),
        variables.get("SERVICE_NAME").orElse("service"),
        level(variables.get("LOG_LEVEL").orElse("info").toLowerCase(Locale.ROOT)),
        variables.matching(
            "HEALTHCHECK_PATH", "/[A-Za-z0-9._~/-]*", "/health", "a plain path such as /health"),
        variables.url("DATABASE_URL", ".*", "postgresql", "postgres"),
        variables.matching(
            "TABLE_PREFIX", "[A-Za-z_][A-Za-z0-9_]*", "", "letters, digits and underscores"),
        variables.url("REDIS_URL", "\\d{0,4}", "redis", "rediss"),
        variables.get("REDIS_PREFIX").orElse(""));
  }

  /** What Spring wants to know. */
  Map<String, Object> asProperties() {
    return Map.of(
        "server.port", port,
        "spring.application.name", service,
        "logging.level.root", logLevel,
        "service.healthcheck-path",
            Endpoints.isTaken(healthcheckPath) ? "/health" : healthcheckPath);
  }

  private static int port(String value) {
    if (value.matches("\\d{1,5}")) {
      int port = Integer.parseInt(value);
      if (port >= 1 && port <= 65_535) return port;
    }
    throw new IllegalArgumentException("PORT must be a number from 1 to 65535");
  }

  private static String level(String value) {
    if (LEVELS.contains(value)) return value;
    throw new IllegalArgumentException("LOG_LEVEL must be trace, debug, info, warn or error");
  }

  private record Variables(UnaryOperator<String> environment) {

    /** Compose passes an unset variable as an empty string, so the two mean the same. */
    Optional<String> get(String name) {
      return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isEmpty());
    }

    String matching(String name, String pattern, String fallback, String description) {
      var value = get(name);
      if (value.isEmpty()) return fallback;
      return value
          .filter(given -> given.matches(pattern))
          .orElseThrow(() -> new IllegalArgumentException(name + " must be " + description));
    }

    Optional<StoreUrl> url(String name, String path, String... schemes) {
      return get(name)
          .map(
              value ->
                  StoreUrl.parse(value)
                      .filter(url -> List.of(schemes).contains(url.scheme()))
                      .filter(url -> url.path().matches(path))
                      .orElseThrow(
                          () ->
                              new IllegalArgumentException(
                                  name + " must be a " + schemes[0] + ":// URL")));
    }
  }
}
