package service.http

import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import kotlinx.serialization.Serializable
import service.store.Hits

@Serializable private data class Count(val hits: Long)

fun Route.hits(hits: Hits) {
    post("/hits") { call.respond(Count(hits.count())) }
}
