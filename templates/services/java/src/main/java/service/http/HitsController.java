package service.http;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import service.store.Hits;

@RestController
class HitsController {

  private final Hits hits;

  HitsController(Hits hits) {
    this.hits = hits;
  }

  record Count(long hits) {}

  @PostMapping("/hits")
  Count count() {
    return new Count(hits.count());
  }
}
