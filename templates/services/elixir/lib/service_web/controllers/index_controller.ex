defmodule ServiceWeb.IndexController do
  use Phoenix.Controller, formats: [:json]

  def show(conn, _params) do
    endpoints = for {method, path} <- ServiceWeb.Router.endpoints(), do: "#{method} #{path}"
    json(conn, %{service: Service.Settings.get().service_name, endpoints: endpoints})
  end
end
