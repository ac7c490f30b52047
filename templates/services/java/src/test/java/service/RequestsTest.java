package service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class RequestsTest {

  private static final RunningService service = new RunningService(Map.of("SERVICE_NAME", "test"));

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void repair() {
    root.detachAppender(log);
    service.stores.failure = null;
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void describesItself() {
    var body = service.get("/").body();
    assertThat(body.get("service").asString()).isEqualTo("test");
    assertThat(body.get("endpoints").toString()).contains("POST /items");
  }

  @Test
  void knowsItsPathsAndMethods() {
    var unknown = service.get("/nowhere");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.errorCode()).isEqualTo("not_found");
    var wrong = service.send("DELETE", "/items", BodyPublishers.noBody());
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.errorCode()).isEqualTo("method_not_allowed");
  }

  @Test
  void answersInJsonWhateverIsAskedFor() {
    assertThat(service.get("/", "accept", "text/html").status()).isEqualTo(200);
    assertThat(service.get("/nowhere", "accept", "text/html").errorCode()).isEqualTo("not_found");
  }

  @Test
  void refusesABrokenPathInJson() throws IOException {
    // A client of Java's own does not send such a request.
    try (var socket = new Socket("127.0.0.1", service.port())) {
      socket.getOutputStream().write("GET /% HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes()))
          .startsWith("HTTP/1.1 400")
          .endsWith(
              "{\"error\":{\"code\":\"invalid_request\","
                  + "\"message\":\"The request is not valid HTTP\"}}");
    }
  }

  @Test
  void refusesALargeBodyThatNothingWouldRead() {
    var answer = service.post("/hits", "x".repeat((1 << 20) + 1));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.errorCode()).isEqualTo("payload_too_large");
  }

  @Test
  void counts() {
    assertThat(service.post("/hits", "").body().get("hits").asInt()).isEqualTo(1);
    assertThat(service.post("/hits", "").body().get("hits").asInt()).isEqualTo(2);
  }

  @Test
  void logsARequestOnce() throws InterruptedException {
    service.get("/nowhere?token=secret", "x-request-id", "abc-1");
    var event = requests("abc-1").getFirst();
    assertThat(event.getKeyValuePairs().toString())
        .contains("method=\"GET\"", "path=\"/nowhere\"", "status=\"404\"", "durationMs=")
        .doesNotContain("secret");
  }

  @Test
  void keepsProbesOutOfTheLog() throws InterruptedException {
    service.get("/health");
    service.get("/nowhere", "x-request-id", "last");
    assertThat(requests("last")).hasSize(1);
    assertThat(log.list).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc_1.2-3", "a b", ""})
  void echoesARequestIdAndReplacesOneThatIsUnsafe(String sent) {
    var received = service.get("/", "x-request-id", sent).headers().get("x-request-id").getFirst();
    assertThat(received.equals(sent)).isEqualTo(sent.equals("abc_1.2-3"));
    assertThat(received).matches("[\\w.-]{1,128}");
  }

  @Test
  void keepsTheDetailsOfAnUnexpectedErrorToTheLog() {
    service.stores.failure = () -> new IllegalStateException("hunter2");
    var answer = service.post("/hits", "");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.errorCode()).isEqualTo("internal_error");
    assertThat(answer.body().toString()).doesNotContain("hunter2");
    assertThat(log.list).anyMatch(event -> event.getThrowableProxy() != null);
  }

  /** A request is logged shortly after the client has its answer. */
  private List<ILoggingEvent> requests(String id) throws InterruptedException {
    for (; ; ) {
      var events =
          List.copyOf(log.list).stream()
              .filter(event -> event.getMessage().equals("request"))
              .filter(event -> id.equals(event.getMDCPropertyMap().get("requestId")))
              .toList();
      if (!events.isEmpty()) return events;
      Thread.sleep(5);
    }
  }
}
