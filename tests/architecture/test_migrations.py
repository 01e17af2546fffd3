"""Migrations import nothing of ours, so that old ones keep working when code moves."""

import ast

from tests.architecture.source import name_of, parsed, tracked


def imports_of_ours(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append("." * node.level + (node.module or ""))
    return [name for name in found if name.startswith((".", "idesluss"))]


def test_migrations_import_nothing_of_ours():
    migrations = [path for path in tracked(".py") if "migrations" in path.parts]
    found = {name_of(path): imports_of_ours(parsed(path)) for path in migrations}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert len(found) > len({path.parent for path in migrations})  # more than the empty __init__s
