#!/bin/bash
# Swift's own compiler and formatter, over every file, with declarations in the place of the dependencies.
source "$(dirname "$0")/image.sh"
gate "$1" 'bash /gates/swift-check.sh' swift
