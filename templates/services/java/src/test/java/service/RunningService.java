package service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on a free port, with memory in place of Postgres and Redis. */
class RunningService implements AutoCloseable {

  record Answer(int status, JsonNode body, Map<String, List<String>> headers) {

    String errorCode() {
      return body.at("/error/code").asString();
    }
  }

  final FakeStores stores = new FakeStores();
  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();

  RunningService(Map<String, String> environment) {
    var application = Application.with(Settings.from(environment::get));
    ApplicationContextInitializer<GenericApplicationContext> fakes =
        context ->
            context.registerBean(FakeStores.class, () -> stores, bean -> bean.setPrimary(true));
    application.addInitializers(fakes);
    context = application.run("--server.port=0");
  }

  int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  Answer post(String path, String body) {
    return send("POST", path, BodyPublishers.ofString(body), "content-type", "application/json");
  }

  Answer send(String method, String path, BodyPublisher body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, body);
    if (headers.length > 0) request.headers(headers);
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          JsonMapper.shared().readTree(response.body()),
          response.headers().map());
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    } catch (InterruptedException exception) {
      throw new IllegalStateException(exception);
    }
  }

  @Override
  public void close() {
    client.close();
    context.close();
  }
}
