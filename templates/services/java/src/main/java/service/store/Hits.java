package service.store;

public interface Hits {

  Status status();

  /** Counts one more, and returns how many there are. */
  long count();
}
