#include "api.hpp"

#include <catch2/catch_test_macros.hpp>
#include <sstream>
#include <stdexcept>
#include <string>

#include "errors.hpp"

namespace {

struct FixedStore : Store {
  StoreStatus answer = StoreStatus::up;
  StoreStatus status() override { return answer; }
};

struct MemoryItems : Items {
  std::vector<Item> items;
  bool is_down = false;

  std::vector<Item> list() override {
    if (is_down) throw StoreUnavailable("Postgres", "connection refused by 10.0.0.7");
    return items;
  }
  Item create(const std::string& name) override {
    items.push_back({.id = static_cast<std::int64_t>(items.size()) + 1, .name = name, .created_at = timestamp()});
    return items.back();
  }
};

struct MemoryCounter : Counter {
  std::int64_t hits = 0;
  bool is_broken = false;

  std::int64_t increment(const std::string&) override {
    if (is_broken) throw std::runtime_error("password=hunter2");
    return ++hits;
  }
};

struct Fixture {
  std::ostringstream output;
  Log log{output, "test", Level::debug};
  FixedStore postgres;
  FixedStore redis;
  MemoryItems items;
  MemoryCounter counter;
  Api api{{.service_name = "test",
           .healthcheck_path = "/up.v1/live",
           .log = log,
           .postgres = postgres,
           .redis = redis,
           .items = items,
           .counter = counter}};

  Response get(const std::string& path) {
    return api.handle({.method = "GET", .path = path, .request_id = {}, .body = ""});
  }
  Response post(const std::string& path, const std::string& body = "") {
    return api.handle({.method = "POST", .path = path, .request_id = {}, .body = body});
  }
  std::string request_id(const std::string& sent) {
    return api.handle({.method = "GET", .path = "/", .request_id = sent, .body = ""}).request_id;
  }
};

std::string code(const Response& response) { return response.body["error"]["code"]; }

}  // namespace

TEST_CASE_METHOD(Fixture, "is healthy whatever the stores do") {
  postgres.answer = redis.answer = StoreStatus::down;
  for (const auto* path : {"/health", "/up.v1/live"}) {
    const auto response = get(path);
    CHECK(response.status == 200);
    CHECK(response.body["status"] == "healthy");
    CHECK(response.body["service"] == "test");
    CHECK(response.body["timestamp"].get<std::string>().ends_with("Z"));
  }
}

TEST_CASE_METHOD(Fixture, "is ready when every configured store answers") {
  redis.answer = StoreStatus::off;
  CHECK(get("/ready").status == 200);
  CHECK(get("/ready").body.dump() == R"({"status":"ready","checks":{"postgres":"up","redis":"off"}})");
  postgres.answer = StoreStatus::down;
  CHECK(get("/ready").status == 503);
  CHECK(get("/ready").body.dump() == R"({"status":"not ready","checks":{"postgres":"down","redis":"off"}})");
}

TEST_CASE_METHOD(Fixture, "creates an item and lists it") {
  const auto created = post("/items", R"({"name":" first "})");
  CHECK(created.status == 201);
  CHECK(created.body["name"] == "first");
  CHECK(get("/items").body["items"] == nlohmann::ordered_json::array({created.body}));

  std::string longest;
  for (int index = 0; index < 200; ++index) longest += "ß";
  CHECK(post("/items", R"({"name":")" + longest + "\"}").status == 201);
}

TEST_CASE_METHOD(Fixture, "refuses an invalid item") {
  for (const auto& body : {std::string(), std::string("{\"name\""), std::string("{\"name\":\"\xff\"}"),
                           std::string(10'000, '['), std::string("[]"), std::string("{}"), std::string(R"({"name":1})"),
                           std::string(R"({"name":" "})"), std::string(R"({"name":"a\u0000b"})"),
                           std::string(R"({"name":"\ud800"})"), R"({"name":")" + std::string(201, 'x') + "\"}"}) {
    CAPTURE(body);
    const auto response = post("/items", body);
    CHECK(response.status == 400);
    CHECK(code(response).starts_with("invalid_"));
  }
}

TEST_CASE_METHOD(Fixture, "counts hits") {
  CHECK(post("/hits").body["hits"] == 1);
  CHECK(post("/hits").body["hits"] == 2);
}

TEST_CASE_METHOD(Fixture, "says so when a store is down, without its details") {
  items.is_down = true;
  const auto response = get("/items");
  CHECK(response.status == 503);
  CHECK(code(response) == "store_unavailable");
  CHECK_FALSE(response.body.dump().contains("10.0.0.7"));
  CHECK(output.str().contains("10.0.0.7"));
}

TEST_CASE_METHOD(Fixture, "keeps the details of an unexpected error to the log") {
  counter.is_broken = true;
  const auto response = post("/hits");
  CHECK(response.status == 500);
  CHECK(response.body.dump() == R"({"error":{"code":"internal_error","message":"Internal server error"}})");
}

TEST_CASE_METHOD(Fixture, "answers what it does not know with an error") {
  CHECK(code(get("/nowhere")) == "not_found");
  const auto response = api.handle({.method = "DELETE", .path = "/items", .request_id = {}, .body = ""});
  CHECK(response.status == 405);
  CHECK(response.allow == "GET, POST");
  CHECK(api.handle({.method = "POST", .path = "/items", .request_id = {}, .body = std::nullopt}).status == 413);
}

TEST_CASE_METHOD(Fixture, "echoes a request id, and replaces one that is unsafe") {
  CHECK(request_id("abc_1.2-3") == "abc_1.2-3");
  for (const auto& unsafe : {std::string(), std::string("a b"), std::string(129, 'x')})
    CHECK(request_id(unsafe).size() == 32);
}

TEST_CASE_METHOD(Fixture, "logs a request in one line") {
  api.handle({.method = "GET", .path = "/nowhere", .request_id = "abc-1", .body = ""});
  const auto line = nlohmann::json::parse(output.str());
  CHECK(line["level"] == "info");
  CHECK(line["service"] == "test");
  CHECK(line["requestId"] == "abc-1");
  CHECK(line["path"] == "/nowhere");
  CHECK(line["status"] == 404);
  CHECK(line["durationMs"].is_number());
}

TEST_CASE_METHOD(Fixture, "logs probes at debug level") {
  get("/health");
  CHECK(nlohmann::json::parse(output.str())["level"] == "debug");
}
