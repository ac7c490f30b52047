#!/bin/bash
# g++ checks every source file against Debian's libraries, and against declarations of the Oat++ interface.
#
source "$(dirname "$0")/image.sh"
gate "$1" '/gates/cpp-stub.sh . /tmp/include
  find src -name "*.cpp" -print0 |
    xargs -0 -n 1 -P 2 g++ -std=c++23 -Wall -Wextra -Werror -fsyntax-only -Isrc -isystem /tmp/include'
