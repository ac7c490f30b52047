"""Parses every Swift file below the working directory."""

import pathlib
import sys

import tree_sitter_swift
from tree_sitter import Language, Node, Parser


def errors(node: Node) -> list[Node]:
    if node.is_error or node.is_missing:
        return [node]
    return [error for child in node.children if child.has_error for error in errors(child)]


parser = Parser(Language(tree_sitter_swift.language()))
files = sorted(pathlib.Path().rglob("*.swift"))
if not files:
    sys.exit("no .swift file here")
found = [(file, node) for file in files for node in errors(parser.parse(file.read_bytes()).root_node)]
for file, node in found:
    print(f"{file}:{node.start_point.row + 1}: unexpected {node.text[:60].decode(errors='replace')!r}")
sys.exit(1 if found else 0)
