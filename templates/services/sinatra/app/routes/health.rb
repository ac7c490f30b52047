# frozen_string_literal: true

require "time"

module Routes
  module Health
    def self.registered(app)
      # Liveness: must not depend on a store, or an outage there would restart every service.
      app.get "/health" do
        json(status: "healthy", service: service_name, timestamp: Time.now.getutc.iso8601(3))
      end

      app.get "/ready" do
        checks = stores.transform_values { |store| Thread.new { store.status } }.transform_values(&:value)
        ready = checks.values.none?("down")
        status 503 unless ready
        json(status: ready ? "ready" : "not ready", checks:)
      end
    end
  end
end
