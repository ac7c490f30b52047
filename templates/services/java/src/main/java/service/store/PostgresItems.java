package service.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.annotation.PreDestroy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import service.Settings;

/**
 * Items in Postgres. Connects when it is first used, so that the service starts and stays up
 * without it.
 */
@Component
class PostgresItems implements Items {

  private static final String STORE = "Postgres";
  private static final String UNDEFINED_TABLE = "42P01";

  /**
   * Classes of SQLSTATE that mean "not now": connection, login, no database, resources, shutdown.
   */
  private static final Set<String> OUTAGES = Set.of("08", "28", "3D", "53", "57");

  private final HikariDataSource pool;
  private final String table;

  PostgresItems(Settings settings) {
    pool = settings.databaseUrl().map(PostgresItems::poolFor).orElse(null);
    table = settings.tablePrefix() + "items";
  }

  @Override
  public Status status() {
    if (pool == null) return Status.OFF;
    try {
      run(jdbc -> jdbc.sql("SELECT 1").query().singleValue());
      return Status.UP;
    } catch (StoreUnavailableException _) {
      return Status.DOWN;
    }
  }

  @Override
  public List<Item> list() {
    var sql = "SELECT id, name, created_at FROM \"%s\" ORDER BY id DESC LIMIT 100".formatted(table);
    return run(jdbc -> jdbc.sql(sql).query(PostgresItems::toItem).list());
  }

  @Override
  public Item create(String name) {
    var sql =
        "INSERT INTO \"%s\" (name) VALUES (?) RETURNING id, name, created_at".formatted(table);
    return run(jdbc -> jdbc.sql(sql).param(name).query(PostgresItems::toItem).single());
  }

  @PreDestroy
  void close() {
    if (pool != null) pool.close();
  }

  /** Creates the table when it is missing: on first use, and after the database was replaced. */
  private <T> T run(Function<JdbcClient, T> work) {
    if (pool == null) throw new StoreUnavailableException(STORE, null);
    var jdbc = JdbcClient.create(pool);
    try {
      try {
        return work.apply(jdbc);
      } catch (DataAccessException exception) {
        if (!UNDEFINED_TABLE.equals(sqlState(exception))) throw exception;
        createTable(jdbc);
        return work.apply(jdbc);
      }
    } catch (RuntimeException exception) {
      var state = sqlState(exception);
      if (state.length() == 5 && !OUTAGES.contains(state.substring(0, 2))) throw exception;
      throw new StoreUnavailableException(STORE, exception);
    }
  }

  /** The lock makes replicas that start together take turns, which IF NOT EXISTS alone does not. */
  private void createTable(JdbcClient jdbc) {
    new TransactionTemplate(new DataSourceTransactionManager(pool))
        .executeWithoutResult(
            transaction -> {
              jdbc.sql("SELECT pg_advisory_xact_lock(hashtext(?))")
                  .param(table)
                  .query()
                  .listOfRows();
              jdbc.sql(
                      """
                      CREATE TABLE IF NOT EXISTS "%s" (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        name text NOT NULL,
                        created_at timestamptz NOT NULL DEFAULT now()
                      )"""
                          .formatted(table))
                  .update();
            });
  }

  private static HikariDataSource poolFor(StoreUrl url) {
    var config = new HikariConfig();
    config.setPoolName("postgres");
    config.setJdbcUrl(url.jdbc());
    if (!url.user().isEmpty()) config.setUsername(url.user());
    if (!url.password().isEmpty()) config.setPassword(url.password());
    config.setMaximumPoolSize(5);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(3_000);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("connectTimeout", "3");
    config.addDataSourceProperty("socketTimeout", "5");
    return new HikariDataSource(config);
  }

  private static Item toItem(ResultSet row, int number) throws SQLException {
    var createdAt = row.getObject("created_at", OffsetDateTime.class).toInstant();
    return new Item(row.getLong("id"), row.getString("name"), createdAt);
  }

  /** Empty when the exception does not come from the server. */
  private static String sqlState(Throwable exception) {
    for (var cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) return sql.getSQLState();
    }
    return "";
  }
}
