#include "api.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <format>
#include <future>
#include <random>
#include <regex>

#include "errors.hpp"

using nlohmann::ordered_json;

namespace {

std::string new_request_id() {
  std::random_device random;
  std::string id;
  for (int part = 0; part < 4; ++part) id += std::format("{:08x}", random());
  return id;
}

std::string accept_request_id(const std::optional<std::string>& id) {
  static const std::regex safe("[A-Za-z0-9_.-]{1,128}");
  return id && std::regex_match(*id, safe) ? *id : new_request_id();
}

std::string trim(const std::string& text) {
  constexpr auto blank = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

/// Characters, not bytes, of valid UTF-8.
auto length(const std::string& text) {
  return std::ranges::count_if(text, [](unsigned char byte) { return (byte & 0xC0) != 0x80; });
}

std::string name_from(const std::string& body) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (json.is_discarded()) throw ClientError(400, "invalid_json", "The body is not valid JSON");
  if (json.is_object() && json.contains("name") && json["name"].is_string()) {
    const auto name = trim(json["name"].get<std::string>());
    // Postgres cannot store NUL in text.
    if (!name.empty() && length(name) <= 200 && name.find('\0') == std::string::npos) return name;
  }
  throw ClientError(400, "invalid_body", "Send {\"name\": \"...\"} with 1 to 200 characters");
}

ordered_json to_json(const Item& item) {
  return {{"id", item.id}, {"name", item.name}, {"createdAt", item.created_at}};
}

Response failure(int status, const std::string& code, const std::string& message) {
  return {.status = status, .body = {{"error", {{"code", code}, {"message", message}}}}};
}

}  // namespace

Api::Api(Dependencies dependencies) : to_(std::move(dependencies)) {
  routes_[{"/", "GET"}] = [this](const Request&) { return index(); };
  routes_[{"/health", "GET"}] = [this](const Request&) { return health(); };
  routes_[{"/ready", "GET"}] = [this](const Request&) { return ready(); };
  routes_[{"/items", "GET"}] = [this](const Request&) { return list_items(); };
  routes_[{"/items", "POST"}] = [this](const Request& request) { return create_item(request); };
  routes_[{"/hits", "POST"}] = [this](const Request&) { return count_hit(); };
  // Does nothing when the path is a route already.
  routes_.try_emplace({to_.healthcheck_path, "GET"}, [this](const Request&) { return health(); });
}

Response Api::handle(const Request& request) {
  const auto started = std::chrono::steady_clock::now();
  const auto request_id = accept_request_id(request.request_id);
  auto response = answer(request, request_id);
  response.request_id = request_id;

  const bool is_probe = request.path == "/health" || request.path == "/ready" || request.path == to_.healthcheck_path;
  const std::chrono::duration<double, std::milli> duration = std::chrono::steady_clock::now() - started;
  to_.log.write(is_probe ? Level::debug : Level::info, "request",
                {{"requestId", request_id},
                 {"method", request.method},
                 {"path", request.path},
                 {"status", response.status},
                 {"durationMs", std::round(duration.count() * 100) / 100}});
  return response;
}

Response Api::answer(const Request& request, const std::string& request_id) {
  try {
    if (!request.body) throw ClientError(413, "payload_too_large", "Payload too large");
    const auto route = routes_.find({request.path, request.method});
    if (route != routes_.end()) return route->second(request);

    std::string allowed;
    for (const auto& [key, handler] : routes_)
      if (key.first == request.path) allowed += (allowed.empty() ? "" : ", ") + key.second;
    if (allowed.empty()) throw ClientError(404, "not_found", "No such endpoint");
    auto response = failure(405, "method_not_allowed", "Method not allowed");
    response.allow = allowed;
    return response;
  } catch (const ClientError& error) {
    if (error.status() >= 500)
      to_.log.write(Level::warn, error.what(), {{"requestId", request_id}, {"reason", error.reason()}});
    return failure(error.status(), error.code(), error.what());
  } catch (const std::exception& error) {
    to_.log.write(Level::error, "Internal server error", {{"requestId", request_id}, {"reason", error.what()}});
    return failure(500, "internal_error", "Internal server error");
  }
}

Response Api::index() const {
  auto endpoints = ordered_json::array();
  for (const auto& [key, handler] : routes_) endpoints.push_back(key.second + " " + key.first);
  return {.body = {{"service", to_.service_name}, {"endpoints", endpoints}}};
}

/// Liveness: must not depend on a store, or an outage there would restart every service.
Response Api::health() const {
  return {.body = {{"status", "healthy"}, {"service", to_.service_name}, {"timestamp", timestamp()}}};
}

Response Api::ready() const {
  auto asked = std::async(std::launch::async, [this] { return to_.postgres.status(); });
  const auto redis = to_.redis.status();
  const auto postgres = asked.get();
  const bool is_ready = postgres != StoreStatus::down && redis != StoreStatus::down;
  return {.status = is_ready ? 200 : 503,
          .body = {{"status", is_ready ? "ready" : "not ready"},
                   {"checks", {{"postgres", to_string(postgres)}, {"redis", to_string(redis)}}}}};
}

Response Api::list_items() const {
  auto items = ordered_json::array();
  for (const auto& item : to_.items.list()) items.push_back(to_json(item));
  return {.body = {{"items", items}}};
}

Response Api::create_item(const Request& request) const {
  return {.status = 201, .body = to_json(to_.items.create(name_from(*request.body)))};
}

Response Api::count_hit() const { return {.body = {{"hits", to_.counter.increment("hits")}}}; }
