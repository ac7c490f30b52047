# frozen_string_literal: true

class Item < ApplicationRecord
  class << self
    def newest
      with_table { order(id: :desc).limit(100).to_a }
    end

    def store(name)
      with_table { create!(name:) }
    end

    # Postgres cannot store NUL in text.
    def valid_name?(name)
      name.is_a?(String) && name.valid_encoding? && !name.include?("\0") && name.strip.length.between?(1, 200)
    end

    private

    # Creates the table when it is missing: on first use, and after the database was replaced.
    def with_table(&block)
      PostgresStore.use(&block)
    rescue PostgresStore::MissingTable
      PostgresStore.use { create_table }
      PostgresStore.use(&block)
    end

    # The lock makes replicas that start together take turns, which IF NOT EXISTS alone does not.
    def create_table
      transaction do
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(#{connection.quote(table_name)}))")
        connection.execute(<<~SQL)
          CREATE TABLE IF NOT EXISTS #{quoted_table_name} (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now()
          )
        SQL
      end
      connection.schema_cache.clear!
      reset_column_information
    end
  end

  def as_answer
    { id:, name:, createdAt: created_at.getutc.iso8601(3) }
  end
end
