package service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import service.store.StoreUnavailableException;

class ItemsTest {

  private static final RunningService service = new RunningService(Map.of());

  @AfterEach
  void repair() {
    service.stores.failure = null;
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void createsAnItemAndListsIt() {
    var created = service.post("/items", "{\"name\": \" first \"}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body().get("name").asString()).isEqualTo("first");
    assertThat(created.body().get("createdAt").asString()).endsWith("Z");

    var listed = service.get("/items");
    assertThat(listed.status()).isEqualTo(200);
    assertThat(listed.body().get("items")).contains(created.body());
  }

  @Test
  void countsCharactersNotBytes() {
    assertThat(service.post("/items", "{\"name\": \"" + "ß".repeat(200) + "\"}").status())
        .isEqualTo(201);
    assertThat(service.post("/items", "{\"name\": \"" + "ß".repeat(201) + "\"}").status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "invalid_json | ``",
        "invalid_json | {\"name\"",
        "invalid_json | {\"name\": \"x\"} trailing",
        "invalid_body | []",
        "invalid_body | {}",
        "invalid_body | {\"name\": 1}",
        "invalid_body | {\"name\": \" \"}",
        "invalid_body | {\"name\": \"a\\u0000b\"}",
      })
  void refusesInvalidBodies(String code, String body) {
    var answer = service.post("/items", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(code);
  }

  @Test
  void refusesABodyOfMoreThanAMegabyte() {
    var body = "{\"name\": \"" + "x".repeat(1 << 20) + "\"}";
    var unknownLength =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes()));
    assertThat(service.post("/items", body).errorCode()).isEqualTo("payload_too_large");
    assertThat(
            service
                .send("POST", "/items", unknownLength, "content-type", "application/json")
                .status())
        .isEqualTo(413);
  }

  @Test
  void saysSoWhenTheDatabaseIsDownWithoutItsDetails() {
    var cause = new IllegalStateException("refused by 10.0.0.7");
    service.stores.failure = () -> new StoreUnavailableException("Postgres", cause);
    var answer = service.get("/items");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.errorCode()).isEqualTo("store_unavailable");
    assertThat(answer.body().toString()).doesNotContain("10.0.0.7");
  }
}
