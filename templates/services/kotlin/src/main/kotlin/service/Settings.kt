package service

import service.store.StoreUrl

/** Every setting of the service, read from the environment once, at start. */
class Settings(
    val port: Int,
    val service: String,
    val logLevel: String,
    val healthcheckPath: String,
    val databaseUrl: StoreUrl?,
    val tablePrefix: String,
    val redisUrl: StoreUrl?,
    val redisPrefix: String,
) {
    companion object {
        /** Its exception says what is wrong, but never repeats a value, which may be a secret. */
        fun from(environment: (String) -> String?): Settings {
            val variables = Variables(environment)
            return Settings(
                port = port(variables["PORT"] ?: variables["SERVICE_PORT"] ?: "8000"),
                service = variables["SERVICE_NAME"] ?: "service",
                logLevel = level(variables["LOG_LEVEL"] ?: "info"),
                healthcheckPath =
                    variables.matching(
                        "HEALTHCHECK_PATH",
                        "/[A-Za-z0-9._~/-]*",
                        "a plain path such as /health",
                    ) ?: "/health",
                databaseUrl = variables.url("DATABASE_URL", ".*", "postgresql", "postgres"),
                tablePrefix =
                    variables
                        .matching(
                            "TABLE_PREFIX",
                            "[A-Za-z_][A-Za-z0-9_]*",
                            "letters, digits and underscores",
                        )
                        .orEmpty(),
                redisUrl = variables.url("REDIS_URL", "\\d{0,4}", "redis", "rediss"),
                redisPrefix = variables["REDIS_PREFIX"].orEmpty(),
            )
        }

        private fun port(value: String): Int {
            val port = value.takeIf { it.matches(Regex("\\d{1,5}")) }?.toInt()
            require(port in 1..65_535) { "PORT must be a number from 1 to 65535" }
            return port!!
        }

        private fun level(value: String): String {
            val level = value.lowercase()
            require(level in setOf("trace", "debug", "info", "warn", "error")) {
                "LOG_LEVEL must be trace, debug, info, warn or error"
            }
            return level
        }
    }
}

private class Variables(private val environment: (String) -> String?) {
    /** Compose passes an unset variable as an empty string, so the two mean the same. */
    operator fun get(name: String): String? = environment(name)?.ifEmpty { null }

    fun matching(name: String, pattern: String, description: String): String? =
        get(name)?.also { require(it.matches(Regex(pattern))) { "$name must be $description" } }

    fun url(name: String, path: String, vararg schemes: String): StoreUrl? {
        val url = StoreUrl.parse(get(name) ?: return null)
        require(url != null && url.scheme in schemes && url.path.matches(Regex(path))) {
            "$name must be a ${schemes.first()}:// URL"
        }
        return url
    }
}
