"""How a ready set is written down: texts in the languages we ship, criteria, rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from idesluss.programmes.vocab import CriterionKind, QuestionPart

Said: TypeAlias = Mapping[str, str]
"""One text, by language."""


def in_language(text: Said, language: str) -> str:
    """``text`` in ``language``, in English where that is not written."""
    return text.get(language) or text.get("en", "")


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of a set."""

    key: str
    part: QuestionPart
    text: Said
    help: Said = field(default_factory=dict)
    required: bool = True


@dataclass(frozen=True, slots=True)
class Judge:
    """A criterion of a set."""

    key: str
    kind: CriterionKind
    name: Said
    description: Said = field(default_factory=dict)
    low: int = 0
    high: int = 1


@dataclass(frozen=True, slots=True)
class Set:
    """Criteria to start with, and the goals and introduction that go with them."""

    name: Said
    about: Said
    criteria: tuple[Judge, ...] = ()
    needed: int = 0  # so many of the qualifying criteria must be met
    introduction: Said = field(default_factory=dict)
    goals: tuple[str, ...] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)  # fields of Round
    fund: Mapping[str, Any] = field(default_factory=dict)  # fields of Programme
    steps: Mapping[str, Said] = field(default_factory=dict)  # what the programme calls its stages
    called: Said = field(default_factory=dict)  # what such a fund may be called
