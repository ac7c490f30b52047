# The part of Postgrex 0.22, DBConnection 2 and Redix 1.6 that the template uses, and Jason by Elixir's own JSON, declared from
# their published interfaces. For compile checks, and for tests that need no store.
defmodule Jason do
  defdelegate decode(text), to: JSON
  defdelegate decode!(text), to: JSON
  defdelegate encode_to_iodata!(value), to: JSON
end

defmodule DBConnection.ConnectionError do
  defexception [:message]
end

defmodule Postgrex do
  def child_spec(options) when is_list(options), do: %{id: __MODULE__, start: {__MODULE__, :start_link, [options]}}
  def query(_connection, sql, parameters, options) when is_binary(sql) and is_list(parameters) and is_list(options), do: declared()
  def query!(_connection, sql, parameters) when is_binary(sql) and is_list(parameters), do: declared()
  def transaction(_connection, work) when is_function(work, 1), do: declared()

  defp declared, do: :persistent_term.get(__MODULE__)
end

defmodule Postgrex.Error do
  defexception [:message, :postgres]
end

defmodule Redix do
  def child_spec(options) when is_list(options), do: %{id: __MODULE__, start: {__MODULE__, :start_link, [options]}}
  def command(_connection, command, options) when is_list(command) and is_list(options), do: :persistent_term.get(__MODULE__)
end
