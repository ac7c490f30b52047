#!/bin/bash
# Ruby's own parser, over every file; Bundler reads the Gemfile.
source "$(dirname "$0")/image.sh"
gate "$1" 'find . \( -name "*.rb" -o -name "*.ru" -o -name Gemfile -o -name Rakefile -o -path "./bin/*" \) -type f -print0 |
  xargs -0 -n 1 ruby -wc >/dev/null
  ruby -rbundler -e "Bundler::Dsl.new.eval_gemfile(\"Gemfile\")"'
