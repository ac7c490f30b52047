package service.http

import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.createApplicationPlugin
import io.ktor.server.plugins.PayloadTooLargeException
import io.ktor.server.request.contentLength
import io.ktor.server.request.receiveChannel
import io.ktor.utils.io.readRemaining
import kotlinx.io.readByteArray

private const val MAX_BYTES = 1L shl 20

/** Refuses a body of more than a megabyte when the request says so beforehand. */
val BodyLimit =
    createApplicationPlugin("BodyLimit") {
        onCall { call ->
            if ((call.request.contentLength() ?: 0) > MAX_BYTES)
                throw PayloadTooLargeException(MAX_BYTES)
        }
    }

/** Reads the body, and no more than a megabyte of it. */
suspend fun ApplicationCall.receiveLimited(): String {
    val bytes = receiveChannel().readRemaining(MAX_BYTES + 1).readByteArray()
    if (bytes.size > MAX_BYTES) throw PayloadTooLargeException(MAX_BYTES)
    return bytes.decodeToString()
}
