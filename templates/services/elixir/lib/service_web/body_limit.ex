defmodule ServiceWeb.BodyLimit do
  @moduledoc """
  Refuses large bodies that say how large they are. `ServiceWeb.Body` refuses the others.
  """

  @behaviour Plug

  import Plug.Conn

  @max_bytes 1024 * 1024

  def max_bytes, do: @max_bytes

  @impl true
  def init(options), do: options

  @impl true
  def call(conn, _options) do
    with [length] <- get_req_header(conn, "content-length"),
         {bytes, ""} when bytes > @max_bytes <- Integer.parse(length) do
      conn |> drain() |> ServiceWeb.Failure.send(413, "payload_too_large", "Payload too large") |> halt()
    else
      _within_limits -> conn
    end
  end

  # Most clients send everything before they read: without this, many would see a reset, not the answer.
  defp drain(conn) do
    case read_body(conn, length: 8 * @max_bytes) do
      {:error, _reason} -> conn
      {_state, _body, conn} -> conn
    end
  end
end
