# frozen_string_literal: true

require "minitest/autorun"
require "rack/test"
require "stringio"

require_relative "../../app/service"

# Serves the app with memory in place of Postgres and Redis.
class TestCase < Minitest::Test
  include Rack::Test::Methods

  Store = Struct.new(:status)

  class MemoryItems
    def initialize
      @items = []
    end

    def list = @items

    def create(name)
      { id: @items.length + 1, name:, createdAt: Time.now.getutc.iso8601(3) }.tap { |item| @items.unshift(item) }
    end
  end

  class MemoryCounter
    def initialize
      @hits = 0
    end

    def increment(_key) = @hits += 1
  end

  def app
    @app ||= build_app
  end

  def build_app(stores: {}, items: MemoryItems.new, counter: MemoryCounter.new, environment: {})
    @output = StringIO.new
    settings = Settings.load(environment)
    logger = JsonLog.create(@output, service: "test", level: "debug")
    stores = { postgres: Store.new("up"), redis: Store.new("up") }.merge(stores)
    @app = Service.rack(settings, logger, Api.new(service_name: "test", logger:, stores:, items:, counter:))
  end

  def body
    JSON.parse(last_response.body)
  end

  def lines
    @output.string.lines.map { |line| JSON.parse(line) }
  end

  def assert_answer(status, code = nil)
    assert_equal status, last_response.status
    assert_equal code, body.dig("error", "code") if code
  end
end
