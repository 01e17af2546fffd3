"""One reader at a time: a file has at most 400 lines, a function at most 60."""

import ast

from tests.architecture.source import ROOT, name_of, parsed, tracked

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60

# Why this one may be longer; an exception that is no longer needed fails too.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def long_files() -> dict[str, int]:
    code = tracked(".py", ".html", ".css", ".js", ".mjs", ".sh", ".typ")
    lines = {
        name_of(path): path.read_text().count("\n")
        for path in code
        if "migrations" not in path.parts
    }
    return {name: count for name, count in lines.items() if count > LINES_OF_A_FILE}


def long_functions() -> dict[str, int]:
    found = {}
    for path in tracked(".py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > LINES_OF_A_FUNCTION:
                    found[f"{name_of(path)}::{node.name}"] = length
    return found


def test_no_file_is_longer_than_400_lines():
    assert {k: v for k, v in long_files().items() if k not in LONG_FILES} == {}


def test_no_function_is_longer_than_60_lines():
    assert {k: v for k, v in long_functions().items() if k not in LONG_FUNCTIONS} == {}


def test_every_exception_is_still_needed():
    assert set(LONG_FILES) - set(long_files()) == set()
    assert set(LONG_FUNCTIONS) - set(long_functions()) == set()


def test_there_is_no_attic():
    """A thing that has no name of its own has no place of its own either."""
    attics = {"common", "utils", "helpers", "core", "misc"}
    parts = {path: {*path.relative_to(ROOT).parts, path.stem} for path in tracked(".py")}
    assert [name_of(path) for path, names in parts.items() if attics & names] == []
