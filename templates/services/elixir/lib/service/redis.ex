defmodule Service.Redis do
  @moduledoc """
  One connection, which is made when it can be and made again when it is lost.
  """

  @doc "What to supervise: nothing when there is no REDIS_URL."
  def children(%{redis_url: nil}), do: []

  def children(%{redis_url: url}), do: [{Redix, options(url)}]

  @doc "Counts, and returns the new number."
  def increment(key), do: command(["INCR", Service.Settings.get().redis_prefix <> key])

  def status do
    cond do
      Service.Settings.get().redis_url == nil -> :off
      match?({:ok, _pong}, command(["PING"])) -> :up
      true -> :down
    end
  end

  # Sent once: a command whose answer got lost must not count twice.
  defp command(command) do
    with true <- Service.Settings.get().redis_url != nil,
         {:ok, result} <- Redix.command(__MODULE__, command, timeout: 2_000) do
      {:ok, result}
    else
      false -> {:error, {:unavailable, "Redis", "REDIS_URL is not set"}}
      {:error, error} -> {:error, {:unavailable, "Redis", Exception.message(error)}}
    end
  end

  # Redix itself would take a URL, but not decode the password in it.
  defp options(url) do
    uri = URI.parse(url)
    [username | password] = String.split(uri.userinfo || "", ":", parts: 2)

    login = [
      username: URI.decode(username),
      password: password |> List.first("") |> URI.decode(),
      database: uri.path |> to_string() |> String.trim_leading("/")
    ]

    [
      name: __MODULE__,
      host: uri.host,
      port: uri.port || 6379,
      ssl: uri.scheme == "rediss",
      sync_connect: false,
      timeout: 3_000,
      backoff_max: 5_000
    ] ++ Enum.reject(login, fn {_name, value} -> value == "" end)
  end
end
