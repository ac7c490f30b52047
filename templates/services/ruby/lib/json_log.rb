# frozen_string_literal: true

require "json"
require "logger"
require "time"

# One JSON object per line: time, level, service, message, and what else the caller hands over as a hash.
module JsonLog
  module_function

  def create(device, service: "service", level: "info")
    device.sync = true if device.respond_to?(:sync=)
    Logger.new(device, level:, formatter: formatter(service))
  end

  def formatter(service)
    lambda do |severity, time, _program, message|
      fields = message.is_a?(Hash) ? message : { message: message.to_s }
      line = { time: time.getutc.iso8601(3), level: severity.downcase, service:, **fields }
      "#{JSON.generate(line.transform_values { |value| printable(value) })}\n"
    end
  end

  # What to log of an error.
  def error(message, error, **fields)
    { message:, **fields, error: error.class.name, reason: error.message, stack: error.backtrace&.first(10) }
  end

  # JSON holds no broken UTF-8, and a log line must not fail.
  def printable(value)
    value.is_a?(String) ? value.dup.force_encoding(Encoding::UTF_8).scrub : value
  end
end
