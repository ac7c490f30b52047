defmodule ServiceWeb.Failure do
  @moduledoc """
  Error answers. As the controllers' fallback, it turns what they return into one.
  """

  @behaviour Plug

  import Plug.Conn

  require Logger

  @impl true
  def init(options), do: options

  @impl true
  def call(conn, {:error, {:invalid_json, message}}), do: send(conn, 400, "invalid_json", message)
  def call(conn, {:error, {:invalid_body, message}}), do: send(conn, 400, "invalid_body", message)
  def call(conn, {:error, :too_large}), do: send(conn, 413, "payload_too_large", "Payload too large")

  def call(conn, {:error, {:unavailable, store, reason}}) do
    Logger.warning("#{store} is not available", fields: %{reason: reason})
    send(conn, 503, "store_unavailable", "#{store} is not available")
  end

  def call(conn, {:error, error}) do
    Logger.error("Internal server error", fields: %{reason: inspect(error)})
    send(conn, 500, "internal_error", "Internal server error")
  end

  def send(conn, status, code, message) do
    conn
    |> put_resp_content_type("application/json")
    |> send_resp(status, Jason.encode_to_iodata!(%{error: %{code: code, message: message}}))
  end
end
