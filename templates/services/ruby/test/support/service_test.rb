# frozen_string_literal: true

ENV["RAILS_ENV"] = "test"

require "minitest/autorun"
require "minitest/mock"
require "stringio"

require_relative "../../config/environment"
require "action_dispatch/testing/integration"

# Requests through the whole stack, with doubles in place of Postgres and Redis.
class ServiceTest < ActionDispatch::IntegrationTest
  Record = Struct.new(:id, :name) do
    def as_answer
      { id:, name:, createdAt: "2026-01-01T00:00:00.000Z" }
    end
  end

  setup do
    @output = StringIO.new
    Rails.configuration.x.log.reopen(@output)
    Rails.configuration.x.log.level = Logger::DEBUG
  end

  def body
    response.parsed_body
  end

  # The one line that the log has about a request.
  def request_line
    @output.string.lines.map { |line| JSON.parse(line) }.find { |line| line["message"] == "request" }
  end

  def service_name
    Rails.configuration.x.settings.service_name
  end

  def without_stores(&block)
    PostgresStore.stub(:configured?, false) do
      RedisStore.stub(:current, RedisStore.new(nil, key_prefix: ""), &block)
    end
  end

  def assert_answer(status, code = nil)
    assert_equal status, response.status
    assert_equal code, body.dig("error", "code") if code
  end

  def post_json(path, text)
    post path, params: text, headers: { "content-type" => "application/json" }
  end
end
