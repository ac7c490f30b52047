# frozen_string_literal: true

# Where errors become responses. The last handler that matches is taken.
class ApplicationController < ActionController::API
  wrap_parameters false

  rescue_from StandardError do |error|
    log(:error, "Internal server error", error)
    failure(500, "internal_error", "Internal server error")
  end

  rescue_from ClientError do |error|
    log(:warn, error.message, error.cause || error) if error.status >= 500
    failure(error.status, error.code, error.message)
  end

  private

  def failure(status, code, message)
    render status:, json: { error: { code:, message: } }
  end

  # The body as it came, whatever its content type.
  def json_body
    text = request.raw_post.dup.force_encoding(Encoding::UTF_8)
    raise JSON::ParserError unless text.valid_encoding?

    JSON.parse(text)
  rescue JSON::ParserError
    raise ClientError.new(400, "invalid_json", "The body is not valid JSON")
  end

  def settings
    Rails.configuration.x.settings
  end

  def log(level, message, error)
    entry = JsonLog.error(message, error, requestId: request.env[RequestContext::ID])
    Rails.configuration.x.log.public_send(level, entry)
  end
end
