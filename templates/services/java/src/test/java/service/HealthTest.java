package service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import service.store.Status;

class HealthTest {

  private static final RunningService service =
      new RunningService(Map.of("SERVICE_NAME", "test", "HEALTHCHECK_PATH", "/up.v1/live"));

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void isHealthyWhateverTheStoresDo() {
    service.stores.status = Status.DOWN;
    for (var path : new String[] {"/health", "/up.v1/live"}) {
      var answer = service.get(path);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().get("status").asString()).isEqualTo("healthy");
      assertThat(answer.body().get("service").asString()).isEqualTo("test");
      assertThat(Instant.parse(answer.body().get("timestamp").asString()))
          .isBeforeOrEqualTo(Instant.now());
    }
  }

  @ParameterizedTest
  @CsvSource({"UP, 200, ready", "OFF, 200, ready", "DOWN, 503, not ready"})
  void isReadyUnlessAConfiguredStoreIsDown(Status status, int code, String word) {
    service.stores.status = status;
    var answer = service.get("/ready");
    assertThat(answer.status()).isEqualTo(code);
    assertThat(answer.body().get("status").asString()).isEqualTo(word);
    for (var store : new String[] {"postgres", "redis"}) {
      assertThat(answer.body().at("/checks/" + store).asString())
          .isEqualToIgnoringCase(status.name());
    }
  }

  @Test
  void keepsARouteThatTheHealthCheckPathNames() {
    try (var other = new RunningService(Map.of("HEALTHCHECK_PATH", "/ready"))) {
      assertThat(other.get("/ready").body().get("status").asString()).isEqualTo("ready");
    }
  }
}
