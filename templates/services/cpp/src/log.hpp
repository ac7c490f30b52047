#pragma once

#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

enum class Level { debug, info, warn, error };

std::optional<Level> parse_level(std::string_view name);

/// The current time as ISO 8601, in UTC.
std::string timestamp();

/// One JSON object per line: time, level, service, message, and what else the caller adds.
class Log {
 public:
  Log(std::ostream& out, std::string service, Level level) : out_(out), service_(std::move(service)), level_(level) {}

  void write(Level level, std::string_view message, const nlohmann::ordered_json& fields = {});

 private:
  std::ostream& out_;
  std::string service_;
  Level level_;
  std::mutex mutex_;
};
