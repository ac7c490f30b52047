defmodule Service.Redis do
  @moduledoc """
  One connection, which is made when it can be and made again when it is lost.
  """

  @doc "What to supervise: nothing when there is no REDIS_URL."
  def children(%{redis_url: nil}), do: []

  def children(%{redis_url: url}) do
    [{Redix, {url, [name: __MODULE__, sync_connect: false, timeout: 3_000, backoff_max: 5_000]}}]
  end

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
end
