#!/bin/bash
# PHP's own parser, over every file; composer.json must be JSON.
source "$(dirname "$0")/image.sh"
gate "$1" 'find . \( -name "*.php" -o -name artisan \) -type f -print0 | xargs -0 -n 1 php -l >/dev/null
  sh -n bin/start
  node -e "JSON.parse(require(\"fs\").readFileSync(\"composer.json\"))"'
