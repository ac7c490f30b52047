# frozen_string_literal: true

# The environment, read and validated once. Messages name the variable, never its value, which may be a secret.
Settings = Data.define(
  :port, :service_name, :log_level, :healthcheck_path, :database_url, :table_prefix, :redis_url, :redis_prefix
) do
  def self.load(env)
    read = Settings::Reader.new(env)
    new(
      port: read.port("PORT") || read.port("SERVICE_PORT") || 8000,
      service_name: read.text("SERVICE_NAME") || "service",
      log_level: read.choice("LOG_LEVEL", %w[debug info warn error fatal]) || "info",
      healthcheck_path: read.match("HEALTHCHECK_PATH", %r{\A/[\w.~/-]*\z}, "a plain path such as /health") || "/health",
      database_url: read.match("DATABASE_URL", %r{\Apostgres(ql)?://.}, "a postgresql:// URL"),
      table_prefix: read.match("TABLE_PREFIX", /\A[a-z_]\w*\z/i, "a letter or _, then letters, digits, _") || "",
      redis_url: read.match("REDIS_URL", %r{\Arediss?://.}, "a redis:// URL"),
      redis_prefix: read.text("REDIS_PREFIX") || ""
    )
  end
end

class Settings
  class Invalid < StandardError; end

  # An empty variable counts as unset: that is how Compose passes one that has no value.
  class Reader
    def initialize(env)
      @env = env
    end

    def text(name)
      value = @env[name]
      value unless value.nil? || value.empty?
    end

    def match(name, pattern, expected)
      value = text(name)
      raise Invalid, "#{name} must be #{expected}" unless value.nil? || pattern.match?(value)

      value
    end

    def choice(name, values)
      value = text(name)&.downcase
      raise Invalid, "#{name} must be one of #{values.join(", ")}" unless value.nil? || values.include?(value)

      value
    end

    def port(name)
      value = match(name, /\A\d{1,5}\z/, "a port number from 1 to 65535")&.to_i
      raise Invalid, "#{name} must be a port number from 1 to 65535" unless value.nil? || value.between?(1, 65_535)

      value
    end
  end
end
