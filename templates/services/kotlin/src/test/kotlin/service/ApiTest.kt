package service

import ch.qos.logback.classic.Logger
import ch.qos.logback.classic.spi.ILoggingEvent
import ch.qos.logback.core.read.ListAppender
import io.ktor.client.request.delete
import io.ktor.client.request.get
import io.ktor.client.request.header
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.client.statement.HttpResponse
import io.ktor.client.statement.bodyAsText
import io.ktor.server.testing.ApplicationTestBuilder
import io.ktor.server.testing.testApplication
import io.ktor.utils.io.ByteReadChannel
import kotlin.test.Test
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue
import kotlin.time.Clock
import kotlin.time.Instant
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.slf4j.LoggerFactory
import service.http.api
import service.store.Status
import service.store.StoreUnavailable

class ApiTest {
    private fun withApi(
        vararg variables: Pair<String, String>,
        stores: FakeStores = FakeStores(),
        test: suspend ApplicationTestBuilder.() -> Unit,
    ) = testApplication {
        application { api(Settings.from(mapOf(*variables)::get), stores, stores) }
        test()
    }

    private suspend fun HttpResponse.json(): JsonObject =
        Json.parseToJsonElement(bodyAsText()).jsonObject

    private fun JsonObject.text(key: String) = getValue(key).jsonPrimitive.content

    private suspend fun HttpResponse.errorCode() = json().getValue("error").jsonObject.text("code")

    @Test
    fun describesItself() =
        withApi("SERVICE_NAME" to "test") {
            val index = client.get("/").json()
            assertEquals("test", index.text("service"))
            assertContains(index.getValue("endpoints").toString(), "POST /items")
        }

    @Test
    fun isHealthyWhateverTheStoresDo() =
        withApi(
            "SERVICE_NAME" to "test",
            "HEALTHCHECK_PATH" to "/up.v1/live",
            stores = FakeStores(Status.DOWN),
        ) {
            for (path in listOf("/health", "/up.v1/live")) {
                val health = client.get(path).json()
                assertEquals("healthy", health.text("status"))
                assertEquals("test", health.text("service"))
                assertTrue(Instant.parse(health.text("timestamp")) <= Clock.System.now())
            }
        }

    @Test
    fun isReadyUnlessAConfiguredStoreIsDown() {
        for ((status, code) in listOf(Status.UP to 200, Status.OFF to 200, Status.DOWN to 503)) {
            withApi(stores = FakeStores(status)) {
                val answer = client.get("/ready")
                assertEquals(code, answer.status.value)
                assertEquals(
                    if (code == 200) "ready" else "not ready",
                    answer.json().text("status"),
                )
                val checks = answer.json().getValue("checks").jsonObject
                assertEquals(status.name.lowercase(), checks.text("postgres"))
                assertEquals(status.name.lowercase(), checks.text("redis"))
            }
        }
    }

    @Test
    fun keepsARouteThatTheHealthCheckPathNames() =
        withApi("HEALTHCHECK_PATH" to "/ready") {
            assertEquals("ready", client.get("/ready").json().text("status"))
        }

    @Test
    fun createsAnItemAndListsIt() = withApi {
        val created = client.post("/items") { setBody("""{"name": " first "}""") }
        assertEquals(201, created.status.value)
        assertEquals("first", created.json().text("name"))
        assertTrue(created.json().text("createdAt").endsWith("Z"))
        assertContains(client.get("/items").json().getValue("items").jsonArray, created.json())
    }

    @Test
    fun countsCharactersNotBytes() = withApi {
        for ((length, status) in listOf(200 to 201, 201 to 400)) {
            val answer = client.post("/items") { setBody("""{"name": "${"😀".repeat(length)}"}""") }
            assertEquals(status, answer.status.value)
        }
    }

    @Test
    fun refusesInvalidBodies() = withApi {
        val bodies =
            listOf(
                "invalid_json" to "",
                "invalid_json" to "{\"name\"",
                "invalid_json" to "{\"name\": \"x\"} trailing",
                "invalid_body" to "[]",
                "invalid_body" to "{}",
                "invalid_body" to "{\"name\": 1}",
                "invalid_body" to "{\"name\": null}",
                "invalid_body" to "{\"name\": \" \"}",
                "invalid_body" to "{\"name\": \"a\\u0000b\"}",
            )
        for ((code, body) in bodies) {
            val answer = client.post("/items") { setBody(body) }
            assertEquals(400, answer.status.value, body)
            assertEquals(code, answer.errorCode(), body)
        }
    }

    @Test
    fun refusesABodyOfMoreThanAMegabyte() = withApi {
        val body = "x".repeat((1 shl 20) + 1)
        for (path in listOf("/items", "/hits")) {
            val answer = client.post(path) { setBody(body) }
            assertEquals(413, answer.status.value)
            assertEquals("payload_too_large", answer.errorCode())
        }
        val ofUnknownLength = client.post("/items") { setBody(ByteReadChannel(body)) }
        assertEquals(413, ofUnknownLength.status.value)
    }

    @Test
    fun counts() = withApi {
        assertEquals("1", client.post("/hits").json().text("hits"))
        assertEquals("2", client.post("/hits").json().text("hits"))
    }

    @Test
    fun knowsItsPathsAndMethods() = withApi {
        val unknown = client.get("/nowhere") { header("accept", "text/html") }
        assertEquals(404, unknown.status.value)
        assertEquals("not_found", unknown.errorCode())
        val wrong = client.delete("/items")
        assertEquals(405, wrong.status.value)
        assertEquals("method_not_allowed", wrong.errorCode())
    }

    @Test
    fun keepsTheDetailsOfFailuresToItself() {
        val failures =
            mapOf(
                StoreUnavailable("Postgres", IllegalStateException("hunter2")) to
                    "store_unavailable",
                IllegalStateException("hunter2") to "internal_error",
            )
        for ((failure, code) in failures) {
            withApi(stores = FakeStores(failure = failure)) {
                val answer = client.get("/items")
                assertEquals(if (code == "store_unavailable") 503 else 500, answer.status.value)
                assertEquals(code, answer.errorCode())
                assertFalse("hunter2" in answer.bodyAsText())
            }
        }
    }

    @Test
    fun echoesARequestIdAndReplacesOneThatIsUnsafe() = withApi {
        for (sent in listOf("abc_1.2-3", "a b", "")) {
            val received =
                client.get("/") { header("x-request-id", sent) }.headers["x-request-id"].orEmpty()
            assertEquals(sent == "abc_1.2-3", received == sent)
            assertTrue(Regex("[\\w.-]{1,128}").matches(received))
        }
    }

    @Test
    fun logsARequestOnceAndNoProbes() = withApi {
        val log = ListAppender<ILoggingEvent>().apply { start() }
        val logger = LoggerFactory.getLogger("service.http.Requests") as Logger
        logger.addAppender(log)
        client.get("/health")
        client.get("/nowhere?token=secret") { header("x-request-id", "abc-1") }
        logger.detachAppender(log)
        val pairs = log.list.single().keyValuePairs.associate { it.key to it.value }
        assertEquals(setOf("requestId", "method", "path", "status", "durationMs"), pairs.keys)
        assertEquals(listOf("abc-1", "GET", "/nowhere", 404), pairs.values.take(4))
    }
}
