#!/bin/bash
# Compiles the service against declarations of its dependencies, follows its routes, and runs the tests that need none of these.
set -euo pipefail
export LANG=C.UTF-8
elixir -e 'for path <- Path.wildcard("{*,config,lib,test}/**/*.{ex,exs}") ++ ["mix.exs", ".formatter.exs"], do: Code.string_to_quoted!(File.read!(path), file: path)'

beams=$(mktemp -d)
mkdir "$beams/declared" "$beams/service"
elixirc -o "$beams/declared" /gates/elixir-declarations/*.ex
# elixirc does not count all warnings.
elixir -pa "$beams/declared" -e '
  [output] = System.argv()
  {:ok, _modules, warnings} =
    Kernel.ParallelCompiler.compile_to_path(Path.wildcard("lib/**/*.ex"), output, return_diagnostics: true)
  if warnings != %{compile_warnings: [], runtime_warnings: []}, do: System.halt(1)' "$beams/service"

elixir -pa "$beams/declared" -pa "$beams/service" -e '
  for %{plug: plug, plug_opts: action} <- ServiceWeb.Router.__routes__(), plug = Code.ensure_loaded!(plug) do
    function_exported?(plug, action, 2) || raise "no #{inspect(plug)}.#{action}/2"
  end
  for plug <- ServiceWeb.Endpoint.plugs(), plug = Code.ensure_loaded!(plug) do
    function_exported?(plug, :call, 2) || raise "no #{inspect(plug)}.call/2"
  end'

elixir -pa "$beams/declared" -pa "$beams/service" -e 'ExUnit.start()' -r 'test/service/*_test.exs'
