defmodule Service.Settings do
  @moduledoc """
  The environment, read and validated once, at start. Messages name the variable, never its value, which may be a
  secret.
  """

  defstruct port: 8000,
            service_name: "service",
            log_level: :info,
            healthcheck_path: "/health",
            database_url: nil,
            table_prefix: "",
            redis_url: nil,
            redis_prefix: ""

  @port "a port number from 1 to 65535"

  @doc "The settings of the running service."
  def get, do: Application.get_env(:service, __MODULE__, %__MODULE__{})

  @doc "Takes `System.get_env/0`. An empty variable counts as unset: that is how Compose passes one without a value."
  def load(env) do
    env = Map.reject(env, fn {_name, value} -> value == "" end)

    with {:ok, port} <- port(env, "PORT"),
         {:ok, service_port} <- port(env, "SERVICE_PORT"),
         {:ok, log_level} <- log_level(env),
         {:ok, path} <- match(env, "HEALTHCHECK_PATH", ~r"\A/[A-Za-z0-9_.~/-]*\z", "a plain path such as /health"),
         {:ok, database_url} <- match(env, "DATABASE_URL", ~r"\Apostgres(ql)?://.", "a postgresql:// URL"),
         {:ok, table_prefix} <-
           match(env, "TABLE_PREFIX", ~r/\A[A-Za-z_][A-Za-z0-9_]*\z/, "a letter or _, then letters, digits, _"),
         {:ok, redis_url} <- match(env, "REDIS_URL", ~r"\Arediss?://.", "a redis:// URL") do
      {:ok,
       %__MODULE__{
         port: port || service_port || 8000,
         service_name: Map.get(env, "SERVICE_NAME", "service"),
         log_level: log_level,
         healthcheck_path: path || "/health",
         database_url: database_url,
         table_prefix: table_prefix || "",
         redis_url: redis_url,
         redis_prefix: Map.get(env, "REDIS_PREFIX", "")
       }}
    end
  end

  defp match(env, name, pattern, expected) do
    value = env[name]

    if value == nil or Regex.match?(pattern, value),
      do: {:ok, value},
      else: {:error, "#{name} must be #{expected}"}
  end

  defp port(env, name) do
    with {:ok, text} when text != nil <- match(env, name, ~r/\A\d{1,5}\z/, @port),
         number when number not in 1..65_535 <- String.to_integer(text) do
      {:error, "#{name} must be #{@port}"}
    else
      number when is_integer(number) -> {:ok, number}
      other -> other
    end
  end

  defp log_level(env) do
    case env |> Map.get("LOG_LEVEL", "info") |> String.downcase() do
      "debug" -> {:ok, :debug}
      "info" -> {:ok, :info}
      warning when warning in ["warn", "warning"] -> {:ok, :warning}
      "error" -> {:ok, :error}
      _other -> {:error, "LOG_LEVEL must be debug, info, warn or error"}
    end
  end
end
