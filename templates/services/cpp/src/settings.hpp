#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include "log.hpp"

struct RedisAddress {
  std::string host;
  int port = 6379;
  std::string user;
  std::string password;
  int database = 0;
};

/// The environment, read and validated once.
struct Settings {
  int port = 8000;
  std::string service_name = "service";
  Level log_level = Level::info;
  std::string healthcheck_path = "/health";
  std::optional<std::string> database_url;
  std::string table_prefix;
  std::optional<RedisAddress> redis;
  std::string redis_prefix;

  /// An empty variable counts as unset: that is how Compose passes one that has no value.
  using Environment = std::function<std::optional<std::string>(const char* name)>;
  static Settings load(const Environment& environment);
};

/// Names the variable, never its value, which may be a secret.
class InvalidSettings : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};
