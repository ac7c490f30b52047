defmodule Service.Items do
  @moduledoc """
  Example: a table in Postgres.
  """

  alias Service.Postgres

  @columns ~s|id, name, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')|

  @doc "The newest hundred."
  def list do
    with {:ok, rows} <- query("SELECT #{@columns} FROM #{table()} ORDER BY id DESC LIMIT 100", []) do
      {:ok, Enum.map(rows, &item/1)}
    end
  end

  def create(name) do
    with {:ok, [row]} <- query("INSERT INTO #{table()} (name) VALUES ($1) RETURNING #{@columns}", [name]) do
      {:ok, item(row)}
    end
  end

  # Creates the table when it is missing: on first use, and after the database was replaced.
  defp query(sql, parameters) do
    case Postgres.query(sql, parameters) do
      {:ok, result} ->
        {:ok, result.rows}

      {:error, %Postgrex.Error{postgres: %{code: :undefined_table}}} ->
        with {:ok, _created} <- create_table(),
             {:ok, result} <- Postgres.query(sql, parameters),
             do: {:ok, result.rows}

      {:error, error} ->
        {:error, error}
    end
  end

  # The lock makes replicas that start together take turns, which IF NOT EXISTS alone does not.
  defp create_table do
    Postgres.transaction([
      {"SELECT pg_advisory_xact_lock(hashtext($1))", [table()]},
      {"""
       CREATE TABLE IF NOT EXISTS #{table()} (
         id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         name text NOT NULL,
         created_at timestamptz NOT NULL DEFAULT now()
       )
       """, []}
    ])
  end

  # The prefix is validated: it holds no quote.
  defp table, do: ~s|"#{Service.Settings.get().table_prefix}items"|

  defp item([id, name, created_at]), do: %{id: id, name: name, createdAt: created_at}
end
