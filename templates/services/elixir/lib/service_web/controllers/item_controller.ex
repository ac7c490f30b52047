defmodule ServiceWeb.ItemController do
  @moduledoc """
  Example: a resource in Postgres.
  """

  use Phoenix.Controller, formats: [:json]

  import Plug.Conn

  action_fallback ServiceWeb.Failure

  def index(conn, _params) do
    with {:ok, items} <- items().list(), do: json(conn, %{items: items})
  end

  def create(conn, _params) do
    with {:ok, body, conn} <- ServiceWeb.Body.json(conn),
         {:ok, name} <- name_from(body),
         {:ok, item} <- items().create(name) do
      conn |> put_status(201) |> json(item)
    end
  end

  defp name_from(%{"name" => name}) when is_binary(name) do
    trimmed = String.trim(name)

    # Postgres cannot store NUL in text.
    if String.length(trimmed) in 1..200 and not String.contains?(name, "\0"), do: {:ok, trimmed}, else: invalid()
  end

  defp name_from(_body), do: invalid()

  defp invalid, do: {:error, {:invalid_body, ~s(Send {"name": "..."} with 1 to 200 characters)}}

  # Tests put memory in its place.
  defp items, do: Application.get_env(:service, :items, Service.Items)
end
