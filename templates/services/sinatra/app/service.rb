# frozen_string_literal: true

require "rack"

require_relative "api"
require_relative "json_log"
require_relative "request_context"
require_relative "settings"
require_relative "stores/items"
require_relative "stores/postgres"
require_relative "stores/redis"

# Puts the service together.
module Service
  module_function

  def build(settings, logger)
    postgres = Stores::Postgres.new(settings.database_url)
    redis = Stores::Redis.new(settings.redis_url, key_prefix: settings.redis_prefix)
    at_exit { [postgres, redis].each(&:close) }
    rack(settings, logger, Api.new(
                             service_name: settings.service_name, logger:, stores: { postgres:, redis: },
                             items: Stores::Items.new(postgres, table_prefix: settings.table_prefix), counter: redis
                           ))
  end

  # A health check path of your own answers as /health does, unless it is a route already.
  def rack(settings, logger, api)
    path = settings.healthcheck_path
    Rack::Builder.app do
      use RequestContext, logger:, quiet_paths: ["/health", "/ready", path]
      use(PathAlias, path, "/health") unless Api.verbs(path).include?("GET")
      run api
    end
  end

  # Serves one path as if it were another.
  class PathAlias
    def initialize(app, from, to)
      @app = app
      @from = from
      @to = to
    end

    def call(env)
      @app.call(env["PATH_INFO"] == @from ? env.merge("PATH_INFO" => @to) : env)
    end
  end
end
