package service.http;

import java.util.List;

/** What the service answers. */
public final class Endpoints {

  static final List<String> ALL =
      List.of("GET /health", "GET /ready", "GET /items", "POST /items", "POST /hits");

  private Endpoints() {}

  public static boolean isTaken(String path) {
    return path.equals("/") || ALL.stream().anyMatch(endpoint -> endpoint.endsWith(" " + path));
  }
}
