defmodule Service.Postgres do
  @moduledoc """
  A pool that connects when it can, so that the service starts and stays up without its database.
  """

  # Classes of SQLSTATE that mean "not now": connection, login, no such database, out of resources, shutdown.
  @outage ["08", "28", "3D", "53", "57"]

  @doc "What to supervise: nothing when there is no DATABASE_URL."
  def children(%{database_url: nil}), do: []
  def children(%{database_url: url}), do: [{Postgrex, options(url)}]

  @doc "Rows as lists. `{:error, {:unavailable, store, reason}}` when the database is not there."
  def query(sql, parameters) do
    run(fn -> Postgrex.query(__MODULE__, sql, parameters, timeout: 5_000) end)
  end

  @doc "Runs statements, each with its parameters, in one transaction."
  def transaction(statements) do
    run(fn ->
      Postgrex.transaction(__MODULE__, fn connection ->
        Enum.each(statements, fn {sql, parameters} -> Postgrex.query!(connection, sql, parameters) end)
      end)
    end)
  end

  def status do
    cond do
      Service.Settings.get().database_url == nil -> :off
      match?({:ok, _result}, query("SELECT 1", [])) -> :up
      true -> :down
    end
  end

  defp run(operation) do
    if Service.Settings.get().database_url == nil,
      do: {:error, {:unavailable, "Postgres", "DATABASE_URL is not set"}},
      else: explain(attempt(operation))
  end

  # Transactions raise what queries return.
  defp attempt(operation) do
    operation.()
  rescue
    error in [DBConnection.ConnectionError, Postgrex.Error] -> {:error, error}
  end

  defp explain({:error, %DBConnection.ConnectionError{} = error}) do
    {:error, {:unavailable, "Postgres", Exception.message(error)}}
  end

  defp explain({:error, %Postgrex.Error{postgres: %{pg_code: <<class::binary-size(2), _rest::binary>>}} = error})
       when class in @outage do
    {:error, {:unavailable, "Postgres", Exception.message(error)}}
  end

  defp explain(result), do: result

  defp options(url) do
    uri = URI.parse(url)
    [username | password] = String.split(uri.userinfo || "postgres", ":", parts: 2)

    [
      name: __MODULE__,
      hostname: uri.host,
      port: uri.port || 5432,
      username: URI.decode(username),
      password: password |> List.first("") |> URI.decode(),
      database: uri.path |> to_string() |> String.trim_leading("/") |> URI.decode(),
      ssl: URI.decode_query(uri.query || "")["sslmode"] in ["require", "verify-ca", "verify-full"],
      pool_size: 5,
      timeout: 3_000,
      backoff_max: 5_000,
      parameters: [statement_timeout: "5s"]
    ]
  end
end
