# frozen_string_literal: true

require "securerandom"

# Gives each request an id, logs it once it is answered, and answers for errors that no controller saw.
# Probes are logged at debug level.
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
    path = env["PATH_INFO"] # routers rewrite it
    env[ID] = id
    status, headers, body = answer(env, id)
    headers["x-request-id"] = id
    log(env, path, status, started)
    [status, headers, body]
  end

  private

  def accept(id)
    SAFE_ID.match?(id) ? id : SecureRandom.uuid
  end

  def answer(env, id)
    @app.call(env)
  rescue ClientError => e
    failure(e.status, e.code, e.message)
  rescue StandardError => e
    # What Rails makes of a malformed request is the client's mistake.
    status = ActionDispatch::ExceptionWrapper.status_code_for_exception(e.class.name)
    return failure(status, "bad_request", "Bad request") if status < 500

    @logger.error(JsonLog.error("Internal server error", e, requestId: id))
    failure(500, "internal_error", "Internal server error")
  end

  def failure(status, code, message)
    [status, { "content-type" => "application/json" }, [JSON.generate(error: { code:, message: })]]
  end

  def log(env, path, status, started)
    @logger.add(@quiet_paths.include?(path) ? Logger::DEBUG : Logger::INFO) do
      duration_ms = ((Process.clock_gettime(Process::CLOCK_MONOTONIC) - started) * 1000).round(2)
      { message: "request", requestId: env[ID], method: env["REQUEST_METHOD"], path:, status:, durationMs: duration_ms }
    end
  end
end
