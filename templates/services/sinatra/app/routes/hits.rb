# frozen_string_literal: true

module Routes
  # Example: a counter in Redis.
  module Hits
    def self.registered(app)
      app.post "/hits" do
        json(hits: counter.increment("hits"))
      end
    end
  end
end
