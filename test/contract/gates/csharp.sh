#!/bin/bash
# A grammar of C#, over every file.
source "$(dirname "$0")/image.sh"
gate "$1" 'node /gates/parse.mjs tree-sitter-c-sharp/tree-sitter-c_sharp.wasm .cs'
