package service

import kotlin.time.Clock
import service.store.Hits
import service.store.Item
import service.store.Items
import service.store.Status

/** Stands for Postgres and for Redis; everything fails with `failure`, when there is one. */
class FakeStores(private val status: Status = Status.UP, private val failure: Exception? = null) :
    Items, Hits {
    private val items = mutableListOf<Item>()
    private var hits = 0L

    override suspend fun status() = status

    override suspend fun list(): List<Item> {
        failure?.let { throw it }
        return items.toList()
    }

    override suspend fun create(name: String): Item {
        failure?.let { throw it }
        return Item(items.size + 1L, name, Clock.System.now()).also(items::add)
    }

    override suspend fun count(): Long {
        failure?.let { throw it }
        return ++hits
    }
}
