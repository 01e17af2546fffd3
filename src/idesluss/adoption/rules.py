"""Who notes what became permanent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from idesluss.logic.lifecycle import Stage
from idesluss.pilots.models import Project
from idesluss.pilots.rules import may_answer

ADOPTABLE = (Stage.TESTING.value, Stage.ADOPTING.value)
"""Stages from which a project can become permanent."""


def may_adopt(person: Any, project: Project, *, at: datetime) -> bool:
    """The office notes it, puts it right and ends it; never for a case of its own."""
    return may_answer(person, project, at=at)
