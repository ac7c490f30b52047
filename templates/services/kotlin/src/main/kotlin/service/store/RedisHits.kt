package service.store

import io.lettuce.core.ClientOptions
import io.lettuce.core.RedisClient
import io.lettuce.core.RedisException
import io.lettuce.core.RedisFuture
import io.lettuce.core.RedisURI
import io.lettuce.core.SocketOptions
import io.lettuce.core.api.StatefulRedisConnection
import io.lettuce.core.api.async.RedisAsyncCommands
import java.time.Duration
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.future.await
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import service.Settings

private const val STORE = "Redis"
private val TIMEOUT = Duration.ofSeconds(3)

/**
 * Hits in Redis, over one connection that is made when it is first needed and then repairs itself.
 */
class RedisHits(settings: Settings) : Hits, AutoCloseable {
    private val client = settings.redisUrl?.let(::clientFor)
    private val key = "${settings.redisPrefix}hits"
    private val connecting = Mutex()
    private var connection: StatefulRedisConnection<String, String>? = null

    override suspend fun status(): Status {
        if (client == null) return Status.OFF
        return try {
            run { it.ping() }
            Status.UP
        } catch (_: StoreUnavailable) {
            Status.DOWN
        }
    }

    override suspend fun count(): Long = run { it.incr(key) }

    override fun close() {
        client?.shutdown(Duration.ZERO, TIMEOUT)
    }

    private suspend fun <T : Any> run(
        command: (RedisAsyncCommands<String, String>) -> RedisFuture<T>
    ): T {
        val client = client ?: throw StoreUnavailable(STORE)
        val answer =
            try {
                withTimeoutOrNull(TIMEOUT.toMillis()) { command(connect(client).async()).await() }
            } catch (exception: RedisException) {
                throw StoreUnavailable(STORE, exception)
            }
        return answer ?: throw StoreUnavailable(STORE, RedisException("no answer in time"))
    }

    private suspend fun connect(client: RedisClient) = connecting.withLock {
        connection ?: withContext(Dispatchers.IO) { client.connect().also { connection = it } }
    }
}

private fun clientFor(url: StoreUrl): RedisClient {
    val uri =
        RedisURI.builder()
            .withHost(url.host)
            .withPort(url.port.ifEmpty { "6379" }.toInt())
            .withDatabase(url.path.ifEmpty { "0" }.toInt())
            .withSsl(url.scheme == "rediss")
            .withTimeout(TIMEOUT)
    val password = url.password.toCharArray()
    if (url.user.isNotEmpty()) uri.withAuthentication(url.user, password)
    else if (password.isNotEmpty()) uri.withPassword(password)

    return RedisClient.create(uri.build()).apply {
        options =
            ClientOptions.builder()
                .socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).build())
                // A command is never sent twice, and none waits for Redis to come back.
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter { true }
                .build()
    }
}
