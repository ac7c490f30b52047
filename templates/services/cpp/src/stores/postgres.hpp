#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <string>

#include "stores/pool.hpp"
#include "stores/store.hpp"

/// Connects on first use, so that the service starts and stays up without its database.
class Postgres : public Store {
 public:
  explicit Postgres(const std::optional<std::string>& url);

  /// Runs `use` in a transaction. Throws StoreUnavailable when the database is not there.
  pqxx::result transaction(const std::function<pqxx::result(pqxx::work&)>& use);

  StoreStatus status() override;

 private:
  std::unique_ptr<Pool<pqxx::connection>> pool_;
};
