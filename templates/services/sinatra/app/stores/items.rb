# frozen_string_literal: true

require "time"

module Stores
  class Items
    def initialize(postgres, table_prefix:)
      @postgres = postgres
      @table = PG::Connection.quote_ident("#{table_prefix}items")
    end

    # The newest hundred.
    def list
      query("SELECT id, name, created_at FROM #{@table} ORDER BY id DESC LIMIT 100").map { |row| item(row) }
    end

    def create(name)
      item(query("INSERT INTO #{@table} (name) VALUES ($1) RETURNING id, name, created_at", [name]).first)
    end

    private

    # Creates the table when it is missing: on first use, and after the database was replaced.
    def query(sql, parameters = [])
      @postgres.query(sql, parameters)
    rescue PG::UndefinedTable
      create_table
      @postgres.query(sql, parameters)
    end

    # The lock makes replicas that start together take turns, which IF NOT EXISTS alone does not.
    def create_table
      @postgres.transaction do |connection|
        connection.exec_params("SELECT pg_advisory_xact_lock(hashtext($1))", [@table])
        connection.exec(<<~SQL)
          CREATE TABLE IF NOT EXISTS #{@table} (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now()
          )
        SQL
      end
    end

    def item(row)
      { id: row["id"], name: row["name"], createdAt: row["created_at"].getutc.iso8601(3) }
    end
  end
end
