defmodule ServiceWeb.HealthController do
  use Phoenix.Controller, formats: [:json]

  import Plug.Conn

  @doc "Liveness: must not depend on a store, or an outage there would restart every service."
  def show(conn, _params) do
    json(conn, %{
      status: "healthy",
      service: Service.Settings.get().service_name,
      timestamp: DateTime.utc_now() |> DateTime.truncate(:millisecond) |> DateTime.to_iso8601()
    })
  end

  def ready(conn, _params) do
    redis = Task.async(&Service.Redis.status/0)
    checks = %{postgres: Service.Postgres.status(), redis: Task.await(redis, 10_000)}

    if :down in Map.values(checks),
      do: conn |> put_status(503) |> json(%{status: "not ready", checks: checks}),
      else: json(conn, %{status: "ready", checks: checks})
  end
end
