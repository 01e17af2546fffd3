"""What somebody has begun to write at a door and goes on with later."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from idesluss.ideas.models import OWN, Idea, Involvement
from idesluss.ideas.usecases.hand_in import Given, written
from idesluss.ideas.vocab import Part
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Missing, require
from idesluss.people.models import Person
from idesluss.programmes.models import Door
from idesluss.records.usecases import note


def drafts_of(person: Person) -> QuerySet[Idea]:
    """What ``person`` has begun to write at doors, the newest first."""
    mine = Involvement.objects.filter(person=person, part__in=OWN, ended_at=None)
    begun = Idea.objects.filter(pk__in=mine.values("idea"), stage=Stage.DRAFT.value)
    return begun.filter(door__isnull=False).order_by("-id")


@transaction.atomic
def save_draft(
    door: Door, given: Given, *, by: Person, at: datetime, draft_id: int | None = None
) -> Idea:
    """Keep what ``by`` has written so far; the first time notes ``ideas.started``.

    Raises:
        Idea.DoesNotExist: not a draft of ``by``'s at this door.
        Missing: nothing is written.
        TooLong, NotChoosable: with the field.
    """
    require(bool(given.need.strip() or given.title.strip()), Missing(field="need"))
    if draft_id is not None:
        draft = locked_draft(draft_id, door, by=by)
        written(given, door, onto=draft, is_draft=True).save()
        return draft
    draft = written(given, door, onto=Idea(created_at=at, stage_at=at), is_draft=True)
    draft.save()
    Involvement.objects.create(idea=draft, person=by, part=Part.OWNER.value, since=at)
    note("ideas.started", about=draft, by=by, at=at)
    return draft


@transaction.atomic
def throw_draft(draft_id: int, *, by: Person, at: datetime) -> None:
    """Forget a draft for good: nobody else has ever seen it. Notes ``ideas.forgotten``.

    Raises:
        Idea.DoesNotExist: not a draft of ``by``'s.
    """
    draft = drafts_of(by).select_for_update(of=("self",)).get(pk=draft_id)
    note("ideas.forgotten", about=draft, by=by, at=at, organisation_id=draft.organisation_id)
    draft.involvements.all().delete()
    draft.delete()


def locked_draft(draft_id: int, door: Door, *, by: Person) -> Idea:
    """The draft of ``by``'s at ``door``, locked. For use cases only.

    Raises:
        Idea.DoesNotExist: there is none.
    """
    return drafts_of(by).filter(door=door).select_for_update(of=("self",)).get(pk=draft_id)
