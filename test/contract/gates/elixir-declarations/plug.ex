# The part of Plug 1 that the template uses, declared from its published interface. For compile checks only.
defmodule Plug do
  @callback init(options :: term) :: term
  @callback call(conn :: struct, options :: term) :: struct
end

defmodule Plug.Conn do
  defstruct [:method, :request_path, :path_info, :req_headers, :status, :resp_body]

  def get_req_header(_conn, key) when is_binary(key), do: declared()
  def halt(conn), do: conn
  def put_req_header(conn, key, value) when is_binary(key) and is_binary(value), do: conn
  def put_resp_content_type(conn, type) when is_binary(type), do: conn
  def put_resp_header(conn, key, value) when is_binary(key) and is_binary(value), do: conn
  def put_status(conn, status) when is_integer(status), do: conn
  def read_body(_conn, options) when is_list(options), do: declared()
  def register_before_send(conn, callback) when is_function(callback, 1), do: conn
  def send_resp(conn, status, _body) when is_integer(status), do: conn

  # A value of which the compiler knows nothing.
  defp declared, do: :persistent_term.get(__MODULE__)
end
