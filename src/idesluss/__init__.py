"""Idésluss: a municipality's innovation programme, from a first thought to lasting benefit.

The house is laid out in rooms; ``docs/house.md`` shows the plan and ``pyproject.toml`` holds
the import order that keeps it standing.
"""

__version__ = "0.1.0"
