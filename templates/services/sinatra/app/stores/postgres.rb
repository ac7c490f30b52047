# frozen_string_literal: true

require "connection_pool"
require "pg"

require_relative "../errors"

module Stores
  # A pool that connects on first use, so that the service starts and stays up without its database.
  class Postgres
    # SQLSTATE classes that mean "not now" rather than "wrong query": connection, login, no such database, out of
    # resources, shutdown.
    OUTAGE = /\A(08|28|3D|53|57)/

    OPTIONS = { connect_timeout: 3, tcp_user_timeout: 5000, options: "-c statement_timeout=5s" }.freeze

    def initialize(url)
      @pool = url && ConnectionPool.new(size: 5, timeout: 3) { connect(url) }
    end

    # Rows as hashes.
    def query(sql, parameters = [])
      with { |connection| connection.exec_params(sql, parameters).to_a }
    end

    def transaction(&)
      with { |connection| connection.transaction(&) }
    end

    def status
      return "off" unless @pool

      query("SELECT 1")
      "up"
    rescue StoreUnavailable
      "down"
    end

    def close
      @pool&.shutdown(&:close)
    end

    private

    def with
      raise StoreUnavailable, "Postgres" unless @pool

      @pool.with do |connection|
        revive(connection)
        yield connection
      end
    rescue ConnectionPool::TimeoutError
      raise StoreUnavailable, "Postgres"
    rescue PG::Error => e
      raise unless outage?(e)

      raise StoreUnavailable, "Postgres"
    end

    def connect(url)
      connection = PG.connect(url, **OPTIONS)
      connection.type_map_for_results = PG::BasicTypeMapForResults.new(connection)
      connection
    end

    # Connections that a restart of the database cut are replaced before they are used.
    def revive(connection)
      connection.check_socket
    rescue PG::Error
      connection.reset
    end

    def outage?(error)
      return true unless error.is_a?(PG::ServerError)

      OUTAGE.match?(error.result&.error_field(PG::Result::PG_DIAG_SQLSTATE).to_s)
    end
  end
end
