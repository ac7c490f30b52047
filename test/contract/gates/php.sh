#!/bin/bash
# PHP's own parser, over every file; Composer reads composer.json.
source "$(dirname "$0")/image.sh"
gate "$1" 'find . \( -name "*.php" -o -name artisan \) -type f -print0 | xargs -0 -n 1 php -l >/dev/null
  sh -n bin/start
  composer validate --quiet --no-check-lock --no-check-publish --no-interaction'
