defmodule ServiceWeb.ErrorController do
  use Phoenix.Controller, formats: [:json]

  import Plug.Conn

  alias ServiceWeb.Failure

  def unknown(conn, _params) do
    path = conn.request_path

    case for {method, ^path} <- ServiceWeb.Router.endpoints(), do: method do
      [] ->
        Failure.send(conn, 404, "not_found", "No such endpoint")

      methods ->
        conn
        |> put_resp_header("allow", Enum.join(methods, ", "))
        |> Failure.send(405, "method_not_allowed", "Method not allowed")
    end
  end
end
