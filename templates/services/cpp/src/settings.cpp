#include "settings.hpp"

#include <charconv>
#include <regex>

namespace {

class Reader {
 public:
  explicit Reader(const Settings::Environment& environment) : environment_(environment) {}

  std::optional<std::string> text(const char* name) const {
    auto value = environment_(name);
    return value && !value->empty() ? value : std::nullopt;
  }

  std::optional<std::string> match(const char* name, const char* pattern, const char* expected) const {
    auto value = text(name);
    if (value && !std::regex_match(*value, std::regex(pattern))) fail(name, expected);
    return value;
  }

  std::optional<int> port(const char* name) const {
    constexpr auto expected = "a port number from 1 to 65535";
    const auto value = match(name, "[0-9]{1,5}", expected);
    if (!value) return std::nullopt;
    const int number = std::stoi(*value);
    if (number < 1 || number > 65535) fail(name, expected);
    return number;
  }

  std::optional<Level> level(const char* name) const {
    const auto value = text(name);
    if (!value) return std::nullopt;
    const auto level = parse_level(*value);
    if (!level) fail(name, "debug, info, warn or error");
    return level;
  }

  std::optional<RedisAddress> redis(const char* name) const {
    const auto value = text(name);
    if (!value) return std::nullopt;
    static const std::regex url(
        R"(redis://(?:([^:@/]*)(?::([^@/]*))?@)?([^:@/]+)(?::([0-9]{1,5}))?(?:/([0-9]{1,4})?)?)");
    std::smatch part;
    if (!std::regex_match(*value, part, url)) fail(name, "a redis:// URL");
    RedisAddress address{.host = part[3], .user = decode(part[1]), .password = decode(part[2])};
    if (part[4].matched) address.port = std::stoi(part[4]);
    if (part[5].matched) address.database = std::stoi(part[5]);
    return address;
  }

 private:
  [[noreturn]] static void fail(const char* name, const char* expected) {
    throw InvalidSettings(std::string(name) + " must be " + expected);
  }

  /// Percent encoding, in which a password may come.
  static std::string decode(const std::string& text) {
    std::string decoded;
    for (std::size_t index = 0; index < text.size(); ++index) {
      unsigned char byte = 0;
      const char* digits = text.data() + index + 1;
      if (text[index] == '%' && index + 2 < text.size() &&
          std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
        decoded += static_cast<char>(byte);
        index += 2;
      } else {
        decoded += text[index];
      }
    }
    return decoded;
  }

  const Settings::Environment& environment_;
};

}  // namespace

Settings Settings::load(const Environment& environment) {
  const Reader read(environment);
  const Settings defaults;
  const auto service_port = read.port("SERVICE_PORT").value_or(defaults.port);
  return {
      .port = read.port("PORT").value_or(service_port),
      .service_name = read.text("SERVICE_NAME").value_or(defaults.service_name),
      .log_level = read.level("LOG_LEVEL").value_or(defaults.log_level),
      .healthcheck_path = read.match("HEALTHCHECK_PATH", "/[A-Za-z0-9._~/-]*", "a plain path such as /health")
                              .value_or(defaults.healthcheck_path),
      .database_url = read.match("DATABASE_URL", "postgres(ql)?://.+", "a postgresql:// URL"),
      .table_prefix =
          read.match("TABLE_PREFIX", "[A-Za-z_][A-Za-z0-9_]*", "a letter or _, then letters, digits, _").value_or(""),
      .redis = read.redis("REDIS_URL"),
      .redis_prefix = read.text("REDIS_PREFIX").value_or(""),
  };
}
