#include "log.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <format>

namespace {
constexpr std::array<std::string_view, 4> names{"debug", "info", "warn", "error"};
}

std::optional<Level> parse_level(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char letter) { return std::tolower(letter); });
  const auto* const found = std::ranges::find(names, lower);
  if (found == names.end()) return std::nullopt;
  return static_cast<Level>(found - names.begin());
}

std::string timestamp() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return std::format("{:%FT%TZ}", now);
}

void Log::write(Level level, std::string_view message, const nlohmann::ordered_json& fields) {
  if (level < level_) return;
  nlohmann::ordered_json line{{"time", timestamp()},
                              {"level", names[static_cast<std::size_t>(level)]},
                              {"service", service_},
                              {"message", message}};
  if (!fields.is_null()) line.update(fields);
  // What clients send may be broken UTF-8: a log line must not fail.
  const std::string text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  const std::scoped_lock lock(mutex_);
  out_ << text << '\n' << std::flush;
}
