"""Who has a case, and what is to happen when: never nobody, never nothing."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from idesluss.ideas.models import Idea
from idesluss.ideas.rules import is_shut, may_be_responsible
from idesluss.ideas.usecases.worked import NextDatePassed, today, worked
from idesluss.logic.refusals import Refusal, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.records.usecases import note

WHAT_LENGTH = 200


class CannotHaveIt(Refusal):
    """The person is no coach, manager or administrator here, or the case is shut to them."""

    sentence = gettext_noop(
        "%(name)s cannot have this case: only coaches, managers and administrators without a "
        "conflict of interest can."
    )
    field = "to"


@transaction.atomic
def give(idea_id: int, to: Person, *, by: Person, at: datetime, why: str = "") -> Idea:
    """Make ``to`` responsible for a live case. Notes ``ideas.given``, if anything changes.

    Raises:
        NotAllowed, Disqualified, NotAtWork: as ``worked``.
        CannotHaveIt: ``to`` cannot have it.
    """
    idea = worked(idea_id, by=by, at=at)
    able = may_be_responsible(to, idea.organisation_id, at=at) and not is_shut(to, idea)
    require(able, CannotHaveIt(name=to.name))
    if idea.responsible_id == to.pk:
        return idea
    before = idea.responsible
    idea.responsible = to
    idea.contact = to
    idea.save(update_fields=["responsible", "contact"])
    note(
        "ideas.given",
        about=idea,
        by=by,
        at=at,
        to=to.pk,
        name=to.name,
        before=before.name if before else "",
        why=why.strip(),
        title=idea.title,
    )
    return idea


@transaction.atomic
def set_next(idea_id: int, on: date, *, what: str, by: Person, at: datetime) -> Idea:
    """Say what happens next with a live case, and when. Notes ``ideas.next_set``.

    Raises:
        NotAllowed, Disqualified, NotAtWork: as ``worked``.
        NextDatePassed: the day has passed.
        TooLong: too many characters.
    """
    idea = worked(idea_id, by=by, at=at)
    what = what.strip()
    require(on >= today(idea, at), NextDatePassed)
    require(len(what) <= WHAT_LENGTH, TooLong(field="next_what", limit=WHAT_LENGTH))
    idea.next_on, idea.next_what = on, what
    idea.save(update_fields=["next_on", "next_what"])
    note("ideas.next_set", about=idea, by=by, at=at, on=on.isoformat(), what=what)
    return idea
