defmodule ServiceWeb.RequestsTest do
  use ServiceWeb.ConnCase

  import ExUnit.CaptureLog

  test "is healthy, also at a path of your own", %{conn: conn} do
    for path <- ["/health", "/up.v1/live"] do
      assert %{"status" => "healthy", "service" => "test", "timestamp" => time} = conn |> get(path) |> json_response(200)
      assert {:ok, _time, 0} = DateTime.from_iso8601(time)
    end
  end

  test "is ready without stores", %{conn: conn} do
    assert conn |> get("/ready") |> json_response(200) ==
             %{"status" => "ready", "checks" => %{"postgres" => "off", "redis" => "off"}}
  end

  test "describes itself", %{conn: conn} do
    assert "POST /items" in (conn |> get("/") |> json_response(200))["endpoints"]
  end

  test "answers what it does not know with an error", %{conn: conn} do
    assert (conn |> get("/nowhere") |> json_response(404))["error"]["code"] == "not_found"
    assert (conn |> delete("/items") |> json_response(405))["error"]["code"] == "method_not_allowed"
  end

  test "echoes a request id, and replaces one that is unsafe", %{conn: conn} do
    id = fn sent -> conn |> put_req_header("x-request-id", sent) |> get("/") |> get_resp_header("x-request-id") end
    assert id.("abc_1.2-3") == ["abc_1.2-3"]

    for unsafe <- ["", "a b", String.duplicate("x", 129)] do
      assert [replaced] = id.(unsafe)
      assert replaced =~ ~r/\A[0-9a-f]{32}\z/
    end
  end

  test "creates an item and lists it", %{conn: conn} do
    item = conn |> post("/items", ~s({"name":" first "})) |> json_response(201)
    assert item["name"] == "first"
    assert conn |> get("/items") |> json_response(200) == %{"items" => [item]}
  end

  @invalid [
    "",
    ~s({"name"),
    ~s({"name":") <> <<255>> <> ~s("}),
    "[]",
    "{}",
    ~s({"name":1}),
    ~s({"name":" "}),
    ~s({"name":"a\\u0000b"}),
    ~s({"name":"\\ud800"}),
    ~s({"name":"#{String.duplicate("x", 201)}"})
  ]

  for {body, index} <- Enum.with_index(@invalid) do
    test "refuses an invalid body (#{index})", %{conn: conn} do
      assert "invalid_" <> _rest = (conn |> post("/items", unquote(body)) |> json_response(400))["error"]["code"]
    end
  end

  test "refuses more than a megabyte", %{conn: conn} do
    body = ~s({"name":"#{String.duplicate("x", 1024 * 1024)}"})
    assert (conn |> post("/items", body) |> json_response(413))["error"]["code"] == "payload_too_large"
  end

  test "counts hits", %{conn: conn} do
    assert conn |> post("/hits") |> json_response(200) == %{"hits" => 1}
    assert conn |> post("/hits") |> json_response(200) == %{"hits" => 2}
  end

  test "says so when a store is down, without its details", %{conn: conn} do
    put_env(:items, Service.Memory.Down)

    log =
      capture_log(fn ->
        conn = get(conn, "/items")
        assert json_response(conn, 503)["error"]["code"] == "store_unavailable"
        refute conn.resp_body =~ "10.0.0.7"
      end)

    assert log =~ "Postgres is not available"
  end

  test "keeps the details of an unexpected error to the log", %{conn: conn} do
    put_env(:counter, Service.Memory.Down)
    {500, _headers, body} = assert_error_sent(500, fn -> post(conn, "/hits") end)
    assert Jason.decode!(body)["error"]["code"] == "internal_error"
    refute body =~ "hunter2"
  end
end
