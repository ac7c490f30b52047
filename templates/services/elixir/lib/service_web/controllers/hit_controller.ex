defmodule ServiceWeb.HitController do
  @moduledoc """
  Example: a counter in Redis.
  """

  use Phoenix.Controller, formats: [:json]

  action_fallback ServiceWeb.Failure

  def create(conn, _params) do
    with {:ok, hits} <- counter().increment("hits"), do: json(conn, %{hits: hits})
  end

  # Tests put memory in its place.
  defp counter, do: Application.get_env(:service, :counter, Service.Redis)
end
