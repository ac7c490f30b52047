defmodule Service.LogFormatterTest do
  use ExUnit.Case, async: true

  alias Service.LogFormatter

  defp line(message, meta) do
    %{level: :info, msg: message, meta: Map.put(meta, :time, 1_700_000_000_123_456)}
    |> LogFormatter.format(%{service: "test"})
    |> IO.iodata_to_binary()
    |> Jason.decode!()
  end

  test "is one object with the fields of the caller" do
    assert line({:string, ["re", "quest"]}, %{request_id: "abc", fields: %{status: 200}}) == %{
             "time" => "2023-11-14T22:13:20.123Z",
             "level" => "info",
             "service" => "test",
             "message" => "request",
             "requestId" => "abc",
             "status" => 200
           }
  end

  test "takes reports, formats and broken UTF-8" do
    assert line({:report, %{a: 1}}, %{})["message"] == "%{a: 1}"
    assert line({~c"~s!", ["hello"]}, %{})["message"] == "hello!"
    assert line({:string, "x"}, %{fields: %{path: <<"/", 255>>}})["path"] == "/\uFFFD"
  end
end
