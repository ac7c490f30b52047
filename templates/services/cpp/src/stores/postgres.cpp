#include "stores/postgres.hpp"

#include <cstdlib>

#include "errors.hpp"
#include "stores/idle.hpp"

namespace {

constexpr std::size_t max_connections = 5;

/// SQLSTATE classes that mean "not now" rather than "wrong query": connection, login, no such database, out of
/// resources, shutdown.
bool is_outage(const std::string& state) {
  for (const char* const outage : {"08", "28", "3D", "53", "57"})
    if (state.starts_with(outage)) return true;
  return false;
}

}  // namespace

Postgres::Postgres(const std::optional<std::string>& url) {
  if (!url) return;
  // libpq's own variables; what the URL says goes before them.
  setenv("PGCONNECT_TIMEOUT", "3", 0);
  setenv("PGOPTIONS", "-c statement_timeout=5s", 0);
  pool_ = std::make_unique<Pool<pqxx::connection>>(
      max_connections, [url = *url] { return std::make_unique<pqxx::connection>(url); },
      [](pqxx::connection& connection) { return connection.is_open() && is_quiet(connection.sock()); });
}

pqxx::result Postgres::transaction(const std::function<pqxx::result(pqxx::work&)>& use) {
  if (!pool_) throw StoreUnavailable("Postgres", "DATABASE_URL is not set");
  try {
    return pool_->with([&use](pqxx::connection& connection) {
      pqxx::work work(connection);
      auto result = use(work);
      work.commit();
      return result;
    });
  } catch (const PoolExhausted& error) {
    throw StoreUnavailable("Postgres", error.what());
  } catch (const pqxx::broken_connection& error) {
    throw StoreUnavailable("Postgres", error.what());
  } catch (const pqxx::sql_error& error) {
    if (!is_outage(error.sqlstate())) throw;
    throw StoreUnavailable("Postgres", error.what());
  }
}

StoreStatus Postgres::status() {
  if (!pool_) return StoreStatus::off;
  try {
    transaction([](pqxx::work& work) { return work.exec("SELECT 1"); });
    return StoreStatus::up;
  } catch (const StoreUnavailable&) {
    return StoreStatus::down;
  }
}
