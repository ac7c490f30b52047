# frozen_string_literal: true

require "securerandom"

# Gives each request an id, and logs it once it is answered. Probes are logged at debug level.
class RequestContext
  ID = "service.request_id"
  SAFE_ID = /\A[\w.-]{1,128}\z/

  def initialize(app, logger:, quiet_paths:)
    @app = app
    @logger = logger
    @quiet_paths = quiet_paths
  end

  def call(env)
    started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    id = accept(env["HTTP_X_REQUEST_ID"])
    env[ID] = id
    status, headers, body = @app.call(env)
    headers["x-request-id"] = id
    log(env, id, status, started)
    [status, headers, body]
  end

  private

  def accept(id)
    SAFE_ID.match?(id) ? id : SecureRandom.uuid
  end

  def log(env, id, status, started)
    path = env["PATH_INFO"]
    @logger.add(@quiet_paths.include?(path) ? Logger::DEBUG : Logger::INFO) do
      duration_ms = ((Process.clock_gettime(Process::CLOCK_MONOTONIC) - started) * 1000).round(2)
      { message: "request", requestId: id, method: env["REQUEST_METHOD"], path:, status:, durationMs: duration_ms }
    end
  end
end
