import importlib
from dataclasses import is_dataclass
from pathlib import Path

import pytest

from idesluss import logic

MODULES = [
    importlib.import_module(f"idesluss.logic.{path.stem}")
    for path in sorted(Path(logic.__file__).parent.glob("*.py"))
]
VALUES = [
    value
    for module in MODULES
    for value in vars(module).values()
    if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__qualname__)
def test_every_value_of_the_cellar_is_fixed_and_small(value):
    assert value.__dataclass_params__.frozen
    assert "__slots__" in vars(value)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_module_of_the_cellar_says_what_it_is(module):
    assert module.__doc__
