#!/bin/bash
# Elixir's own parser, over every file.
source "$(dirname "$0")/image.sh"
gate "$1" 'elixir -e "for path <- Path.wildcard(\"{*,config,lib,test}/**/*.{ex,exs}\") ++ [\"mix.exs\", \".formatter.exs\"], do: Code.string_to_quoted!(File.read!(path), file: path)"'
