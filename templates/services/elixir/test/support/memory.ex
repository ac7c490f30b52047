defmodule Service.Memory do
  @moduledoc """
  In place of Postgres and Redis.
  """

  defmodule Items do
    @moduledoc false
    use Agent

    def start_link(_options), do: Agent.start_link(fn -> [] end, name: __MODULE__)

    def list, do: {:ok, Agent.get(__MODULE__, & &1)}

    def create(name) do
      Agent.get_and_update(__MODULE__, fn items ->
        item = %{id: length(items) + 1, name: name, createdAt: "2026-01-01T00:00:00.000Z"}
        {{:ok, item}, [item | items]}
      end)
    end
  end

  defmodule Counter do
    @moduledoc false
    use Agent

    def start_link(_options), do: Agent.start_link(fn -> 0 end, name: __MODULE__)

    def increment(_key), do: {:ok, Agent.get_and_update(__MODULE__, &{&1 + 1, &1 + 1})}
  end

  defmodule Down do
    @moduledoc false

    def list, do: {:error, {:unavailable, "Postgres", "no route to 10.0.0.7"}}
    def increment(_key), do: raise("password=hunter2")
  end
end
