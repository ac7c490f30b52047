# frozen_string_literal: true

require_relative "../lib/json_log"
require_relative "../lib/settings"

begin
  settings = Settings.load(ENV)
rescue Settings::Invalid => e
  JsonLog.create($stdout).error(e.message)
  exit 1
end

bind "tcp://0.0.0.0:#{settings.port}"
workers 0
threads 5, 5

persistent_timeout 75 # longer than the proxy's, so that it never reuses a closed connection
http_content_length_limit 8 * 1024 * 1024 # the service refuses less, in JSON; this bounds what is buffered before

# SIGTERM: no new connections, 10 seconds for the requests in flight, exit code 0.
force_shutdown_after 10
raise_exception_on_sigterm false

formatter = JsonLog.formatter(settings.service_name)
log_formatter { |text| formatter.call("INFO", Time.now, nil, text.strip).chomp }

lowlevel_error_handler do |_error|
  body = '{"error":{"code":"internal_error","message":"Internal server error"}}'
  [500, { "content-type" => "application/json" }, [body]]
end
