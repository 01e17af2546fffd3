"""“Me too”, with a reason, and the wish to be told how it goes: given, and taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from idesluss.ideas.models import Follow, Idea, Support
from idesluss.ideas.rules import has_own_part
from idesluss.ideas.usecases.guests import Guest, make_guest
from idesluss.ideas.usecases.worked import NotAtWork
from idesluss.logic.lifecycle import Stage, is_open
from idesluss.logic.refusals import Refusal, TooLong, gettext_noop, require
from idesluss.people.models import Appointment, Person, Unit
from idesluss.records.usecases import note

SUPPORT_LENGTH = 500
GUESTS_AN_HOUR = 20  # “me too” without an account, of one case
SUPPORTABLE = (Stage.PARKED, Stage.PERMANENT)
"""Endings in which somebody else's need still says something; and every stage before an end."""


class OwnCase(Refusal):
    """Whoever hands it in stands behind it already."""

    sentence = gettext_noop(
        "You hand this case in yourself, so it counts on you already. Nothing was changed."
    )


class TooManyAtOnce(Refusal):
    """More people without an account than anybody expects in an hour."""

    sentence = gettext_noop(
        "Very many have said “me too” here just now, so we take no more for the moment. "
        "Come back in an hour, or sign in first."
    )


@transaction.atomic
def support(idea_id: int, reason: str, *, by: Person, at: datetime) -> Support:
    """Say “me too” to a case that ``by`` may read, and why; once more changes the reason.

    What came with a case that was merged into this one becomes one's own. Notes
    ``ideas.supported``, if it is new.

    Raises:
        NotAllowed: ``by`` may not read it.
        NotAtWork: it has ended in a way that nothing follows from.
        OwnCase: ``by`` hands it in.
        TooLong: the reason.
    """
    idea = _locked(idea_id)
    require(Idea.objects.shown_to(by, at=at).filter(pk=idea.pk).exists())
    return _stand_behind(idea, reason, by=by, at=at)


@transaction.atomic
def support_as_stranger(
    idea_id: int, reason: str, who: Guest, *, language: str, at: datetime
) -> Support:
    """Let somebody without an account say “me too” to a case that everybody may read.

    They become a guest, who can take it back with a follow-up code. At most ``GUESTS_AN_HOUR``.

    Raises:
        NotAllowed: not everybody may read it.
        TooManyAtOnce: wait.
        NotAtWork, TooLong: as ``support``.
    """
    idea = _locked(idea_id)
    require(Idea.objects.shown_to(None, at=at).filter(pk=idea.pk).exists())
    lately = idea.supports.filter(at__gt=at - timedelta(hours=1), person__guest=True)
    require(lately.count() < GUESTS_AN_HOUR, TooManyAtOnce)
    guest = make_guest(who, language=language)
    return _stand_behind(idea, reason, by=guest, at=at)


def _stand_behind(idea: Idea, reason: str, *, by: Person, at: datetime) -> Support:
    require(is_open(idea.stage) or idea.stage in SUPPORTABLE, NotAtWork)
    require(not has_own_part(by, idea), OwnCase)
    reason = reason.strip()
    require(len(reason) <= SUPPORT_LENGTH, TooLong(field="reason", limit=SUPPORT_LENGTH))
    there, new = Support.objects.get_or_create(
        idea=idea,
        person=by,
        defaults={"reason": reason, "at": at, "unit": unit_of(by, idea, at=at)},
    )
    if not new:
        there.reason, there.came_from = reason, None
        there.save(update_fields=["reason", "came_from"])
        return there
    note("ideas.supported", about=idea, by=by, at=at, support=there.pk, title=idea.title)
    return there


@transaction.atomic
def take_support_back(idea_id: int, *, by: Person, at: datetime) -> None:
    """Take one's “me too” back, also where it came from. Notes ``ideas.support_taken_back``.

    Without one nothing happens.
    """
    idea = _locked(idea_id)
    theirs = Support.objects.filter(person=by, idea__in=[idea.pk, *merged_into(idea)])
    if theirs.delete()[0]:
        note("ideas.support_taken_back", about=idea, by=by, at=at)


@transaction.atomic
def follow(idea_id: int, *, by: Person, at: datetime) -> Follow:
    """Ask to be told how it goes with a case that ``by`` may read. Notes ``ideas.followed``.

    Raises:
        NotAllowed: ``by`` may not read it.
    """
    idea = _locked(idea_id)
    require(Idea.objects.shown_to(by, at=at).filter(pk=idea.pk).exists())
    there, new = Follow.objects.get_or_create(idea=idea, person=by, defaults={"at": at})
    if new:
        note("ideas.followed", about=idea, by=by, at=at)
    return there


@transaction.atomic
def unfollow(idea_id: int, *, by: Person, at: datetime) -> None:
    """Ask not to be told any more, also where that came from. Notes ``ideas.unfollowed``."""
    idea = _locked(idea_id)
    theirs = Follow.objects.filter(person=by, idea__in=[idea.pk, *merged_into(idea)])
    if theirs.delete()[0]:
        note("ideas.unfollowed", about=idea, by=by, at=at)


def merged_into(idea: Idea) -> list[int]:
    """Numbers of the cases that were merged into ``idea``, the first that came first."""
    joined = Idea.objects.filter(merged_into=idea.pk, stage=Stage.MERGED.value)
    return list(joined.order_by("stage_at", "pk").values_list("pk", flat=True))


def unit_of(person: Person, idea: Idea, *, at: datetime) -> Unit | None:
    """The unit of the case's organisation that ``person`` works in, if one is noted."""
    places = Appointment.objects.valid(at.date()).filter(
        person=person, organisation=idea.organisation_id, unit__isnull=False
    )
    place = places.select_related("unit").order_by("pk").first()
    return place.unit if place else None


def _locked(idea_id: int) -> Idea:
    found = Idea.objects.select_for_update(of=("self",)).select_related("programme")
    idea = found.get(pk=idea_id)
    require(idea.edition_id is not None and idea.stage != Stage.DRAFT.value)
    return idea
