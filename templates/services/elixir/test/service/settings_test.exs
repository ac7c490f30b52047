defmodule Service.SettingsTest do
  use ExUnit.Case, async: true

  alias Service.Settings

  @invalid %{
    "PORT" => ["0", "65536", "abc", "80.5", "-1", "80\n"],
    "LOG_LEVEL" => ["loud"],
    "HEALTHCHECK_PATH" => ["health", "/health check", "/:id"],
    "TABLE_PREFIX" => ["1st_", "a-b", ~s(x"; DROP TABLE items; --)],
    "DATABASE_URL" => ["postgres", "mysql://hunter2"],
    "REDIS_URL" => ["redis:6379", "http://hunter2"]
  }

  test "has a default for everything" do
    assert Settings.load(%{}) == {:ok, %Settings{}}
  end

  test "takes an empty variable for an unset one" do
    assert Settings.load(%{"PORT" => "", "DATABASE_URL" => "", "LOG_LEVEL" => ""}) == {:ok, %Settings{}}
  end

  test "prefers PORT to SERVICE_PORT" do
    assert {:ok, %{port: 3001}} = Settings.load(%{"SERVICE_PORT" => "3001"})
    assert {:ok, %{port: 3002}} = Settings.load(%{"SERVICE_PORT" => "3001", "PORT" => "3002"})
  end

  test "takes warn for warning" do
    assert {:ok, %{log_level: :warning}} = Settings.load(%{"LOG_LEVEL" => "WARN"})
  end

  for {name, values} <- @invalid, value <- values do
    test "refuses #{name}=#{inspect(value)}, without saying it" do
      assert {:error, message} = Settings.load(%{unquote(name) => unquote(value)})
      assert String.starts_with?(message, unquote(name) <> " must be")
      refute message =~ "hunter2"
    end
  end
end
