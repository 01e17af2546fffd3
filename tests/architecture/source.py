"""The house as text: its files, parsed once, for the tests that guard how it is built."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src/idesluss"

# From the cellar up; each room may know those before it. The doors stand on the last one.
ROOMS = [
    "logic",
    "records",
    "people",
    "programmes",
    "ideas",
    "assessment",
    "funding",
    "pilots",
    "adoption",
    "insight",
]
DOORS = ["web", "api", "mail", "papers", "jobs", "calls", "cli"]


def tracked(*suffixes: str) -> list[Path]:
    """Files of the project: what git tracks or would track, so nothing new escapes."""
    git = ["git", "-c", "safe.directory=*", "-C", str(ROOT)]  # the folder may be another user's
    listed = subprocess.run(
        [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = [ROOT / name for name in sorted(set(listed.split("\0"))) if name]
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def python(*folders: str) -> list[Path]:
    """Python files under ``folders`` (of ``src/idesluss``), Django's migrations left out."""
    return [
        path
        for path in tracked(".py")
        if "migrations" not in path.parts
        and any((HOUSE / folder) in path.parents for folder in folders)
    ]


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def name_of(path: Path) -> str:
    """The file as the lists of exceptions write it: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call of a method, with the method's name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr
