# frozen_string_literal: true

# Refuses large bodies before anything reads them. Puma has the whole request by then and knows its length.
class BodyLimit
  def initialize(app, max_bytes:)
    @app = app
    @max_bytes = max_bytes
  end

  def call(env)
    raise ClientError.new(413, "payload_too_large", "Payload too large") if env["CONTENT_LENGTH"].to_i > @max_bytes

    @app.call(env)
  end
end
