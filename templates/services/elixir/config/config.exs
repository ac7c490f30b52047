import Config

config :service, ServiceWeb.Endpoint,
  adapter: Bandit.PhoenixAdapter,
  render_errors: [formats: [json: ServiceWeb.ErrorJSON], layout: false],
  server: config_env() != :test

config :phoenix,
  json_library: Jason,
  # ServiceWeb.RequestContext logs requests.
  logger: false

config :logger, :default_handler, formatter: {Service.LogFormatter, %{service: "service"}}
