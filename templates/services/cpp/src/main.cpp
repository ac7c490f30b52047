#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "api.hpp"
#include "http/server.hpp"
#include "log.hpp"
#include "settings.hpp"
#include "stores/items.hpp"
#include "stores/postgres.hpp"
#include "stores/redis.hpp"

namespace {

std::optional<std::string> environment(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

/// The signals that end the service, held back from every thread that starts from now on.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

void run(const Settings& settings, Log& log) {
  const auto stop_signals = block_stop_signals();
  std::signal(SIGPIPE, SIG_IGN);  // a client that is gone is no reason to die

  Postgres postgres(settings.database_url);
  Redis redis(settings.redis, settings.redis_prefix);
  PostgresItems items(postgres, settings.table_prefix);
  Api api({.service_name = settings.service_name,
           .healthcheck_path = settings.healthcheck_path,
           .log = log,
           .postgres = postgres,
           .redis = redis,
           .items = items,
           .counter = redis});
  HttpServer server(api, log, settings.port);
  log.write(Level::info, "listening", {{"port", settings.port}});

  int signal = 0;
  sigwait(&stop_signals, &signal);
  log.write(Level::info, "shutting down");
  server.stop();
}

}  // namespace

int main() {
  try {
    const auto settings = Settings::load(environment);
    Log log(std::cout, settings.service_name, settings.log_level);
    try {
      run(settings, log);
    } catch (const std::exception& error) {
      log.write(Level::error, error.what());
      return EXIT_FAILURE;
    }
  } catch (const InvalidSettings& error) {
    Log(std::cout, "service", Level::info).write(Level::error, error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
