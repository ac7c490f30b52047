package service.store;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import service.Settings;

/**
 * Hits in Redis, over one connection that is made when it is first needed and then repairs itself.
 */
@Component
class RedisHits implements Hits {

  private static final String STORE = "Redis";
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final RedisClient client;
  private final String key;
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile StatefulRedisConnection<String, String> connection;

  RedisHits(Settings settings) {
    client = settings.redisUrl().map(RedisHits::clientFor).orElse(null);
    key = settings.redisPrefix() + "hits";
  }

  @Override
  public Status status() {
    if (client == null) return Status.OFF;
    try {
      run(RedisCommands::ping);
      return Status.UP;
    } catch (StoreUnavailableException _) {
      return Status.DOWN;
    }
  }

  @Override
  public long count() {
    return run(redis -> redis.incr(key));
  }

  @PreDestroy
  void close() {
    if (client != null) client.shutdown(Duration.ZERO, TIMEOUT);
  }

  private <T> T run(Function<RedisCommands<String, String>, T> command) {
    if (client == null) throw new StoreUnavailableException(STORE, null);
    try {
      return command.apply(connect().sync());
    } catch (RedisException exception) {
      throw new StoreUnavailableException(STORE, exception);
    }
  }

  private StatefulRedisConnection<String, String> connect() {
    if (connection != null) return connection;
    try {
      // Whoever waits for longer than it takes to connect would queue up behind others that fail.
      if (!connecting.tryLock(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
        throw new RedisException("no connection in time");
    } catch (InterruptedException exception) {
      throw new RedisException(exception);
    }
    try {
      if (connection == null) connection = client.connect();
      return connection;
    } finally {
      connecting.unlock();
    }
  }

  private static RedisClient clientFor(StoreUrl url) {
    var uri =
        RedisURI.builder()
            .withHost(url.host())
            .withPort(url.port().isEmpty() ? 6379 : Integer.parseInt(url.port()))
            .withDatabase(url.path().isEmpty() ? 0 : Integer.parseInt(url.path()))
            .withSsl(url.scheme().equals("rediss"))
            .withTimeout(TIMEOUT);
    var password = url.password().toCharArray();
    if (!url.user().isEmpty()) uri.withAuthentication(url.user(), password);
    else if (password.length > 0) uri.withPassword(password);
    var client = RedisClient.create(uri.build());
    client.setOptions(
        ClientOptions.builder()
            .socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).build())
            // A command is never sent twice, and none waits for Redis to come back.
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .replayFilter(command -> true)
            .build());
    return client;
  }
}
