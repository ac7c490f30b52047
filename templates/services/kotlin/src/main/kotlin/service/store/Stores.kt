package service.store

import kotlin.time.Instant
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

@Serializable
enum class Status {
    @SerialName("up") UP,
    @SerialName("down") DOWN,
    /** Not configured. */
    @SerialName("off") OFF,
}

/** An example of something that is kept in Postgres. */
@Serializable data class Item(val id: Long, val name: String, val createdAt: Instant)

interface Items {
    suspend fun status(): Status

    /** The newest hundred. */
    suspend fun list(): List<Item>

    suspend fun create(name: String): Item
}

interface Hits {
    suspend fun status(): Status

    /** Counts one more, and returns how many there are. */
    suspend fun count(): Long
}

/** A store is switched off or does not answer. The cause is for the log only. */
class StoreUnavailable(val store: String, cause: Throwable? = null) :
    RuntimeException("$store is not available", cause)
