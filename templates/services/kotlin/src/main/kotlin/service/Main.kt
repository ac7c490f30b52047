package service

import io.ktor.server.cio.CIO
import io.ktor.server.engine.connector
import io.ktor.server.engine.embeddedServer
import kotlin.system.exitProcess
import org.slf4j.LoggerFactory
import service.http.api
import service.store.PostgresItems
import service.store.RedisHits
import sun.misc.Signal

private val log = LoggerFactory.getLogger("service.Main")

fun main() {
    val settings =
        try {
            Settings.from(System::getenv)
        } catch (mistake: IllegalArgumentException) {
            log.error("invalid configuration: {}", mistake.message)
            exitProcess(1)
        }
    configureLog(settings)

    val items = PostgresItems(settings)
    val hits = RedisHits(settings)
    val server =
        embeddedServer(
            CIO,
            configure = {
                connector { port = settings.port }
                // Longer than the proxy's, so that it never reuses a connection that was just
                // closed.
                connectionIdleTimeoutSeconds = 75
                // Shorter than the container's stop grace period.
                shutdownGracePeriod = 10_000
                shutdownTimeout = 11_000
            },
        ) {
            api(settings, items, hits)
        }
    // Ktor's shutdown hook finishes running requests. Without this, the status would be 143.
    Signal.handle(Signal("TERM")) { exitProcess(0) }
    server.start(wait = true)
    items.close()
    hits.close()
}
