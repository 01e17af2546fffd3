"""Challenges: posed with somebody's mandate behind them, opened, closed, ended with a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from idesluss.ideas.models import Challenge, Idea
from idesluss.ideas.rules import has_mandate, may_pose, may_run, may_word
from idesluss.ideas.usecases.hand_in import FOR_WHOM_LENGTH
from idesluss.ideas.usecases.write import NotChoosable, tidy
from idesluss.ideas.vocab import NEED_LENGTH, REASON_LENGTH, TITLE_LENGTH, IdeaKind
from idesluss.logic.refusals import (
    AlreadyDone,
    ChangedMeanwhile,
    Missing,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.logic.windows import ClosesTooEarly
from idesluss.people.models import Organisation, Person, Unit
from idesluss.programmes.local import slug_of
from idesluss.programmes.models import Goal, Programme, Round
from idesluss.programmes.vocab import Audience
from idesluss.records.usecases import note

LIMITS = {
    "title": TITLE_LENGTH,
    "text": NEED_LENGTH,
    "for_whom": FOR_WHOM_LENGTH,
    "resources": REASON_LENGTH,
    "afterwards": REASON_LENGTH,
}
"""The most characters of each text."""
MUST = ("title", "text", "resources", "afterwards")
"""What has to be written before anybody answers: a call without a receiver ends in silence."""


class NoMandate(Refusal):
    """The person cannot stand behind a challenge. Needs ``name``."""

    sentence = gettext_noop(
        "%(name)s cannot own a challenge: that takes a manager or an administrator, who has time "
        "and money to follow the answers up."
    )
    field = "owner"


class HasEnded(Refusal):
    """The challenge has ended."""

    sentence = gettext_noop("The challenge has ended, so nothing more can be changed in it.")


class NotOpened(Refusal):
    """The challenge was never opened."""

    sentence = gettext_noop("The challenge has not been opened yet.")


@dataclass(frozen=True, slots=True)
class Posed:
    """What a challenge says and who stands behind it; ``closes_at`` is aware, None: no end."""

    title: str
    text: str  # Markdown: the problem
    owner: Person | None
    resources: str
    afterwards: str
    for_whom: str = ""
    unit: Unit | None = None
    audiences: Sequence[str] = (Audience.STAFF.value,)
    goals: Sequence[Goal] = ()
    round: Round | None = None
    closes_at: datetime | None = None
    need: Idea | None = None

    @classmethod
    def of(cls, challenge: Challenge) -> Posed:
        """As it is now."""
        plain = {name: getattr(challenge, name) for name in cls.__slots__ if name != "goals"}
        return cls(**plain, goals=tuple(challenge.goals.all()))


@transaction.atomic
def pose(
    programme_id: int, posed: Posed, *, by: Person, at: datetime, invented: bool = False
) -> Challenge:
    """Write a challenge in a sluice; nobody but who writes, owns or administers sees it yet.

    Notes ``ideas.challenge_posed``; its owner is told, when somebody else has written it.

    Raises:
        NotAllowed: ``by`` is neither coach, manager nor administrator there.
        NoMandate: the owner is neither manager nor administrator.
        Missing, TooLong, NotChoosable: with the field.
    """
    programme = Programme.objects.select_related("organisation").get(pk=programme_id)
    require(may_pose(by, programme, at=at))
    # The organisation is locked, so that two challenges never get the same address.
    Organisation.objects.select_for_update(of=("self",)).get(pk=programme.organisation_id)
    challenge = Challenge(programme=programme, posed_by=by, posed_at=at, invented=invented)
    _put(challenge, posed, at=at)
    challenge.slug = _free_slug(challenge)
    challenge.save()
    challenge.goals.set(posed.goals)
    _note("posed", challenge, by=by, at=at, owner=challenge.owner_id)
    return challenge


@transaction.atomic
def reword(challenge_id: int, posed: Posed, *, seen: int, by: Person, at: datetime) -> Challenge:
    """Change what a challenge says. ``seen`` is its version that ``by`` had before them.

    Notes ``ideas.challenge_changed`` with what it said before, if anything changes.

    Raises:
        NotAllowed: ``by`` may not change it.
        HasEnded: it has ended.
        ChangedMeanwhile: somebody else has changed it since.
        NoMandate, Missing, TooLong, NotChoosable, ClosesTooEarly: as ``pose``.
    """
    challenge = _locked(challenge_id)
    require(may_word(by, challenge, at=at))
    require(challenge.ended_at is None, HasEnded)
    require(seen == challenge.version, ChangedMeanwhile)
    before = _plain(challenge)
    _put(challenge, posed, at=at)
    goals = set(challenge.goals.all())
    challenge.goals.set(posed.goals)
    after = _plain(challenge)
    was = {name: before[name] for name in after if after[name] != before[name]}
    if was or goals != set(posed.goals):
        challenge.version += 1
        challenge.save()
        _note("changed", challenge, by=by, at=at, was=was)
    return challenge


@transaction.atomic
def open_up(
    challenge_id: int,
    *,
    by: Person,
    at: datetime,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Challenge:
    """Let a challenge take in answers from ``opens_at`` (now), or again after it was closed.

    With it, its owner or an administrator confirms that there is somebody to receive the answers.
    Notes ``ideas.challenge_opened``. Open already: nothing changes.

    Raises:
        NotAllowed: ``by`` does not run it.
        HasEnded: it has ended.
        NoMandate: its owner has no mandate any more.
        ClosesTooEarly: it would close before it opens.
    """
    challenge = _locked(challenge_id)
    require(may_run(by, challenge, at=at))
    require(challenge.ended_at is None, HasEnded)
    if Challenge.objects.open(at).filter(pk=challenge.pk).exists():
        return challenge
    owner = challenge.owner
    mandated = has_mandate(owner, challenge.organisation_id, at=at)
    require(mandated, NoMandate(name=owner.name))
    first = challenge.opens_at is None or challenge.opens_at > at
    starts = max(opens_at or at, at)
    require(closes_at is None or closes_at > starts, ClosesTooEarly(field="closes_at"))
    challenge.opens_at = starts if first else challenge.opens_at
    challenge.closes_at = closes_at
    challenge.version += 1
    challenge.save(update_fields=["opens_at", "closes_at", "version"])
    _note(
        "opened",
        challenge,
        by=by,
        at=at,
        opens_at=challenge.opens_at.isoformat() if challenge.opens_at else "",
        again=not first,
    )
    return challenge


@transaction.atomic
def close_down(challenge_id: int, *, by: Person, at: datetime) -> Challenge:
    """Take in no more answers from now on; it can be opened again. Notes ``…challenge_closed``.

    One that would have opened later is a draft again. Closed already: nothing changes.

    Raises:
        NotAllowed: ``by`` does not run it.
        NotOpened: it was never to open.
    """
    challenge = _locked(challenge_id)
    require(may_run(by, challenge, at=at))
    if challenge.opens_at is None:
        raise NotOpened
    if challenge.opens_at >= at:
        challenge.opens_at = challenge.closes_at = None
    elif Challenge.objects.open(at).filter(pk=challenge.pk).exists():
        challenge.closes_at = at
    else:
        return challenge
    challenge.version += 1
    challenge.save(update_fields=["opens_at", "closes_at", "version"])
    _note("closed", challenge, by=by, at=at)
    return challenge


@transaction.atomic
def end_with(challenge_id: int, result: str, *, by: Person, at: datetime) -> Challenge:
    """End a challenge and say what came of it, which everybody who answered is told.

    The answers go on, each as the case that it is. Notes ``ideas.challenge_ended``.

    Raises:
        NotAllowed: ``by`` does not run it.
        NotOpened: it was never open.
        AlreadyDone: it has ended.
        Missing, TooLong: the result.
    """
    challenge = _locked(challenge_id)
    require(may_run(by, challenge, at=at))
    require(challenge.ended_at is None, AlreadyDone)
    require(challenge.opens_at is not None and challenge.opens_at <= at, NotOpened)
    result = str(tidy("result", result))
    require(bool(result), Missing(field="result"))
    require(len(result) <= REASON_LENGTH, TooLong(field="result", limit=REASON_LENGTH))
    challenge.ended_at, challenge.result = at, result
    challenge.version += 1
    challenge.save(update_fields=["ended_at", "result", "version"])
    _note("ended", challenge, by=by, at=at, result=result)
    return challenge


def _locked(challenge_id: int) -> Challenge:
    found = Challenge.objects.select_for_update(of=("self",))
    return found.select_related("programme__organisation", "owner").get(pk=challenge_id)


def _put(challenge: Challenge, posed: Posed, *, at: datetime) -> None:
    """Write what is posed into ``challenge``, not saved yet; goals are the caller's."""
    for field, limit in LIMITS.items():
        text = str(tidy(field, getattr(posed, field)))
        require(bool(text) or field not in MUST, Missing(field=field))
        require(len(text) <= limit, TooLong(field=field, limit=limit))
        setattr(challenge, field, text)
    here = challenge.organisation_id
    if posed.owner is None:
        raise Missing(field="owner")
    require(has_mandate(posed.owner, here, at=at), NoMandate(name=posed.owner.name))
    require(not posed.unit or posed.unit.organisation_id == here, NotChoosable(field="unit"))
    require(not posed.round or posed.round.organisation_id == here, NotChoosable(field="round"))
    own = all(goal.programme.organisation_id == here for goal in posed.goals)
    require(own, NotChoosable(field="goals"))
    need = posed.need
    fits = need is None or (need.kind == IdeaKind.NEED.value and need.organisation_id == here)
    require(fits, NotChoosable(field="need"))
    known = [it for it in Audience.values if it in posed.audiences]
    require(bool(known), Missing(field="audiences"))
    late = challenge.opens_at is None or posed.closes_at is None
    late = late or posed.closes_at > challenge.opens_at  # type: ignore[operator]
    require(late, ClosesTooEarly(field="closes_at"))
    challenge.owner, challenge.unit, challenge.round = posed.owner, posed.unit, posed.round
    challenge.need, challenge.closes_at = need, posed.closes_at
    challenge.audiences = known
    challenge.public = known != [Audience.STAFF.value]


def _free_slug(challenge: Challenge) -> str:
    """An address made of the title that no other challenge of the organisation has."""
    here = Challenge.objects.filter(programme__organisation=challenge.organisation_id)
    base = slug_of(challenge.title)[:70].strip("-") or "utmaning"
    slug, number = base, 1
    while here.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _plain(challenge: Challenge) -> dict[str, object]:
    """What it says, as the records keep it."""
    closes = challenge.closes_at
    return {
        **{field: getattr(challenge, field) for field in LIMITS},
        "owner": challenge.owner_id,
        "unit": challenge.unit_id,
        "round": challenge.round_id,
        "need": challenge.need_id,
        "audiences": list(challenge.audiences),
        "closes_at": closes.isoformat() if closes else "",
    }


def _note(verb: str, challenge: Challenge, *, by: Person, at: datetime, **data: Any) -> None:
    note(f"ideas.challenge_{verb}", about=challenge, by=by, at=at, title=challenge.title, **data)
