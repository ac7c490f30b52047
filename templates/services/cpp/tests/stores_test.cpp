#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <thread>
#include <vector>

#include "errors.hpp"
#include "stores/items.hpp"
#include "stores/pool.hpp"
#include "stores/postgres.hpp"
#include "stores/redis.hpp"

TEST_CASE("a store that is not configured is off") {
  Postgres postgres(std::nullopt);
  Redis redis(std::nullopt, "");
  PostgresItems items(postgres, "");
  CHECK(postgres.status() == StoreStatus::off);
  CHECK(redis.status() == StoreStatus::off);
  CHECK_THROWS_AS(items.list(), StoreUnavailable);
  CHECK_THROWS_AS(redis.increment("hits"), StoreUnavailable);
}

TEST_CASE("a store that does not answer is down") {
  Postgres postgres("postgresql://nobody@127.0.0.1:1/nothing");
  Redis redis(RedisAddress{.host = "127.0.0.1", .port = 1}, "");
  CHECK(postgres.status() == StoreStatus::down);
  CHECK(redis.status() == StoreStatus::down);
}

TEST_CASE("a pool keeps connections that work, and no more than it may") {
  std::atomic<int> made = 0;
  std::atomic<int> used = 0;
  std::atomic<bool> too_many = false;
  Pool<int> pool(2, [&] { return std::make_unique<int>(++made); }, [](int&) { return true; });
  std::vector<std::thread> threads;
  for (int index = 0; index < 8; ++index)
    threads.emplace_back([&] {
      pool.with([&](int&) {
        if (++used > 2) too_many = true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return --used;
      });
    });
  for (auto& thread : threads) thread.join();
  CHECK(made <= 2);
  CHECK_FALSE(too_many);
}

TEST_CASE("a pool drops a connection that failed or died") {
  int made = 0;
  bool alive = true;
  Pool<int> pool(1, [&] { return std::make_unique<int>(++made); }, [&](int&) { return alive; });
  CHECK_THROWS(pool.with([](int&) -> int { throw std::runtime_error("broken"); }));
  CHECK(pool.with([](int& number) { return number; }) == 2);
  alive = false;
  CHECK(pool.with([](int& number) { return number; }) == 3);
}
