package service.store

import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull
import kotlinx.coroutines.runBlocking
import service.Settings

class StoresTest {
    @Test fun areOffWithoutAUrl() = check(Status.OFF, emptyMap())

    @Test
    fun areDownWhenNothingListens() =
        check(
            Status.DOWN,
            mapOf(
                "DATABASE_URL" to "postgres://app:pw@127.0.0.1:1/app",
                "REDIS_URL" to "redis://127.0.0.1:1/2",
            ),
        )

    private fun check(status: Status, environment: Map<String, String>): Unit = runBlocking {
        val settings = Settings.from(environment::get)
        PostgresItems(settings).use { items ->
            assertEquals(status, items.status())
            assertFailsWith<StoreUnavailable> { items.create("x") }
        }
        RedisHits(settings).use { hits ->
            assertEquals(status, hits.status())
            assertFailsWith<StoreUnavailable> { hits.count() }
        }
    }

    @Test
    fun urlKeepsEveryPart() {
        val url = StoreUrl.parse("postgresql://app:p%40s+s@my_db.local:5433/own?sslmode=require")!!
        assertEquals("app", url.user)
        assertEquals("p@s+s", url.password)
        assertEquals("jdbc:postgresql://my_db.local:5433/own?sslmode=require", url.jdbc)
    }

    @Test
    fun urlNeedsOnlyAHost() {
        val url = StoreUrl.parse("postgres://[::1]")!!
        assertEquals("", url.user)
        assertEquals("jdbc:postgresql://[::1]:5432/", url.jdbc)
        assertNull(StoreUrl.parse("postgres://app:%zz@db"))
    }
}
