package service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import service.Settings;

class StoresTest {

  private static final Settings OFF = Settings.from(name -> null);
  private static final Settings DOWN =
      Settings.from(
          Map.of(
                  "DATABASE_URL",
                  "postgres://app:pw@127.0.0.1:1/app",
                  "REDIS_URL",
                  "redis://127.0.0.1:1/2")
              ::get);

  @Test
  void areOffWithoutAUrl() {
    var items = new PostgresItems(OFF);
    var hits = new RedisHits(OFF);
    assertThat(items.status()).isEqualTo(Status.OFF);
    assertThat(hits.status()).isEqualTo(Status.OFF);
    assertThatThrownBy(items::list).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(hits::count).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void areDownWhenNothingListens() {
    var items = new PostgresItems(DOWN);
    var hits = new RedisHits(DOWN);
    assertThat(items.status()).isEqualTo(Status.DOWN);
    assertThat(hits.status()).isEqualTo(Status.DOWN);
    assertThatThrownBy(() -> items.create("x")).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(hits::count).isInstanceOf(StoreUnavailableException.class);
    items.close();
    hits.close();
  }

  @Test
  void urlKeepsEveryPart() {
    var url =
        StoreUrl.parse("postgresql://app:p%40s+s@my_db.local:5433/own?sslmode=require")
            .orElseThrow();
    assertThat(url.user()).isEqualTo("app");
    assertThat(url.password()).isEqualTo("p@s+s");
    assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://my_db.local:5433/own?sslmode=require");
  }

  @Test
  void urlNeedsOnlyAHost() {
    var url = StoreUrl.parse("postgres://[::1]").orElseThrow();
    assertThat(url.user()).isEmpty();
    assertThat(url.password()).isEmpty();
    assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://[::1]:5432/");
    assertThat(StoreUrl.parse("postgres://app:%zz@db")).isEmpty();
  }
}
