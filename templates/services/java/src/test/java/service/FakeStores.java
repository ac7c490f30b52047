package service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import service.store.Hits;
import service.store.Item;
import service.store.Items;
import service.store.Status;

/** Stands for Postgres and for Redis. */
class FakeStores implements Items, Hits {

  volatile Status status = Status.UP;

  /** Makes the exception that everything fails with. */
  volatile Supplier<RuntimeException> failure;

  private final List<Item> items = new ArrayList<>();
  private long hits;

  @Override
  public Status status() {
    return status;
  }

  @Override
  public synchronized List<Item> list() {
    check();
    return List.copyOf(items);
  }

  @Override
  public synchronized Item create(String name) {
    check();
    var item = new Item(items.size() + 1, name, Instant.now());
    items.add(item);
    return item;
  }

  @Override
  public synchronized long count() {
    check();
    return ++hits;
  }

  private void check() {
    if (failure != null) throw failure.get();
  }
}
