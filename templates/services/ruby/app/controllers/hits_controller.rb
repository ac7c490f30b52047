# frozen_string_literal: true

# Example: a counter in Redis.
class HitsController < ApplicationController
  def create
    render json: { hits: RedisStore.current.increment("hits") }
  end
end
