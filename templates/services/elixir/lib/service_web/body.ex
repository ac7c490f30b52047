defmodule ServiceWeb.Body do
  @moduledoc """
  Reads JSON, whatever the content type says.
  """

  def json(conn) do
    with {:ok, body, conn} <- Plug.Conn.read_body(conn, length: ServiceWeb.BodyLimit.max_bytes()),
         {:ok, json} <- Jason.decode(body) do
      {:ok, json, conn}
    else
      {:more, _part, _conn} -> {:error, :too_large}
      {:error, _reason} -> {:error, {:invalid_json, "The body is not valid JSON"}}
    end
  end
end
