"""When a coach is away, and talks that people ask coaches for."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from idesluss.ideas.models import Coach, Idea, Talk
from idesluss.ideas.reads.receivers import away
from idesluss.ideas.rules import may_be_responsible
from idesluss.ideas.usecases.coach_cards import may_keep_card
from idesluss.ideas.vocab import TalkState
from idesluss.logic.refusals import (
    AlreadyDone,
    Missing,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.logic.windows import working_days_after
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.records.usecases import note

WISHES_LENGTH, PLACE_LENGTH, WORDS_LENGTH = 300, 200, 2000
ANSWER_DAYS = 2  # working days until somebody who asks for a talk has an answer


class NoDeputy(Refusal):
    """Somebody who cannot stand in. Needs ``name``."""

    sentence = gettext_noop(
        "%(name)s cannot stand in: only another coach, manager or administrator can."
    )
    field = "deputy"


class AwayBackwards(Refusal):
    """Back before away, or a day of return without one of leaving."""

    sentence = gettext_noop("The first day back must come after the first day away.")
    field = "away_until"


class NotBookable(Refusal):
    """The coach takes no talks now, and nobody stands in. Needs ``name``."""

    sentence = gettext_noop("%(name)s takes no talks just now. Choose somebody else.")


class TalkPassed(Refusal):
    """A time that has passed."""

    sentence = gettext_noop("The time has passed already. Choose a later one.")
    field = "agreed_at"


@transaction.atomic
def set_away(
    card_id: int,
    *,
    away_from: date | None,
    away_until: date | None,
    deputy: Person | None,
    by: Person,
    at: datetime,
) -> Coach:
    """Say when a coach is away (no day of leaving: here) and who stands in.

    What comes in meanwhile goes to the deputy, and so do reminders of what is late. Cases that are
    going on are handed over apart. Notes ``ideas.away_set``.

    Raises:
        NotAllowed: it is somebody else's card.
        AwayBackwards: the days contradict each other.
        NoDeputy: the deputy cannot stand in, or is the coach.
    """
    card = Coach.objects.select_for_update(of=("self",)).get(pk=card_id)
    require(may_keep_card(by, card.person, card.organisation_id, at=at))
    backwards = away_until is not None and (away_from is None or away_until <= away_from)
    require(not backwards, AwayBackwards)
    if deputy is not None:
        able = may_be_responsible(deputy, card.organisation_id, at=at)
        require(able and deputy.pk != card.person_id, NoDeputy(name=deputy.name))
    card.away_from, card.away_until, card.deputy = away_from, away_until, deputy
    card.version += 1
    card.save(update_fields=["away_from", "away_until", "deputy", "version"])
    note(
        "ideas.away_set",
        about=card,
        by=by,
        at=at,
        away_from=away_from.isoformat() if away_from else "",
        away_until=away_until.isoformat() if away_until else "",
        deputy=deputy.pk if deputy else None,
    )
    return card


# ── Talks ───────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def ask_talk(
    card_id: int,
    *,
    about: str,
    wishes: str,
    by: Person,
    at: datetime,
    idea: Idea | None = None,
) -> Talk:
    """Ask a coach for a talk; one who is away has their deputy answer. Notes ``ideas.talk_asked``.

    Raises:
        NotBookable: they take none, and nobody stands in.
        NotAllowed: ``idea`` is not the asker's own case there.
        Missing, TooLong: neither is said what about, nor when; or too much.
    """
    card = Coach.objects.select_related("person", "deputy", "organisation").get(pk=card_id)
    there = card.organisation
    today = at.astimezone(there.timezone).date()
    gone = Coach.objects.filter(away(today), pk=card.pk).exists()
    coach = card.deputy if gone else card.person
    if coach is None or not card.bookable:
        raise NotBookable(name=card.person.name)
    own = idea is None or Idea.objects.owned_by(by).filter(pk=idea.pk).exists()
    require(own and (idea is None or idea.organisation_id == there.pk))
    about, wishes = about.strip(), " ".join(wishes.split())
    require(bool(about or wishes), Missing(field="about"))
    require(len(about) <= WORDS_LENGTH, TooLong(field="about", limit=WORDS_LENGTH))
    require(len(wishes) <= WISHES_LENGTH, TooLong(field="wishes", limit=WISHES_LENGTH))
    talk = Talk.objects.create(
        organisation=there,
        coach=coach,
        asked_by=by,
        idea=idea,
        about=about,
        wishes=wishes,
        asked_at=at,
        answer_by=working_days_after(today, ANSWER_DAYS, there.country),
    )
    note("ideas.talk_asked", about=talk, by=by, at=at, coach=talk.coach_id)
    return talk


@transaction.atomic
def agree_talk(
    talk_id: int, *, agreed_at: datetime, place: str, words: str, by: Person, at: datetime
) -> Talk:
    """Say when and where the talk is, or move it. Notes ``ideas.talk_agreed``.

    Raises:
        NotAllowed: ``by`` neither holds it nor administers.
        AlreadyDone: it was held, or called off.
        TalkPassed: that time has passed.
        TooLong: too much text.
    """
    talk = _open_talk(talk_id, by=by, at=at)
    require(agreed_at > at, TalkPassed)
    place, words = " ".join(place.split()), words.strip()
    require(len(place) <= PLACE_LENGTH, TooLong(field="place", limit=PLACE_LENGTH))
    require(len(words) <= WORDS_LENGTH, TooLong(field="words", limit=WORDS_LENGTH))
    talk.state, talk.agreed_at = TalkState.AGREED.value, agreed_at
    talk.place, talk.words = place, words
    talk.save(update_fields=["state", "agreed_at", "place", "words"])
    when = agreed_at.isoformat()
    note("ideas.talk_agreed", about=talk, by=by, at=at, when=when, place=place, words=words)
    return talk


@transaction.atomic
def hold_talk(talk_id: int, *, by: Person, at: datetime) -> Talk:
    """Note that the talk was held. Notes ``ideas.talk_held``.

    Raises:
        NotAllowed: ``by`` neither holds it nor administers.
        AlreadyDone: it was held, or called off.
    """
    talk = _open_talk(talk_id, by=by, at=at)
    talk.state, talk.closed_at = TalkState.HELD.value, at
    talk.save(update_fields=["state", "closed_at"])
    note("ideas.talk_held", about=talk, by=by, at=at)
    return talk


@transaction.atomic
def call_off_talk(talk_id: int, *, why: str, by: Person, at: datetime) -> Talk:
    """Call a talk off, whoever asked for it or holds it, saying why. Notes ``ideas.talk_off``.

    Raises:
        NotAllowed: ``by`` has nothing to do with it.
        AlreadyDone: it was held, or called off.
        Missing, TooLong: the reason.
    """
    talk = _open_talk(talk_id, by=by, at=at, asker_too=True)
    why = why.strip()
    require(bool(why), Missing(field="words"))
    require(len(why) <= WORDS_LENGTH, TooLong(field="words", limit=WORDS_LENGTH))
    talk.state, talk.words, talk.closed_at = TalkState.CALLED_OFF.value, why, at
    talk.save(update_fields=["state", "words", "closed_at"])
    note("ideas.talk_off", about=talk, by=by, at=at, why=why)
    return talk


def _open_talk(talk_id: int, *, by: Person, at: datetime, asker_too: bool = False) -> Talk:
    talk = Talk.objects.select_for_update(of=("self",)).get(pk=talk_id)
    run = by.has_role(talk.organisation_id, Role.ADMINISTRATOR, at=at)
    require(by.pk == talk.coach_id or run or (asker_too and by.pk == talk.asked_by_id))
    require(talk.closed_at is None, AlreadyDone)
    return talk
