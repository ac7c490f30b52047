#!/bin/bash
# Elixir's own compiler, over every file, with declarations in the place of the dependencies.
source "$(dirname "$0")/image.sh"
gate "$1" 'bash /gates/elixir-check.sh'
