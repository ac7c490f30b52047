# frozen_string_literal: true

require_relative "app/service"

settings = Settings.load(ENV)
run Service.build(settings, JsonLog.create($stdout, service: settings.service_name, level: settings.log_level))
