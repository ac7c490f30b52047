package service.store

import java.net.URLDecoder

/**
 * Where a store is: scheme://user:password@host:port/path?query. Everything but the scheme and the
 * host may be empty. (java.net.URI knows no host with an underscore, but Compose does.)
 */
class StoreUrl
private constructor(
    val scheme: String,
    val user: String,
    val password: String,
    val host: String,
    val port: String,
    val path: String,
    private val query: String,
) {
    /** As JDBC writes it, which wants the user and the password elsewhere. */
    val jdbc: String
        get() =
            "jdbc:postgresql://$host:${port.ifEmpty { "5432" }}/$path" +
                if (query.isEmpty()) "" else "?$query"

    companion object {
        private val SHAPE =
            Regex(
                "([a-z]+)://(?:([^:@/?#]*)(?::([^@/?#]*))?@)?" +
                    "([\\w.-]+|\\[[0-9A-Fa-f:]+])(?::(\\d{1,5}))?(?:/([^?#]*))?(?:\\?([^#]*))?"
            )

        /** Null when the text is no such URL. */
        fun parse(text: String): StoreUrl? {
            val (scheme, user, password, host, port, path, query) =
                SHAPE.matchEntire(text)?.destructured ?: return null
            return try {
                StoreUrl(scheme, decode(user), decode(password), host, port, path, query)
            } catch (_: IllegalArgumentException) {
                null
            }
        }

        /** Here, a plus sign is one. */
        private fun decode(text: String): String =
            URLDecoder.decode(text.replace("+", "%2B"), Charsets.UTF_8)
    }
}
