package service.store;

import java.util.List;

public interface Items {

  Status status();

  /** The newest hundred. */
  List<Item> list();

  Item create(String name);
}
