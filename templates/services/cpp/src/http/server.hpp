#pragma once

#include <memory>

#include "api.hpp"
#include "log.hpp"

/// Serves the API over HTTP with Oat++.
class HttpServer {
 public:
  HttpServer(Api& api, Log& log, int port);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Takes no more connections, lets the requests in flight finish for at most 10 seconds, then cuts what is left.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};
