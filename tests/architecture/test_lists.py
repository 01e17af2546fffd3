"""Every list page has a test that counts its queries at one row and at three."""

import ast
from collections.abc import Iterator

from tests.architecture.addresses import addresses, is_ours
from tests.architecture.source import ROOT, name_of, parsed, tracked


def marked(function: ast.FunctionDef) -> list[str]:
    """The pages named in ``@pytest.mark.list_page("room:name", …)`` above a test."""
    names = []
    for mark in function.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.list_page":
            names += [arg.value for arg in mark.args if isinstance(arg, ast.Constant)]
    return names


def counting_tests() -> Iterator[tuple[str, ast.FunctionDef]]:
    tests = [path for path in tracked(".py") if ROOT / "tests" in path.parents]
    for path in tests:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef) and marked(node):
                yield name_of(path), node


def list_pages() -> set[str]:
    return {a.name for a in addresses() if is_ours(a.view) and hasattr(a.view, "list_page")}


def test_every_list_page_has_a_test_that_counts():
    tested = {name for _, test in counting_tests() for name in marked(test)}
    assert tested == list_pages()


def test_a_test_that_says_it_counts_does_count():
    idle = [
        f"{file}::{test.name}"
        for file, test in counting_tests()
        if "count_queries" not in {argument.arg for argument in test.args.args}
    ]
    assert idle == []
