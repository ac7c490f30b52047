defmodule Service.Application do
  @moduledoc false

  use Application

  alias Service.{LogFormatter, Postgres, Redis, Settings}

  @impl true
  def start(_type, _args) do
    case Settings.load(System.get_env()) do
      {:ok, settings} -> start(settings)
      {:error, message} -> refuse(message)
    end
  end

  defp start(settings) do
    Application.put_env(:service, Settings, settings)
    Logger.configure(level: settings.log_level)
    :logger.update_handler_config(:default, :formatter, {LogFormatter, %{service: settings.service_name}})

    endpoint = Application.get_env(:service, ServiceWeb.Endpoint)
    Application.put_env(:service, ServiceWeb.Endpoint, endpoint ++ [http: http(settings)])

    # Stopped in the reverse order: the endpoint finishes its requests while the stores are still there.
    children = Postgres.children(settings) ++ Redis.children(settings) ++ [ServiceWeb.Endpoint]
    Supervisor.start_link(children, strategy: :one_for_one, name: Service.Supervisor)
  end

  defp http(settings) do
    [
      ip: {0, 0, 0, 0},
      port: settings.port,
      thousand_island_options: [
        # Longer than the proxy's, so that it never reuses a closed connection.
        read_timeout: 75_000,
        # What requests in flight have when the service stops.
        shutdown_timeout: 10_000
      ]
    ]
  end

  defp refuse(message) do
    event = %{level: :error, msg: {:string, message}, meta: %{time: System.system_time(:microsecond)}}
    IO.write(LogFormatter.format(event, %{service: System.get_env("SERVICE_NAME", "service")}))
    System.halt(1)
  end
end
