defmodule Service.LogFormatter do
  @moduledoc """
  One JSON object per line: time, level, service, message, and what else is in the metadata's `:fields`.
  """

  def format(%{level: level, msg: message, meta: meta}, %{service: service}) do
    line =
      meta
      |> Map.get(:fields, %{})
      |> Map.merge(%{time: time(meta), level: level, service: service, message: text(message)})
      |> put_request_id(meta)
      |> Map.new(fn {key, value} -> {key, printable(value)} end)

    [Jason.encode_to_iodata!(line), ?\n]
  end

  defp time(%{time: microseconds}) do
    microseconds |> DateTime.from_unix!(:microsecond) |> DateTime.truncate(:millisecond) |> DateTime.to_iso8601()
  end

  defp text({:string, chardata}), do: IO.chardata_to_string(chardata)
  defp text({:report, report}), do: inspect(report, limit: 50)
  defp text({format, arguments}), do: format |> :io_lib.format(arguments) |> IO.chardata_to_string()

  defp put_request_id(line, %{request_id: id}), do: Map.put(line, :requestId, id)
  defp put_request_id(line, _meta), do: line

  # JSON holds no broken UTF-8, and a log line must not fail.
  defp printable(value) when is_binary(value), do: String.replace_invalid(value)
  defp printable(value), do: value
end
