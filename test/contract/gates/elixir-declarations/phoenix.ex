# The part of Phoenix 1.8 that the template uses, declared from its published interface. For compile checks only.
defmodule Phoenix.Controller do
  defmacro __using__(formats: formats) when is_list(formats) do
    quote do
      import Phoenix.Controller
      def init(action), do: action
      def call(conn, action), do: apply(__MODULE__, action, [conn, %{}])
    end
  end

  defmacro action_fallback(plug) do
    quote do
      def action_fallback, do: unquote(plug)
    end
  end

  def json(conn, _data), do: conn
  def status_message_from_template(template) when is_binary(template), do: :persistent_term.get(__MODULE__)
end

defmodule Phoenix.Router do
  defmacro __using__(helpers: false) do
    quote do
      import Phoenix.Router
      Module.register_attribute(__MODULE__, :routes, accumulate: true)
      @before_compile Phoenix.Router
    end
  end

  defmacro __before_compile__(_env) do
    quote do
      def __routes__, do: @routes
      def init(options), do: options
      def call(conn, _options), do: conn
    end
  end

  defmacro scope(_path, namespace, do: block) do
    quote do
      @namespace unquote(namespace)
      unquote(block)
    end
  end

  defmacro get(path, plug, action), do: route(:get, path, plug, action)
  defmacro post(path, plug, action), do: route(:post, path, plug, action)
  defmacro match(verb, path, plug, action), do: route(verb, path, plug, action)

  defp route(verb, path, plug, action) do
    quote do
      @routes %{
        verb: unquote(verb),
        path: unquote(path),
        plug: Module.concat(@namespace, unquote(plug)),
        plug_opts: unquote(action)
      }
    end
  end
end

defmodule Phoenix.Endpoint do
  defmacro __using__(otp_app: otp_app) when is_atom(otp_app) do
    quote do
      import Phoenix.Endpoint
      Module.register_attribute(__MODULE__, :plugs, accumulate: true)
      @before_compile Phoenix.Endpoint
    end
  end

  defmacro __before_compile__(_env) do
    quote do
      def plugs, do: @plugs
      def child_spec(options), do: %{id: __MODULE__, start: {__MODULE__, :start_link, [options]}, type: :supervisor}
    end
  end

  defmacro plug(module) do
    quote do
      @plugs unquote(module)
    end
  end
end
