# frozen_string_literal: true

class HealthController < ApplicationController
  # Liveness: must not depend on a store, or an outage there would restart every service.
  def show
    render json: { status: "healthy", service: settings.service_name, timestamp: Time.now.getutc.iso8601(3) }
  end

  def ready
    redis = Thread.new { RedisStore.current.status }
    checks = { postgres: PostgresStore.status, redis: redis.value }
    ready = checks.values.none?("down")
    render status: ready ? 200 : 503, json: { status: ready ? "ready" : "not ready", checks: }
  end
end
