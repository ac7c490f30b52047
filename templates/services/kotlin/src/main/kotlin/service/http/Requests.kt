package service.http

import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.createApplicationPlugin
import io.ktor.server.application.hooks.CallSetup
import io.ktor.server.application.hooks.ResponseSent
import io.ktor.server.request.httpMethod
import io.ktor.server.request.path
import io.ktor.server.response.header
import io.ktor.util.AttributeKey
import java.util.UUID
import org.slf4j.LoggerFactory
import org.slf4j.event.Level
import service.Settings

private const val HEADER = "x-request-id"
private val SAFE_ID = Regex("[\\w.-]{1,128}")
private val ID = AttributeKey<String>("request id")
private val STARTED = AttributeKey<Long>("start of the request")
private val log = LoggerFactory.getLogger("service.http.Requests")

val ApplicationCall.requestId: String
    get() = attributes[ID]

/**
 * Gives each request an id, the caller's own when it is a safe one, and logs it once, when it is
 * answered.
 */
fun requests(settings: Settings) =
    createApplicationPlugin("Requests") {
        val probes = setOf("/health", "/ready", settings.healthcheckPath)

        on(CallSetup) { call ->
            val id =
                call.request.headers[HEADER]?.takeIf(SAFE_ID::matches)
                    ?: UUID.randomUUID().toString()
            call.attributes[ID] = id
            call.attributes[STARTED] = System.nanoTime()
            call.response.header(HEADER, id)
        }

        on(ResponseSent) { call ->
            // An answer that another one replaces, as a bare 404, comes here twice.
            val started = call.attributes.takeOrNull(STARTED) ?: return@on
            val path = call.request.path()
            log.atLevel(if (path in probes) Level.DEBUG else Level.INFO)
                .addKeyValue("requestId", call.requestId)
                .addKeyValue("method", call.request.httpMethod.value)
                .addKeyValue("path", path)
                .addKeyValue("status", call.response.status()?.value)
                .addKeyValue(
                    "durationMs",
                    (System.nanoTime() - started) / 1_000 / 1_000.0,
                )
                .log("request")
        }
    }
