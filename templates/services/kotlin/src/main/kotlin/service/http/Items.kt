package service.http

import io.ktor.http.HttpStatusCode
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import service.store.Item
import service.store.Items

private const val MAX_NAME = 200

@Serializable private data class ItemList(val items: List<Item>)

fun Route.items(items: Items) {
    get("/items") { call.respond(ItemList(items.list())) }

    post("/items") {
        val name = nameIn(call.receiveLimited())
        call.respond(HttpStatusCode.Created, items.create(name))
    }
}

private fun nameIn(body: String): String {
    val json =
        try {
            Json.parseToJsonElement(body)
        } catch (_: SerializationException) {
            throw ApiException(
                HttpStatusCode.BadRequest,
                "invalid_json",
                "The body is not valid JSON",
            )
        }
    val given = (json as? JsonObject)?.get("name") as? JsonPrimitive
    val name = given?.takeIf { it.isString }?.content?.trim().orEmpty()
    // Postgres cannot store NUL in text.
    if (name.isEmpty() || name.codePointCount(0, name.length) > MAX_NAME || '\u0000' in name) {
        throw ApiException(
            HttpStatusCode.BadRequest,
            "invalid_body",
            "Send {\"name\": \"…\"} with 1 to $MAX_NAME characters",
        )
    }
    return name
}
