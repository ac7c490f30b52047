package service.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import service.Settings;
import service.store.Hits;
import service.store.Items;
import service.store.Status;

@RestController
class HealthController {

  private final String service;
  private final Items items;
  private final Hits hits;

  HealthController(Settings settings, Items items, Hits hits) {
    this.service = settings.service();
    this.items = items;
    this.hits = hits;
  }

  record Index(String service, List<String> endpoints) {}

  record Health(String status, String service, Instant timestamp) {}

  record Readiness(String status, Map<String, Status> checks) {}

  @GetMapping("/")
  Index index() {
    return new Index(service, Endpoints.ALL);
  }

  /** Must not touch a store: restarting this service would not repair a database. */
  @GetMapping({"/health", "${service.healthcheck-path}"})
  Health health() {
    return new Health("healthy", service, Instant.now());
  }

  @GetMapping("/ready")
  ResponseEntity<Readiness> ready() {
    var postgres = CompletableFuture.supplyAsync(items::status, Thread::startVirtualThread);
    var redis = hits.status();
    var checks = Map.of("postgres", postgres.join(), "redis", redis);
    return checks.containsValue(Status.DOWN)
        ? ResponseEntity.status(503).body(new Readiness("not ready", checks))
        : ResponseEntity.ok(new Readiness("ready", checks));
  }
}
