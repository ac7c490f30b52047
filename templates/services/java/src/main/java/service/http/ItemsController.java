package service.http;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import service.store.Item;
import service.store.Items;

@RestController
@RequestMapping("/items")
class ItemsController {

  private static final int MAX_NAME = 200;

  private final Items items;

  ItemsController(Items items) {
    this.items = items;
  }

  record NewItem(String name) {

    String validName() {
      var trimmed = name == null ? "" : name.strip();
      // Postgres cannot store NUL in text.
      if (trimmed.isEmpty()
          || trimmed.codePointCount(0, trimmed.length()) > MAX_NAME
          || trimmed.indexOf('\0') >= 0) {
        throw new ApiException(
            HttpStatus.BAD_REQUEST,
            "invalid_body",
            "Send {\"name\": \"…\"} with 1 to " + MAX_NAME + " characters");
      }
      return trimmed;
    }
  }

  record ItemList(List<Item> items) {}

  @GetMapping
  ItemList list() {
    return new ItemList(items.list());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Item create(@RequestBody NewItem item) {
    return items.create(item.validName());
  }
}
