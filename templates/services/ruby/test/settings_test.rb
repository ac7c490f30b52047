# frozen_string_literal: true

require "minitest/autorun"

require_relative "../lib/settings"

class SettingsTest < Minitest::Test
  INVALID = {
    "PORT" => ["0", "65536", "abc", "80.5", "-1"],
    "LOG_LEVEL" => ["loud"],
    "HEALTHCHECK_PATH" => ["health", "/health check", "/:id"],
    "TABLE_PREFIX" => ["1st_", "a-b", 'x"; DROP TABLE items; --'],
    "DATABASE_URL" => ["postgres", "mysql://hunter2"],
    "REDIS_URL" => ["redis:6379", "http://hunter2"]
  }.freeze

  def test_has_a_default_for_everything
    settings = Settings.load({})
    assert_equal 8000, settings.port
    assert_equal "/health", settings.healthcheck_path
    assert_nil settings.database_url
  end

  def test_takes_an_empty_variable_for_an_unset_one
    assert_equal Settings.load({}), Settings.load({ "PORT" => "", "DATABASE_URL" => "", "LOG_LEVEL" => "" })
  end

  def test_prefers_port_to_service_port
    assert_equal 3001, Settings.load({ "SERVICE_PORT" => "3001" }).port
    assert_equal 3002, Settings.load({ "SERVICE_PORT" => "3001", "PORT" => "3002" }).port
  end

  INVALID.each do |variable, values|
    values.each do |value|
      define_method("test_refuses_#{variable}=#{value}") do
        error = assert_raises(Settings::Invalid) { Settings.load({ variable => value }) }
        assert_match(/\A#{variable} must be/, error.message)
        refute_match(/hunter2/, error.message)
      end
    end
  end
end
