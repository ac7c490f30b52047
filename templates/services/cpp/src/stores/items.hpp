#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stores/postgres.hpp"

struct Item {
  std::int64_t id;
  std::string name;
  std::string created_at;
};

class Items {
 public:
  virtual ~Items() = default;
  virtual std::vector<Item> list() = 0;
  virtual Item create(const std::string& name) = 0;
};

class PostgresItems : public Items {
 public:
  PostgresItems(Postgres& postgres, const std::string& table_prefix);

  /// The newest hundred.
  std::vector<Item> list() override;
  Item create(const std::string& name) override;

 private:
  pqxx::result query(const std::string& sql, const pqxx::params& parameters);
  void create_table();

  Postgres& postgres_;
  std::string name_;
  std::string table_;
};
