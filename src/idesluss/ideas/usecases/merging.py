"""Two cases that are the same: one goes on, the other ends as part of it; and all of it undone.

The case that ends keeps what it had, untouched. The one that goes on gets copies of what it
lacks: who hands in, who said “me too”, who follows. ``_carry`` makes it hold exactly what follows
from both (logic.carrying), so that taking a case out again leaves no trace of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from idesluss.ideas.models import LIVE, OWN, Follow, Idea, Involvement, Passage, Support
from idesluss.ideas.usecases.answering import close
from idesluss.ideas.usecases.step import step
from idesluss.ideas.usecases.supporting import merged_into
from idesluss.ideas.usecases.worked import today, worked
from idesluss.ideas.vocab import REASON_LENGTH, Part
from idesluss.logic.carrying import carried
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Missing, Refusal, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.records.models import Entry
from idesluss.records.usecases import note


class SameCase(Refusal):
    """A case is not merged with itself, nor with one of another organisation."""

    sentence = gettext_noop("Choose another case of the same organisation's sluices.")
    field = "into"


class HoldsOthers(Refusal):
    """Others were merged into the case that would end."""

    sentence = gettext_noop(
        "Other cases have been merged into this one already. Let it be the one that goes on, or "
        "take them apart first."
    )
    field = "into"


class GiverHasIt(Refusal):
    """Somebody who hands in the one would be responsible for the other. Needs ``name``."""

    sentence = gettext_noop(
        "%(name)s hands in one of the cases and is responsible for the other, and nobody handles "
        "a case of their own. Give it to somebody else first."
    )
    field = "into"


class OtherHasEnded(Refusal):
    """The case that should go on does not."""

    sentence = gettext_noop(
        "The other case is not being worked on any more, so nothing can go on in it. Look at "
        "where it is."
    )
    field = "into"


class NotMerged(Refusal):
    """The case is not part of another one."""

    sentence = gettext_noop("The case is not part of another one any more. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Merged:
    """What has happened: the case that ended, the one that goes on."""

    idea: Idea
    into: Idea


@transaction.atomic
def merge(idea_id: int, into_id: int, *, answer: str, by: Person, at: datetime) -> Merged:
    """End a case as part of another, with an ``answer`` to those who gave it.

    Whoever hands it in hands in the other too; supporters and followers are carried. Notes
    ``ideas.merged`` about the one that ends, with how it was, and ``ideas.joined`` about the
    other.

    Raises:
        NotAllowed, Disqualified: ``by`` does not work with both.
        NotAtWork, OtherHasEnded: one of them has ended.
        SameCase, HoldsOthers, GiverHasIt: the two cannot be merged.
        Missing, TooLong: the answer.
        NoSuchStep: the case has come too far for that.
    """
    require(idea_id != into_id, SameCase)
    _lock(idea_id, into_id)
    idea = worked(idea_id, by=by, at=at)
    into = worked(into_id, by=by, at=at, live=False)
    require(into.organisation_id == idea.organisation_id, SameCase)
    require(into.stage in LIVE, OtherHasEnded)
    require(not merged_into(idea), HoldsOthers)
    _nobody_handles_their_own(idea, into)
    answer = answer.strip()
    require(bool(answer), Missing(field="answer"))
    require(len(answer) <= REASON_LENGTH, TooLong(field="answer", limit=REASON_LENGTH))
    before = _as_it_is(idea)
    idea.merged_into = into
    close(idea, Stage.MERGED, answer=answer, by=by, at=at, saving=("merged_into",))
    _carry(into, at=at)
    told: dict[str, Any] = {
        "title": idea.title,
        "register_number": idea.register_number,
        "into": into.pk,
        "into_title": into.title,
        "into_number": into.register_number,
    }
    note("ideas.merged", about=idea, by=by, at=at, answer=answer, before=before, **told)
    note("ideas.joined", about=into, by=by, at=at, idea=idea.pk, **told)
    return Merged(idea, into)


@transaction.atomic
def unmerge(idea_id: int, *, why: str, by: Person, at: datetime) -> Merged:
    """Let a merged case stand on its own again, where it was, as it was.

    The other one keeps only what it has without it. A next date that has passed meanwhile becomes
    today. Notes ``ideas.unmerged`` about the one, ``ideas.parted`` about the other.

    Raises:
        NotAllowed, Disqualified: ``by`` does not work with it.
        NotMerged: it stands on its own already.
        Missing, TooLong: the reason.
    """
    into_id = Idea.objects.values_list("merged_into", flat=True).get(pk=idea_id)
    _lock(idea_id, *([into_id] if into_id else []))
    idea = worked(idea_id, by=by, at=at, live=False)
    into = idea.merged_into
    if idea.stage != Stage.MERGED.value or into is None:
        raise NotMerged
    why = why.strip()
    require(bool(why), Missing(field="why"))
    require(len(why) <= REASON_LENGTH, TooLong(field="why", limit=REASON_LENGTH))
    merged_at = idea.stage_at
    _as_it_was(idea, by=by, at=at)
    _carry(into, at=at, without=(idea, merged_at))
    told: dict[str, Any] = {
        "title": idea.title,
        "why": why,
        "into": into.pk,
        "into_title": into.title,
    }
    note("ideas.unmerged", about=idea, by=by, at=at, **told)
    note("ideas.parted", about=into, by=by, at=at, idea=idea.pk, **told)
    return Merged(idea, into)


def _lock(*numbers: int) -> None:
    """Lock both cases, always in the same order, so that two who merge never wait in a ring."""
    cases = Idea.objects.select_for_update().filter(pk__in=numbers)
    list(cases.order_by("pk").values_list("pk", flat=True))


def _nobody_handles_their_own(idea: Idea, into: Idea) -> None:
    having = into.responsible
    theirs = Involvement.objects.filter(idea=idea, part__in=OWN, ended_at=None)
    if having and theirs.filter(person=having).exists():
        raise GiverHasIt(name=having.name)


def _as_it_is(idea: Idea) -> dict[str, Any]:
    """What ending the case takes away, to be put back."""
    open_one = Passage.objects.filter(idea=idea, left_at=None).first()
    return {
        "stage": idea.stage,
        "next_on": idea.next_on.isoformat() if idea.next_on else None,
        "next_what": idea.next_what,
        "waits_for_giver": idea.waits_for_giver,
        "paused_at": _iso(idea.paused_at),
        "first_at": _iso(idea.first_at),
        "answered_at": _iso(idea.answered_at),
        "passage": open_one.pk if open_one else None,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _as_it_was(idea: Idea, *, by: Person, at: datetime) -> None:
    """Put a case back to where and how it was when it was merged."""
    entry = Entry.objects.about(idea).filter(verb="ideas.merged").latest("id")
    before: Mapping[str, Any] = entry.data["before"]
    idea.next_on = max(date.fromisoformat(before["next_on"]), today(idea, at))
    idea.next_what = before["next_what"]
    idea.waits_for_giver = before["waits_for_giver"]
    for field in ("paused_at", "first_at", "answered_at"):
        was = before[field]
        setattr(idea, field, datetime.fromisoformat(was) if was else None)
    idea.answer, idea.merged_into = "", None
    saving = ("next_on", "next_what", "waits_for_giver", "paused_at", "first_at", "answered_at")
    step(idea, Stage.RECEIVED, by=by, at=at, saving=(*saving, "answer", "merged_into"))
    if before["stage"] != Stage.RECEIVED.value:
        step(idea, Stage(before["stage"]), by=by, at=at)
    Passage.objects.filter(pk=before["passage"]).update(left_at=None)


# --- What the one that goes on holds of the others' --------------------------------------------


def _carry(into: Idea, *, at: datetime, without: tuple[Idea, datetime] | None = None) -> None:
    """Let ``into`` hold exactly what follows from itself and from what is merged into it now.

    ``without`` is a case that has just been taken out, and when it had come.
    """
    joined = list(Idea.objects.filter(pk__in=merged_into(into)).order_by("stage_at", "pk"))
    came = {one.pk: one.stage_at for one in joined}
    gone = {without[0].pk: without[1]} if without else {}
    _carry_supports(into, list(came))
    _carry_follows(into, came, gone)
    _carry_givers(into, came, gone, at=at)


def _carry_supports(into: Idea, joined: list[int]) -> None:
    rows = Support.objects.filter(idea__in=[into.pk, *joined]).order_by("id")
    theirs: dict[int, dict[int, Support]] = {case: {} for case in (into.pk, *joined)}
    for row in rows:
        theirs[row.idea_id][row.person_id] = row
    there = theirs[into.pk]
    own = {who for who, row in there.items() if row.came_from_id is None}
    wanted = carried(own, [(case, theirs[case]) for case in joined])
    stale = [row.pk for who, row in there.items() if who not in own and wanted.get(who) is None]
    Support.objects.filter(pk__in=stale).delete()
    for who, case in wanted.items():
        source = theirs[case][who]
        said = {"unit": source.unit, "reason": source.reason, "at": source.at}
        Support.objects.update_or_create(
            idea=into, person_id=who, defaults={**said, "came_from_id": case}
        )


def _carry_follows(into: Idea, came: Mapping[int, datetime], gone: Mapping[int, datetime]) -> None:
    """A carried wish to follow bears the moment of the merging; one's own bears one's own."""
    rows = Follow.objects.filter(idea__in=[into.pk, *came, *gone]).order_by("id")
    theirs: dict[int, dict[int, Follow]] = {case: {} for case in (into.pk, *came, *gone)}
    for row in rows:
        theirs[row.idea_id][row.person_id] = row
    brought = {
        row.pk: who
        for who, row in theirs[into.pk].items()
        if any(who in theirs[case] and row.at == when for case, when in {**came, **gone}.items())
    }
    own = set(theirs[into.pk]) - set(brought.values())
    wanted = carried(own, [(case, theirs[case]) for case in came])
    Follow.objects.filter(pk__in=brought).delete()
    Follow.objects.bulk_create(
        Follow(idea=into, person_id=who, at=came[case]) for who, case in wanted.items()
    )


def _carry_givers(
    into: Idea,
    came: Mapping[int, datetime],
    gone: Mapping[int, datetime],
    *,
    at: datetime,
) -> None:
    """Co-givers of the others hand in this one too, from the moment of the merging.

    Whoever has left it since is not brought back.
    """
    parts = Involvement.objects.filter(idea__in=[into.pk, *came, *gone], part__in=OWN)
    active: dict[int, dict[int, Involvement]] = {case: {} for case in (into.pk, *came, *gone)}
    left = set()
    for row in parts.order_by("id"):
        if row.ended_at is None:
            active[row.idea_id][row.person_id] = row
        elif row.idea_id == into.pk:
            left.add((row.person_id, row.since))
    brought = {
        row.pk: who
        for who, row in active[into.pk].items()
        if row.part == Part.CO_APPLICANT.value
        and any(who in active[it] and row.since == when for it, when in {**came, **gone}.items())
    }
    own = set(active[into.pk]) - set(brought.values())
    wanted = carried(own, [(case, active[case]) for case in came])
    kept = {pk for pk, who in brought.items() if who in wanted}
    kept = {pk for pk in kept if active[into.pk][brought[pk]].since == came[wanted[brought[pk]]]}
    Involvement.objects.filter(pk__in=set(brought) - kept).update(ended_at=at)
    here = {brought[pk] for pk in kept}
    Involvement.objects.bulk_create(
        Involvement(idea=into, person_id=who, part=Part.CO_APPLICANT.value, since=came[case])
        for who, case in wanted.items()
        if who not in here and (who, came[case]) not in left
    )
