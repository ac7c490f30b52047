#!/bin/bash
# A grammar of Swift, over every file.
source "$(dirname "$0")/image.sh"
gate "$1" '/opt/swift/bin/python /gates/parse_swift.py'
