package service.store

import com.zaxxer.hikari.HikariConfig
import com.zaxxer.hikari.HikariDataSource
import java.sql.Connection
import java.sql.ResultSet
import java.sql.SQLException
import java.time.OffsetDateTime
import kotlin.time.toKotlinInstant
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import service.Settings

private const val STORE = "Postgres"
private const val UNDEFINED_TABLE = "42P01"

/** Classes of SQLSTATE that mean "not now": connection, login, no database, resources, shutdown. */
private val OUTAGES = setOf("08", "28", "3D", "53", "57")

/**
 * Items in Postgres. Connects when it is first used, so that the service starts and stays up
 * without it.
 */
class PostgresItems(settings: Settings) : Items, AutoCloseable {
    private val pool = settings.databaseUrl?.let(::poolFor)
    private val table = "${settings.tablePrefix}items"

    override suspend fun status(): Status {
        if (pool == null) return Status.OFF
        return try {
            run { connection -> connection.createStatement().use { it.execute("SELECT 1") } }
            Status.UP
        } catch (_: StoreUnavailable) {
            Status.DOWN
        }
    }

    override suspend fun list(): List<Item> = run { connection ->
        val sql = "SELECT id, name, created_at FROM \"$table\" ORDER BY id DESC LIMIT 100"
        connection.prepareStatement(sql).use { statement ->
            val rows = statement.executeQuery()
            buildList { while (rows.next()) add(rows.toItem()) }
        }
    }

    override suspend fun create(name: String): Item = run { connection ->
        val sql = "INSERT INTO \"$table\" (name) VALUES (?) RETURNING id, name, created_at"
        connection.prepareStatement(sql).use { statement ->
            statement.setString(1, name)
            statement.executeQuery().apply { next() }.toItem()
        }
    }

    override fun close() {
        pool?.close()
    }

    /** Creates the table when it is missing: on first use, and after the database was replaced. */
    private suspend fun <T> run(work: (Connection) -> T): T {
        val pool = pool ?: throw StoreUnavailable(STORE)
        return withContext(Dispatchers.IO) {
            try {
                pool.connection.use { connection ->
                    try {
                        work(connection)
                    } catch (exception: SQLException) {
                        if (exception.sqlState != UNDEFINED_TABLE) throw exception
                        createTable(connection)
                        work(connection)
                    }
                }
            } catch (exception: SQLException) {
                throw if (isOutage(exception)) StoreUnavailable(STORE, exception) else exception
            }
        }
    }

    /**
     * The lock makes replicas that start together take turns, which IF NOT EXISTS alone does not.
     */
    private fun createTable(connection: Connection) {
        connection.autoCommit = false
        try {
            connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext(?))").use {
                it.setString(1, table)
                it.execute()
            }
            connection.createStatement().use {
                it.execute(
                    """
                    CREATE TABLE IF NOT EXISTS "$table" (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        name text NOT NULL,
                        created_at timestamptz NOT NULL DEFAULT now()
                    )
                    """
                        .trimIndent()
                )
            }
            connection.commit()
        } finally {
            // Ends a transaction that failed, too.
            connection.rollback()
            connection.autoCommit = true
        }
    }
}

private fun poolFor(url: StoreUrl) =
    HikariDataSource(
        HikariConfig().apply {
            poolName = "postgres"
            jdbcUrl = url.jdbc
            if (url.user.isNotEmpty()) username = url.user
            if (url.password.isNotEmpty()) password = url.password
            maximumPoolSize = 5
            minimumIdle = 0
            connectionTimeout = 3_000
            initializationFailTimeout = -1
            addDataSourceProperty("connectTimeout", "3")
            addDataSourceProperty("socketTimeout", "5")
        }
    )

private fun ResultSet.toItem() =
    Item(
        id = getLong("id"),
        name = getString("name"),
        createdAt =
            getObject("created_at", OffsetDateTime::class.java).toInstant().toKotlinInstant(),
    )

/** So is an exception that does not come from the server: it has no state, or its cause has one. */
private fun isOutage(exception: SQLException): Boolean {
    val state =
        generateSequence<Throwable>(exception) { it.cause }
            .firstNotNullOfOrNull { (it as? SQLException)?.sqlState }
    return state == null || state.take(2) in OUTAGES
}
