package service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static Settings from(Map<String, String> environment) {
    return Settings.from(environment::get);
  }

  @Test
  void hasADefaultForEverything() {
    var settings = from(Map.of("PORT", "", "DATABASE_URL", ""));
    assertThat(settings.port()).isEqualTo(8000);
    assertThat(settings.service()).isEqualTo("service");
    assertThat(settings.logLevel()).isEqualTo("info");
    assertThat(settings.healthcheckPath()).isEqualTo("/health");
    assertThat(settings.databaseUrl()).isEmpty();
    assertThat(settings.redisUrl()).isEmpty();
  }

  @Test
  void prefersPortToServicePort() {
    assertThat(from(Map.of("SERVICE_PORT", "3001")).port()).isEqualTo(3001);
    assertThat(from(Map.of("SERVICE_PORT", "3001", "PORT", "3002")).port()).isEqualTo(3002);
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, 0",
    "PORT, 65536",
    "PORT, abc",
    "PORT, -1",
    "LOG_LEVEL, loud",
    "HEALTHCHECK_PATH, health",
    "HEALTHCHECK_PATH, /health check",
    "HEALTHCHECK_PATH, /{id}",
    "TABLE_PREFIX, 1st_",
    "TABLE_PREFIX, 'x\"; DROP TABLE items; --'",
    "DATABASE_URL, postgres",
    "DATABASE_URL, mysql://app:hunter2@db/app",
    "DATABASE_URL, postgres://app:hunter2@db:port/app",
    "REDIS_URL, redis:6379",
    "REDIS_URL, http://hunter2@redis",
    "REDIS_URL, redis://:hunter2@redis/two",
  })
  void refusesWrongValuesWithoutRepeatingThem(String name, String value) {
    assertThatThrownBy(() -> from(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " must be ")
        .hasMessageNotContaining("hunter2");
  }
}
