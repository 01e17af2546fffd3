"""Who may do what with a project; the use cases ask, and pages ask to know what to offer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from idesluss.ideas.rules import has_own_part, may_check
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Person
from idesluss.pilots.models import Project

RUNNING = (Stage.TESTING.value, Stage.ADOPTING.value)
"""Stages in which a project is carried out, and reports are taken."""


def may_report(person: Any, project: Project, *, at: datetime) -> bool:
    """Those who carry it out, and the office for somebody without an account."""
    return carries_out(person, project, at=at) or stands_in(person, project, at=at)


def stands_in(person: Any, project: Project, *, at: datetime) -> bool:
    """Whether ``person`` writes the reports as the office: the coordinator has no account."""
    return project.coordinator_id is None and may_answer(person, project, at=at)


def may_answer(person: Any, project: Project, *, at: datetime) -> bool:
    """The office accepts reports, sends them back and changes the last day; never its own."""
    return isinstance(person, Person) and may_check(person, project.idea, at=at)


def may_present(person: Any, project: Project, *, at: datetime) -> bool:
    """The office and the coordinator write the public page, publish it and take it back."""
    return coordinates(person, project, at=at) or may_answer(person, project, at=at)


def may_name(person: Any, project: Project, *, at: datetime) -> bool:
    """Who says yes to the coordinator's name in public: the coordinator, nobody for them.

    The office does for somebody without an account, when that person has said so.
    """
    if project.coordinator_id is not None:
        return coordinates(person, project, at=at)
    return may_answer(person, project, at=at)


def coordinates(person: Any, project: Project, *, at: datetime) -> bool:
    """Whether ``person`` is the coordinator, and still hands the case in and works here."""
    is_it = project.coordinator_id is not None and project.coordinator_id == _number(person)
    return is_it and carries_out(person, project, at=at)


def carries_out(person: Any, project: Project, *, at: datetime) -> bool:
    """Whether ``person`` hands the case in, alone or with others, and still works here."""
    return (
        isinstance(person, Person)
        and project.idea.organisation_id in person.standing(at).organisations()
        and has_own_part(person, project.idea)
    )


def _number(person: Any) -> int | None:
    return getattr(person, "pk", None)
