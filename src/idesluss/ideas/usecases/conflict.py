"""Conflicts of interest: declared, suspected and decided are separate facts, each with its trace.

One row says what is known now of one person in one case; every change is a line in the records.
A declared or decided conflict shuts the case at once, because everything is read through
``visible_to``. What somebody has declared is taken back only by somebody else's decision.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.ideas.models import SHUT, Declaration, Idea
from idesluss.ideas.rules import may_decide_conflict, may_declare
from idesluss.ideas.vocab import ConflictState, Ground
from idesluss.logic.refusals import (
    AlreadyDone,
    Missing,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people.models import Person
from idesluss.records.usecases import note as line

NOTE_LENGTH = 2000  # characters


class OnlyByDecision(Refusal):
    """What is declared or suspected cannot be waved away by the person concerned."""

    sentence = gettext_noop(
        "A conflict of interest is already declared, suspected or decided here. Only a decision "
        "by the fund administrator can change that."
    )


class NotInvolved(Refusal):
    """A suspicion about somebody who has nothing to do with the case."""

    sentence = gettext_noop("That person has nothing to do with this case.")
    field = "person"


class NothingToDecide(Refusal):
    """A decision without anything declared or suspected."""

    sentence = gettext_noop(
        "Nothing is declared or suspected about that person here. Record what you suspect first."
    )


@transaction.atomic
def declare(
    idea_id: int, *, conflict: bool, ground: str = "", note: str = "", by: Person, at: datetime
) -> None:
    """Say for oneself whether one has a conflict of interest in the case.

    ``ground`` is one of ``vocab.Ground``, needed with a conflict; with another ground than those
    of the law a ``note`` must say which. The same declaration twice changes nothing. Notes
    ``ideas.conflict_declared`` or ``ideas.conflict_denied``.

    Raises:
        NotAllowed: ``by`` has nothing to do with the case by office, or applies.
        OnlyByDecision: "no conflict" where one is declared, suspected or decided.
        Missing, TooLong: ground or note.
    """
    idea = Idea.objects.select_for_update(of=("self",)).get(pk=idea_id)
    require(may_declare(by, idea, at=at))
    before = idea.declarations.filter(person=by).first()
    state = before.state if before else ""
    if not conflict:
        require(state not in (*SHUT, ConflictState.SUSPECTED), OnlyByDecision)
        if state == "":
            _write(idea, by, ConflictState.CLEAR, by=by, at=at)
            line("ideas.conflict_denied", about=idea, by=by, at=at, person=by.pk)
        return
    if state in SHUT:
        return
    ground, note = _grounded(ground, note)
    _write(idea, by, ConflictState.DECLARED, ground=ground, note=note, by=by, at=at)
    line(
        "ideas.conflict_declared", about=idea, by=by, at=at, person=by.pk, ground=ground, note=note
    )


@transaction.atomic
def suspect(
    idea_id: int, *, person_id: int, ground: str, note: str, by: Person, at: datetime
) -> None:
    """Record that ``person_id`` may have a conflict of interest in the case.

    Assessors and deciders do not see the case until it is decided. Notes
    ``ideas.conflict_suspected``.

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator, or means themselves.
        NotInvolved: that person has nothing to do with the case.
        AlreadyDone: a conflict is suspected, declared or decided already.
        Missing, TooLong: ground or note; both are needed.
    """
    idea, person = _case(idea_id, person_id, by=by, at=at)
    require(may_declare(person, idea, at=at), NotInvolved)
    known = idea.declarations.filter(person=person)
    require(not known.filter(state__in=(*SHUT, ConflictState.SUSPECTED)).exists(), AlreadyDone)
    ground, note = _grounded(ground, note)
    require(bool(note), Missing(field="note"))
    _write(idea, person, ConflictState.SUSPECTED, ground=ground, note=note, by=by, at=at)
    line(
        "ideas.conflict_suspected",
        about=idea,
        by=by,
        at=at,
        person=person.pk,
        ground=ground,
        note=note,
    )


@transaction.atomic
def decide_conflict(
    idea_id: int, *, person_id: int, conflict: bool, reason: str, by: Person, at: datetime
) -> None:
    """Decide whether ``person_id`` has a conflict of interest in the case, with a reason.

    The ground and note that the question came from stay. Notes ``ideas.conflict_decided``.

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator, or means themselves.
        NothingToDecide: nothing is declared or suspected about that person.
        AlreadyDone: decided so already.
        Missing, TooLong: the reason.
    """
    idea, person = _case(idea_id, person_id, by=by, at=at)
    known = idea.declarations.exclude(state=ConflictState.CLEAR).filter(person=person).first()
    if known is None:
        raise NothingToDecide
    state = ConflictState.DECIDED if conflict else ConflictState.DISMISSED
    require(known.state != state, AlreadyDone)
    reason = reason.strip()
    require(bool(reason), Missing(field="reason"))
    require(len(reason) <= NOTE_LENGTH, TooLong(field="reason", limit=NOTE_LENGTH))
    _write(idea, person, state, ground=known.ground, note=known.note, by=by, at=at)
    line(
        "ideas.conflict_decided",
        about=idea,
        by=by,
        at=at,
        person=person.pk,
        was=known.state,
        state=state.value,
        reason=reason,
    )


def _case(idea_id: int, person_id: int, *, by: Person, at: datetime) -> tuple[Idea, Person]:
    idea = Idea.objects.select_for_update(of=("self",)).get(pk=idea_id)
    person = Person.objects.get(pk=person_id)
    require(may_decide_conflict(by, person, idea, at=at))
    return idea, person


def _grounded(ground: str, note: str) -> tuple[str, str]:
    note = note.strip()
    require(ground in Ground.values, Missing(field="ground"))
    require(ground != Ground.OTHER or bool(note), Missing(field="note"))
    require(len(note) <= NOTE_LENGTH, TooLong(field="note", limit=NOTE_LENGTH))
    return ground, note


def _write(
    idea: Idea,
    person: Person,
    state: ConflictState,
    *,
    ground: str = "",
    note: str = "",
    by: Person,
    at: datetime,
) -> None:
    Declaration.objects.update_or_create(
        idea=idea,
        person=person,
        defaults={"state": state.value, "ground": ground, "note": note, "at": at, "by": by},
    )
