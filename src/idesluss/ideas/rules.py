"""Who may do what with an idea; the use cases ask, and pages ask to know what to offer."""

from __future__ import annotations

from datetime import datetime

from idesluss.ideas.models import LIVE, OWN, SHUT, Challenge, Idea
from idesluss.ideas.vocab import Part
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme
from idesluss.programmes.vocab import ProgrammeKind

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


def may_rate(person: Person, idea: Idea) -> bool:
    """Whether ``person`` says what they thought of the answer: those who hand the case in.

    What they took back themselves, or what went on in another case, was not answered.
    """
    unanswered = (Stage.WITHDRAWN.value, Stage.MERGED.value)
    return (
        idea.edition_id is not None
        and idea.answered_at is not None
        and idea.stage not in unanswered
        and has_own_part(person, idea)
    )


def may_pose(person: Person, programme: Programme, *, at: datetime) -> bool:
    """Whether ``person`` may write a challenge in a sluice that is in use.

    With mandate, manager or administrator; a coach writes it for somebody who has it.
    """
    roles = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)
    in_use = programme.kind == ProgrammeKind.SLUICE.value and programme.archived_at is None
    return in_use and person.has_role(programme.organisation_id, *roles, at=at)


def has_mandate(person: Person, organisation_id: int, *, at: datetime) -> bool:
    """Whether ``person`` can stand behind a challenge: manager or administrator there."""
    return person.is_active and person.has_role(
        organisation_id, Role.MANAGER, Role.ADMINISTRATOR, at=at
    )


def may_run(person: Person, challenge: Challenge, *, at: datetime) -> bool:
    """Whether ``person`` opens, closes and ends a challenge: its owner, or an administrator."""
    here = challenge.organisation_id
    if person.has_role(here, Role.ADMINISTRATOR, at=at):
        return True
    return person.pk == challenge.owner_id and has_mandate(person, here, at=at)


def may_word(person: Person, challenge: Challenge, *, at: datetime) -> bool:
    """Whether ``person`` changes what a challenge says: who runs it; of a draft also its writer."""
    drafts = challenge.opens_at is None and person.pk == challenge.posed_by_id
    return may_run(person, challenge, at=at) or (
        drafts and may_pose(person, challenge.programme, at=at)
    )


def may_offer(person: Person, challenge: Challenge, *, at: datetime) -> bool:
    """Whether ``person`` offers a challenge to the giver of a parked case by hand."""
    roles = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)
    return person.has_role(challenge.organisation_id, *roles, at=at)
