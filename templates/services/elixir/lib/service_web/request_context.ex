defmodule ServiceWeb.RequestContext do
  @moduledoc """
  Gives each request an id, and logs it once it is answered. Probes are logged at debug level.
  """

  @behaviour Plug

  import Plug.Conn

  require Logger

  @impl true
  def init(options), do: options

  @impl true
  def call(conn, _options) do
    started = System.monotonic_time()
    id = conn |> get_req_header("x-request-id") |> List.first("") |> accept()
    Logger.metadata(request_id: id)

    conn
    |> put_resp_header("x-request-id", id)
    |> register_before_send(&log(&1, started))
  end

  defp accept(id) do
    if id =~ ~r/\A[A-Za-z0-9_.-]{1,128}\z/, do: id, else: Base.encode16(:crypto.strong_rand_bytes(16), case: :lower)
  end

  defp log(conn, started) do
    duration = System.convert_time_unit(System.monotonic_time() - started, :native, :microsecond)

    Logger.log(level(conn.request_path), "request",
      fields: %{
        method: conn.method,
        path: conn.request_path,
        status: conn.status,
        durationMs: Float.round(duration / 1000, 2)
      }
    )

    conn
  end

  defp level(path) do
    if path in ["/health", "/ready", Service.Settings.get().healthcheck_path], do: :debug, else: :info
  end
end
