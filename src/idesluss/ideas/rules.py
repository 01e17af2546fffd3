"""Who may do what with an idea; the use cases ask, and pages ask to know what to offer."""

from __future__ import annotations

from datetime import datetime

from idesluss.ideas.models import LIVE, OWN, SHUT, Idea
from idesluss.ideas.vocab import Part
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Person
from idesluss.people.vocab import Role

CHECKABLE = (Stage.RECEIVED, Stage.EXPLORING, Stage.ASSESSING)
"""Stages in which the formal check is done, or done again."""
COMPLETABLE = (*CHECKABLE, Stage.DECIDING)
"""Stages in which the applicant may be asked to complete the application."""


def has_own_part(person: Person, idea: Idea) -> bool:
    """Whether ``person`` hands in ``idea``, alone or with others."""
    parts = idea.involvements.filter(person=person, part__in=OWN, ended_at=None)
    return parts.exists()


def owns(person: Person, idea: Idea) -> bool:
    """Whether ``person`` is the one who handed ``idea`` in first."""
    parts = idea.involvements.filter(person=person, part=Part.OWNER.value, ended_at=None)
    return parts.exists()


def may_complete(person: Person, idea: Idea, *, at: datetime) -> bool:
    """Whether ``person`` may answer a request for completion: those who hand in, still employed.

    The last day is a request, not a lock: a late answer is better than a case that is closed on
    a formality, so it is taken until the administrator ends the request or closes the case.
    """
    return (
        idea.stage in COMPLETABLE
        and idea.organisation_id in person.standing(at).organisations()
        and has_own_part(person, idea)
    )


def is_shut(person: Person, idea: Idea) -> bool:
    """Whether the office side of ``idea`` is shut for ``person``: a party, or a conflict."""
    declarations = idea.declarations.filter(person=person, state__in=SHUT)
    return declarations.exists() or has_own_part(person, idea)


def may_check(person: Person, idea: Idea, *, at: datetime) -> bool:
    """Whether ``person`` handles ``idea`` as fund administrator."""
    return (
        person.has_role(idea.organisation_id, Role.ADMINISTRATOR, at=at)
        and Idea.objects.handled_by(person, at=at).filter(pk=idea.pk).exists()
    )


def may_declare(person: Person, idea: Idea, *, at: datetime) -> bool:
    """Whether ``person`` has anything to do with ``idea`` by office, so that a conflict matters.

    Assessors and members of the deciding body of a case, its administrators and registrars; also
    those for whom the case is shut already. Never the applicants: they are parties.
    """
    if idea.stage == Stage.DRAFT.value or has_own_part(person, idea):
        return False
    offices = (Role.ADMINISTRATOR, Role.REGISTRAR)
    return (
        person.has_role(idea.organisation_id, *offices, at=at)
        or Idea.objects.declarable_by(person, at=at).filter(pk=idea.pk).exists()
    )


def may_decide_conflict(person: Person, about: Person, idea: Idea, *, at: datetime) -> bool:
    """Whether ``person`` may suspect and decide a conflict of ``about``: never one's own.

    (FL 2017:900 § 18: the authority decides, without the one whom it concerns.)
    """
    return person.pk != about.pk and may_check(person, idea, at=at)


def may_work(person: Person, idea: Idea, *, at: datetime) -> bool:
    """Whether ``person`` takes a case of a sluice on its way: coach, manager or administrator.

    Never one's own case, nor one that is shut to oneself.
    """
    return (
        idea.edition_id is not None
        and person.has_role(
            idea.organisation_id, Role.COACH, Role.MANAGER, Role.ADMINISTRATOR, at=at
        )
        and Idea.objects.handled_by(person, at=at).filter(pk=idea.pk).exists()
    )


def may_be_responsible(person: Person, organisation_id: int, *, at: datetime) -> bool:
    """Whether ``person`` can have a case of a sluice: coach, manager or administrator there."""
    wanted = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)
    return person.is_active and person.has_role(organisation_id, *wanted, at=at)


def may_find(person: Person, idea: Idea, *, at: datetime) -> bool:
    """Whether ``person`` writes down what is found out: givers while it goes on, and who works."""
    if may_work(person, idea, at=at):
        return True
    going_on = idea.edition_id is not None and idea.stage in LIVE
    return going_on and has_own_part(person, idea)
