#include "stores/items.hpp"

namespace {

constexpr auto columns = R"(id, name, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))";

Item to_item(const pqxx::row& row) {
  return {.id = row[0].as<std::int64_t>(), .name = row[1].as<std::string>(), .created_at = row[2].as<std::string>()};
}

}  // namespace

// The prefix is validated: it holds no quote.
PostgresItems::PostgresItems(Postgres& postgres, const std::string& table_prefix)
    : postgres_(postgres), name_(table_prefix + "items"), table_('"' + name_ + '"') {}

std::vector<Item> PostgresItems::list() {
  std::vector<Item> items;
  for (const auto& row :
       query(std::string("SELECT ") + columns + " FROM " + table_ + " ORDER BY id DESC LIMIT 100", {}))
    items.push_back(to_item(row));
  return items;
}

Item PostgresItems::create(const std::string& name) {
  return to_item(query("INSERT INTO " + table_ + " (name) VALUES ($1) RETURNING " + columns, pqxx::params{name})[0]);
}

/// Creates the table when it is missing: on first use, and after the database was replaced.
pqxx::result PostgresItems::query(const std::string& sql, const pqxx::params& parameters) {
  const auto run = [&](pqxx::work& work) { return work.exec(sql, parameters); };
  try {
    return postgres_.transaction(run);
  } catch (const pqxx::undefined_table&) {
    create_table();
    return postgres_.transaction(run);
  }
}

/// The lock makes replicas that start together take turns, which IF NOT EXISTS alone does not.
void PostgresItems::create_table() {
  postgres_.transaction([this](pqxx::work& work) {
    work.exec("SELECT pg_advisory_xact_lock(hashtext($1))", pqxx::params{name_});
    return work.exec("CREATE TABLE IF NOT EXISTS " + table_ +
                     " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                     " name text NOT NULL,"
                     " created_at timestamptz NOT NULL DEFAULT now())");
  });
}
