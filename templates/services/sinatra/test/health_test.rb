# frozen_string_literal: true

require_relative "support/test_case"

class HealthTest < TestCase
  def test_is_healthy_whatever_the_stores_do
    build_app(stores: { postgres: Store.new("down"), redis: Store.new("down") })
    get "/health"
    assert_answer 200
    assert_equal %w[healthy test], body.values_at("status", "service")
    assert_equal body["timestamp"], Time.iso8601(body["timestamp"]).iso8601(3)
  end

  def test_answers_at_a_path_of_your_own_too
    build_app(environment: { "HEALTHCHECK_PATH" => "/up.v1/live" })
    ["/up.v1/live", "/health"].each do |path|
      get path
      assert_answer 200
    end
  end

  def test_a_health_path_does_not_replace_a_route
    build_app(environment: { "HEALTHCHECK_PATH" => "/ready" })
    get "/ready"
    assert_equal "ready", body["status"]
  end

  def test_is_ready_when_every_configured_store_answers
    build_app(stores: { redis: Store.new("off") })
    get "/ready"
    assert_answer 200
    assert_equal({ "status" => "ready", "checks" => { "postgres" => "up", "redis" => "off" } }, body)
  end

  def test_is_not_ready_while_a_store_is_down
    build_app(stores: { postgres: Store.new("down") })
    get "/ready"
    assert_answer 503
    assert_equal({ "status" => "not ready", "checks" => { "postgres" => "down", "redis" => "up" } }, body)
  end
end
