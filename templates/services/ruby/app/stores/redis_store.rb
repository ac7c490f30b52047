# frozen_string_literal: true

require "redis-client"

# A pool that connects on first use and again when a connection is gone.
class RedisStore
  def self.current
    settings = Rails.configuration.x.settings
    @current ||= new(settings.redis_url, key_prefix: settings.redis_prefix)
  end

  def initialize(url, key_prefix:)
    @key_prefix = key_prefix
    # No second attempt: a command whose answer got lost must not count twice.
    @client = url && RedisClient.config(url:, connect_timeout: 3, timeout: 2, reconnect_attempts: 0)
                                .new_pool(size: 5, timeout: 3)
  end

  def increment(key)
    call("INCR", "#{@key_prefix}#{key}")
  end

  def status
    return "off" unless @client

    call("PING")
    "up"
  rescue StoreUnavailable
    "down"
  end

  def close
    @client&.close
  end

  private

  def call(*command)
    raise StoreUnavailable, "Redis" unless @client

    @client.call(*command)
  rescue RedisClient::Error
    raise StoreUnavailable, "Redis"
  end
end
