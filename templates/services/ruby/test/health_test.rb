# frozen_string_literal: true

require_relative "support/service_test"

class HealthTest < ServiceTest
  test "is healthy, also at a path of your own" do
    ["/health", Rails.configuration.x.settings.healthcheck_path].each do |path|
      get path
      assert_answer 200
      assert_equal ["healthy", service_name], body.values_at("status", "service")
      assert_equal body["timestamp"], Time.iso8601(body["timestamp"]).iso8601(3)
    end
  end

  test "is ready without stores" do
    without_stores { get "/ready" }
    assert_answer 200
    assert_equal({ "status" => "ready", "checks" => { "postgres" => "off", "redis" => "off" } }, body)
  end

  test "is not ready while a store is down" do
    without_stores do
      PostgresStore.stub(:status, "down") { get "/ready" }
    end
    assert_answer 503
    assert_equal({ "status" => "not ready", "checks" => { "postgres" => "down", "redis" => "off" } }, body)
  end
end
