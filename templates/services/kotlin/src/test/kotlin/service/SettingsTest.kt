package service

import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull
import kotlin.test.assertTrue

class SettingsTest {
    private fun settings(vararg variables: Pair<String, String>) =
        Settings.from(mapOf(*variables)::get)

    @Test
    fun hasADefaultForEverything() {
        val settings = settings("PORT" to "", "DATABASE_URL" to "")
        assertEquals(8000, settings.port)
        assertEquals("service", settings.service)
        assertEquals("info", settings.logLevel)
        assertEquals("/health", settings.healthcheckPath)
        assertNull(settings.databaseUrl)
        assertNull(settings.redisUrl)
    }

    @Test
    fun prefersPortToServicePort() {
        assertEquals(3001, settings("SERVICE_PORT" to "3001").port)
        assertEquals(3002, settings("SERVICE_PORT" to "3001", "PORT" to "3002").port)
    }

    @Test
    fun refusesWrongValuesWithoutRepeatingThem() {
        val mistakes =
            listOf(
                "PORT" to "0",
                "PORT" to "65536",
                "PORT" to "abc",
                "PORT" to "-1",
                "LOG_LEVEL" to "loud",
                "HEALTHCHECK_PATH" to "health",
                "HEALTHCHECK_PATH" to "/health check",
                "HEALTHCHECK_PATH" to "/{id}",
                "TABLE_PREFIX" to "1st_",
                "TABLE_PREFIX" to "x\"; DROP TABLE items; --",
                "DATABASE_URL" to "postgres",
                "DATABASE_URL" to "mysql://app:hunter2@db/app",
                "DATABASE_URL" to "postgres://app:hunter2@db:port/app",
                "REDIS_URL" to "redis:6379",
                "REDIS_URL" to "http://hunter2@redis",
                "REDIS_URL" to "redis://:hunter2@redis/two",
            )
        for ((name, value) in mistakes) {
            val message =
                assertFailsWith<IllegalArgumentException>(value) { settings(name to value) }
                    .message
                    .orEmpty()
            assertTrue(message.startsWith("$name must be ") && "hunter2" !in message, message)
        }
    }
}
