package service.http

import io.ktor.serialization.kotlinx.json.json
import io.ktor.server.application.Application
import io.ktor.server.application.install
import io.ktor.server.plugins.contentnegotiation.ContentNegotiation
import io.ktor.server.routing.routing
import service.Settings
import service.store.Hits
import service.store.Items

/** Everything that the service answers. */
fun Application.api(settings: Settings, items: Items, hits: Hits) {
    install(requests(settings))
    errors()
    install(BodyLimit)
    // Every answer is JSON, whatever else a client would rather have.
    install(ContentNegotiation) {
        json()
        accept { _, _ -> emptyList() }
    }
    routing {
        health(settings, items, hits)
        items(items)
        hits(hits)
    }
}
