package service.http

import io.ktor.http.HttpStatusCode
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.RoutingHandler
import io.ktor.server.routing.get
import kotlin.time.Clock
import kotlin.time.Instant
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.serialization.Serializable
import service.Settings
import service.store.Hits
import service.store.Items
import service.store.Status

private val ENDPOINTS =
    listOf("GET /health", "GET /ready", "GET /items", "POST /items", "POST /hits")

@Serializable private data class Index(val service: String, val endpoints: List<String>)

@Serializable
private data class Health(val status: String, val service: String, val timestamp: Instant)

@Serializable private data class Checks(val postgres: Status, val redis: Status)

@Serializable private data class Readiness(val status: String, val checks: Checks)

fun Route.health(settings: Settings, items: Items, hits: Hits) {
    get("/") { call.respond(Index(settings.service, ENDPOINTS)) }

    // Must not touch a store: restarting this service would not repair a database.
    val answer: RoutingHandler = {
        call.respond(Health("healthy", settings.service, Clock.System.now()))
    }
    get("/health", answer)
    val isTaken =
        settings.healthcheckPath == "/" ||
            ENDPOINTS.any { it.endsWith(" ${settings.healthcheckPath}") }
    if (!isTaken) get(settings.healthcheckPath, answer)

    get("/ready") {
        val checks = coroutineScope {
            val postgres = async { items.status() }
            Checks(redis = hits.status(), postgres = postgres.await())
        }
        if (checks.postgres == Status.DOWN || checks.redis == Status.DOWN) {
            call.respond(HttpStatusCode.ServiceUnavailable, Readiness("not ready", checks))
        } else {
            call.respond(Readiness("ready", checks))
        }
    }
}
