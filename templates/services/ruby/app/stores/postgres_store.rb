# frozen_string_literal: true

# Tells a database that is not there from a query that is wrong.
module PostgresStore
  class MissingTable < StandardError; end

  # SQLSTATE classes that mean "not now": connection, login, no such database, out of resources, shutdown.
  OUTAGE = /\A(08|28|3D|53|57)/

  module_function

  def use
    raise StoreUnavailable, "Postgres" unless configured?

    yield
  rescue ActiveRecord::ConnectionNotEstablished, ActiveRecord::ConnectionFailed, ActiveRecord::NoDatabaseError
    raise StoreUnavailable, "Postgres"
  rescue ActiveRecord::StatementInvalid => e
    raise MissingTable if e.cause.is_a?(PG::UndefinedTable)
    raise StoreUnavailable, "Postgres" if outage?(e.cause)

    raise
  end

  def status
    return "off" unless configured?

    use { ActiveRecord::Base.connection_pool.with_connection(&:verify!) }
    "up"
  rescue StoreUnavailable
    "down"
  end

  def configured?
    !Rails.configuration.x.settings.database_url.nil?
  end

  def outage?(error)
    return false unless error.is_a?(PG::Error)

    !error.is_a?(PG::ServerError) || OUTAGE.match?(error.result&.error_field(PG::Result::PG_DIAG_SQLSTATE).to_s)
  end
end
