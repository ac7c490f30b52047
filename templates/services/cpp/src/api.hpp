#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "log.hpp"
#include "stores/items.hpp"
#include "stores/redis.hpp"
#include "stores/store.hpp"

constexpr std::size_t max_body_bytes = 1024 * 1024;

struct Request {
  std::string method;
  std::string path;
  std::optional<std::string> request_id;
  /// None: larger than max_body_bytes.
  std::optional<std::string> body;
};

struct Response {
  int status = 200;
  nlohmann::ordered_json body{};
  std::string request_id{};
  /// For status 405: the methods that the path answers to.
  std::string allow{};
};

/// The whole application behind the HTTP server. What it talks to is passed in, so that tests need no database.
class Api {
 public:
  struct Dependencies {
    std::string service_name;
    std::string healthcheck_path;
    Log& log;
    Store& postgres;
    Store& redis;
    Items& items;
    Counter& counter;
  };

  explicit Api(Dependencies dependencies);

  /// Never throws: errors become responses here.
  Response handle(const Request& request);

 private:
  using Handler = std::function<Response(const Request&)>;

  Response answer(const Request& request, const std::string& request_id);
  Response index() const;
  Response health() const;
  Response ready() const;
  Response list_items() const;
  Response create_item(const Request& request) const;
  Response count_hit() const;

  Dependencies to_;
  std::map<std::pair<std::string, std::string>, Handler> routes_;
};
