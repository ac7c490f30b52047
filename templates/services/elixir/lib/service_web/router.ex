defmodule ServiceWeb.Router do
  use Phoenix.Router, helpers: false

  scope "/", ServiceWeb do
    get "/", IndexController, :show
    get "/health", HealthController, :show
    get "/ready", HealthController, :ready
    get "/items", ItemController, :index
    post "/items", ItemController, :create
    post "/hits", HitController, :create

    match :*, "/*path", ErrorController, :unknown
  end

  @doc "The endpoints, as `{method, path}`."
  def endpoints do
    for %{verb: verb, path: path} <- __routes__(), verb != :*, do: {verb |> to_string() |> String.upcase(), path}
  end
end
