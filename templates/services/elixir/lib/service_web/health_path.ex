defmodule ServiceWeb.HealthPath do
  @moduledoc """
  Serves HEALTHCHECK_PATH as `/health`, unless it is a route already.
  """

  @behaviour Plug

  @impl true
  def init(options), do: options

  @impl true
  def call(%{request_path: path} = conn, _options) do
    if path == Service.Settings.get().healthcheck_path and not route?(path),
      do: %{conn | path_info: ["health"]},
      else: conn
  end

  defp route?(path), do: Enum.any?(ServiceWeb.Router.endpoints(), &match?({_method, ^path}, &1))
end
