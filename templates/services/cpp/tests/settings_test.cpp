#include "settings.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <map>
#include <string>
#include <utility>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

Settings load(const std::map<std::string, std::string>& environment) {
  return Settings::load([&environment](const char* name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  });
}

}  // namespace

TEST_CASE("there is a default for everything") {
  const auto settings = load({{"PORT", ""}, {"DATABASE_URL", ""}, {"LOG_LEVEL", ""}});
  CHECK(settings.port == 8000);
  CHECK(settings.service_name == "service");
  CHECK(settings.healthcheck_path == "/health");
  CHECK_FALSE(settings.database_url);
  CHECK_FALSE(settings.redis);
}

TEST_CASE("PORT goes before SERVICE_PORT") {
  CHECK(load({{"SERVICE_PORT", "3001"}}).port == 3001);
  CHECK(load({{"SERVICE_PORT", "3001"}, {"PORT", "3002"}}).port == 3002);
}

TEST_CASE("the parts of a Redis URL") {
  const auto redis = load({{"REDIS_URL", "redis://:p%40ss%2Fword@redis:6380/7"}}).redis;
  REQUIRE(redis);
  CHECK(redis->host == "redis");
  CHECK(redis->port == 6380);
  CHECK(redis->user.empty());
  CHECK(redis->password == "p@ss/word");
  CHECK(redis->database == 7);
}

TEST_CASE("wrong values are refused, by name and without the value") {
  const std::pair<const char*, const char*> wrong[] = {
      {"PORT", "0"},
      {"PORT", "65536"},
      {"PORT", "abc"},
      {"PORT", "-1"},
      {"LOG_LEVEL", "loud"},
      {"HEALTHCHECK_PATH", "health"},
      {"HEALTHCHECK_PATH", "/health check"},
      {"TABLE_PREFIX", "1st_"},
      {"TABLE_PREFIX", "x\"; DROP TABLE items; --"},
      {"DATABASE_URL", "mysql://hunter2"},
      {"REDIS_URL", "http://hunter2"},
  };
  for (const auto& [name, value] : wrong) {
    CAPTURE(name, value);
    try {
      load({{name, value}});
      FAIL("was accepted");
    } catch (const InvalidSettings& error) {
      CHECK_THAT(error.what(), StartsWith(name));
      CHECK_THAT(error.what(), !ContainsSubstring("hunter2"));
    }
  }
}
