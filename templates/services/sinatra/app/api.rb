# frozen_string_literal: true

require "json"
require "sinatra/base"

require_relative "errors"
require_relative "request_context"
require_relative "routes/health"
require_relative "routes/hits"
require_relative "routes/items"

# The whole HTTP side. What it talks to is passed in, so that tests need no database.
class Api < Sinatra::Base
  MAX_BODY_BYTES = 1024 * 1024

  # Errors become responses below, whatever the environment. Requests are logged by RequestContext.
  set show_exceptions: false, raise_errors: false, dump_errors: false, logging: false
  # These guard cookies and HTML, which an API has not; which hosts are served is the proxy's business.
  set protection: false, static: false, host_authorization: {}

  attr_reader :service_name, :stores, :items, :counter

  def initialize(service_name:, logger:, stores:, items:, counter:)
    super(nil)
    @service_name = service_name
    @logger = logger
    @stores = stores
    @items = items
    @counter = counter
  end

  before do
    raise ClientError.new(413, "payload_too_large", "Payload too large") if request.content_length.to_i > MAX_BODY_BYTES
  end

  register Routes::Health, Routes::Items, Routes::Hits

  get "/" do
    json(service: service_name, endpoints: Api.endpoints)
  end

  not_found do
    others = Api.verbs(request.path_info)
    next failure(404, "not_found", "No such endpoint") if others.empty?

    headers "allow" => others.join(", ")
    failure(405, "method_not_allowed", "Method not allowed")
  end

  error ClientError do |error|
    log(:warn, error.message, error.cause) if error.status >= 500
    failure(error.status, error.code, error.message)
  end

  error do |error|
    log(:error, "Internal server error", error)
    failure(500, "internal_error", "Internal server error")
  end

  def self.endpoints
    routes.except("HEAD").flat_map { |verb, entries| entries.map { |pattern,| "#{verb} #{pattern}" } }.sort
  end

  # The methods that a path answers to.
  def self.verbs(path)
    routes.select { |_verb, entries| entries.any? { |pattern,| pattern.match(path) } }.keys
  end

  private

  def json(value)
    content_type :json
    JSON.generate(value)
  end

  def json_body
    text = request.body.read.force_encoding(Encoding::UTF_8)
    raise JSON::ParserError unless text.valid_encoding?

    JSON.parse(text)
  rescue JSON::ParserError
    raise ClientError.new(400, "invalid_json", "The body is not valid JSON")
  end

  def failure(status, code, message)
    self.status status
    json(error: { code:, message: })
  end

  def log(level, message, error)
    fields = { message:, requestId: env[RequestContext::ID] }
    fields.update(error: error.class.name, reason: error.message, stack: error.backtrace&.first(10)) if error
    @logger.public_send(level, fields)
  end
end
