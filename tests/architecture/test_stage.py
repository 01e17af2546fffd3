"""The stage of an idea has one writer: ``ideas.usecases``."""

import ast
from pathlib import Path

from tests.architecture.source import HOUSE, calls, name_of, parsed, python

WRITER = HOUSE / "ideas/usecases"
MAKES_AN_IDEA = {"create", "acreate", "get_or_create", "update_or_create"}


def is_the_writer(path: Path) -> bool:
    return path == WRITER.with_suffix(".py") or WRITER in path.parents


def attributes_assigned(node: ast.AST) -> list[str]:
    """The names after the dot on the left of ``=``, ``+=`` or ``: T =``, tuples opened."""
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    else:
        return []
    parts = [part for target in targets for part in ast.walk(target)]
    return [part.attr for part in parts if isinstance(part, ast.Attribute)]


def receiver(call: ast.Call) -> str:
    return ast.unparse(call.func)


def stage_writes(tree: ast.Module) -> list[int]:
    """Lines that give a ``.stage`` a value: by assignment, ``setattr``, ``update`` or birth."""
    lines = [n.lineno for n in ast.walk(tree) if "stage" in attributes_assigned(n)]
    for call, verb in calls(tree):
        given = {keyword.arg for keyword in call.keywords}
        born = verb in MAKES_AN_IDEA and "Idea.objects" in receiver(call)
        if "stage" in given and (verb in {"update", "aupdate"} or born):
            lines.append(call.lineno)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            made = node.func.id == "Idea" and "stage" in {k.arg for k in node.keywords}
            set_by_name = node.func.id == "setattr" and "'stage'" in ast.unparse(node)
            if made or set_by_name:
                lines.append(node.lineno)
    return sorted(lines)


def test_only_the_use_cases_of_ideas_write_a_stage():
    elsewhere = [path for path in python(".") if not is_the_writer(path)]
    found = {name_of(path): stage_writes(parsed(path)) for path in elsewhere}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_the_writer_really_writes_it():
    """Else the test above guards a field that has been renamed."""
    assert any(stage_writes(parsed(path)) for path in python(".") if is_the_writer(path))
