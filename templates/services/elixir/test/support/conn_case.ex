defmodule ServiceWeb.ConnCase do
  @moduledoc """
  Requests to the endpoint, with memory in place of Postgres and Redis.
  """

  use ExUnit.CaseTemplate

  alias Service.{Memory, Settings}

  using do
    quote do
      import Phoenix.ConnTest
      import Plug.Conn
      import ServiceWeb.ConnCase

      @endpoint ServiceWeb.Endpoint
    end
  end

  setup do
    start_supervised!(Memory.Items)
    start_supervised!(Memory.Counter)
    put_env(:items, Memory.Items)
    put_env(:counter, Memory.Counter)
    put_env(Settings, %Settings{service_name: "test", healthcheck_path: "/up.v1/live"})
    # Phoenix.ConnTest takes a body of text only with a content type.
    {:ok, conn: Plug.Conn.put_req_header(Phoenix.ConnTest.build_conn(), "content-type", "application/json")}
  end

  @doc "Sets a value of the application until the test ends."
  def put_env(key, value) do
    before = Application.get_env(:service, key)
    Application.put_env(:service, key, value)

    on_exit(fn ->
      if before, do: Application.put_env(:service, key, before), else: Application.delete_env(:service, key)
    end)
  end
end
