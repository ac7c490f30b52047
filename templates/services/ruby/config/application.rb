# frozen_string_literal: true

require_relative "boot"

# Only what an API needs; see `rails/all` for the rest.
require "rails"
require "active_record/railtie"
require "action_controller/railtie"
require "rails/test_unit/railtie"

require_relative "../lib/body_limit"
require_relative "../lib/errors"
require_relative "../lib/json_log"
require_relative "../lib/request_context"
require_relative "../lib/settings"

module Service
  class Application < Rails::Application
    config.load_defaults 8.1
    config.api_only = true
    config.enable_reloading = Rails.env.development?
    config.eager_load = Rails.env.production?

    config.x.settings = Settings.load(ENV)
    config.x.log = JsonLog.create($stdout, service: config.x.settings.service_name, level: config.x.settings.log_level)
    config.logger = config.x.log
    config.log_level = config.x.settings.log_level
    config.action_controller.logger = nil # RequestContext logs requests

    config.active_record.table_name_prefix = config.x.settings.table_prefix
    config.active_record.maintain_test_schema = false
    config.active_record.migration_error = false

    # Nothing here is signed or encrypted: a key of the moment will do until something is.
    config.secret_key_base = ENV["SECRET_KEY_BASE"].presence || SecureRandom.hex(64)
    config.hosts.clear # which hosts are served is the proxy's business
    config.public_file_server.enabled = false
    config.active_support.report_deprecations = false

    # Errors become JSON in RequestContext and ApplicationController, in every environment.
    config.middleware.delete ActionDispatch::RequestId
    config.middleware.delete Rails::Rack::Logger
    config.middleware.delete ActionDispatch::ShowExceptions
    config.middleware.delete ActionDispatch::DebugExceptions
    config.middleware.insert_before 0, RequestContext,
                                    logger: config.x.log,
                                    quiet_paths: ["/health", "/ready", config.x.settings.healthcheck_path]
    config.middleware.insert_after RequestContext, BodyLimit, max_bytes: 1024 * 1024
  end
end
