package service.store;

import java.time.Instant;

/** An example of something that is kept in Postgres. */
public record Item(long id, String name, Instant createdAt) {}
