package service.http

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.Application
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.install
import io.ktor.server.plugins.BadRequestException
import io.ktor.server.plugins.PayloadTooLargeException
import io.ktor.server.plugins.statuspages.StatusPages
import io.ktor.server.response.respond
import kotlinx.serialization.Serializable
import org.slf4j.LoggerFactory
import service.store.StoreUnavailable

private val log = LoggerFactory.getLogger("service.http.Errors")

/** An error whose status, code and message the client may see. */
class ApiException(val status: HttpStatusCode, val code: String, override val message: String) :
    RuntimeException(message)

@Serializable private data class ErrorBody(val error: Detail)

@Serializable private data class Detail(val code: String, val message: String)

/** The one place where exceptions become answers. */
fun Application.errors() {
    install(StatusPages) {
        exception<Throwable> { call, exception -> call.explain(exception) }
        status(HttpStatusCode.NotFound) { call, status ->
            call.answer(status, "not_found", "No such endpoint")
        }
        status(HttpStatusCode.MethodNotAllowed) { call, status ->
            call.answer(status, "method_not_allowed", "This endpoint does not know that method")
        }
    }
}

private suspend fun ApplicationCall.explain(exception: Throwable) =
    when (exception) {
        is ApiException -> answer(exception.status, exception.code, exception.message)
        is StoreUnavailable -> {
            log.atWarn()
                .addKeyValue("requestId", requestId)
                .addKeyValue(
                    "reason",
                    generateSequence(exception.cause) { it.cause }.lastOrNull() ?: "not configured",
                )
                .log("{} is not available", exception.store)
            answer(
                HttpStatusCode.ServiceUnavailable,
                "store_unavailable",
                "${exception.store} is not available",
            )
        }
        is PayloadTooLargeException ->
            answer(
                HttpStatusCode.PayloadTooLarge,
                "payload_too_large",
                "The body is larger than a megabyte",
            )
        is BadRequestException ->
            answer(HttpStatusCode.BadRequest, "invalid_request", "The request is not valid HTTP")
        // A mistake in this program: its details go to the log only.
        else -> {
            log.atError()
                .addKeyValue("requestId", requestId)
                .setCause(exception)
                .log("unexpected error")
            answer(HttpStatusCode.InternalServerError, "internal_error", "Internal server error")
        }
    }

private suspend fun ApplicationCall.answer(status: HttpStatusCode, code: String, message: String) =
    respond(status, ErrorBody(Detail(code, message)))
