"""Hand in to a sluice: numbered, received, given to somebody, promised an answer, in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from idesluss.ideas.models import Challenge, Idea, Involvement, Passage
from idesluss.ideas.reads.receivers import who_takes
from idesluss.ideas.usecases.register import register_number
from idesluss.ideas.usecases.step import step
from idesluss.ideas.usecases.write import NotChoosable, tidy
from idesluss.ideas.vocab import (
    MESSAGE_LENGTH,
    NEED_LENGTH,
    TITLE_LENGTH,
    Channel,
    IdeaKind,
    Part,
)
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Missing, Refusal, TooLong, gettext_noop, require
from idesluss.logic.windows import working_days_after
from idesluss.people.models import Person, Unit
from idesluss.programmes.models import Door, Edition, Step
from idesluss.programmes.vocab import Visibility
from idesluss.records.usecases import note

FOR_WHOM_LENGTH = 300
LIMITS = {
    "need": NEED_LENGTH,
    "title": TITLE_LENGTH,
    "for_whom": FOR_WHOM_LENGTH,
    "evidence": NEED_LENGTH,
    "on_behalf_of": 160,
    "secret": 2000,
}
"""The most characters of each text that is handed in."""
WIDTH = [Visibility.CLOSED.value, Visibility.INSIDE.value, Visibility.PUBLIC.value]
"""Who may read a case, from the fewest to the most."""


class DoorShut(Refusal):
    """The door takes nothing in at this time."""

    sentence = gettext_noop(
        "This way in is closed at the moment. What you have written is kept here: copy it, or "
        "choose another way in."
    )


class NoModelYet(Refusal):
    """The sluice has no innovation model that is opened."""

    sentence = gettext_noop(
        "This sluice cannot take anything in yet: its steps have not been opened."
    )


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody hands in. Only ``need`` must be written: what bothers, or what the idea is."""

    need: str
    title: str = ""  # none: the first words of ``need``
    kind: IdeaKind = IdeaKind.IDEA
    for_whom: str = ""
    how_many: int | None = None
    evidence: str = ""
    unit: Unit | None = None
    challenge: Challenge | None = None
    answers_to: Idea | None = None
    on_behalf_of: str = ""
    visibility: Visibility | None = None  # None: as the door has it; never wider than that
    name_shown: Visibility = Visibility.CLOSED
    secret: str = ""
    language: str = "sv"
    aside: str = ""  # said to those who handle it alone: how it differs from what is like it


@transaction.atomic
def hand_in(
    door: Door,
    given: Given,
    *,
    by: Person,
    at: datetime,
    channel: Channel = Channel.WEB,
    entered_by: Person | None = None,
    draft: Idea | None = None,
    arrived_at: datetime | None = None,
    invented: bool = False,
) -> Idea:
    """Hand in ``given`` through ``door`` and return the case, received and in somebody's hands.

    ``by`` is the giver, who owns it (perhaps a guest); ``entered_by`` whoever wrote it down for
    them. ``draft`` is the giver's own, locked, which becomes the case. What came in earlier but was
    held back is received, and promised an answer, as of ``arrived_at``. The case starts in the
    newest opened edition of the sluice's model, with the promises of the door in working days of
    its country. Notes ``ideas.handed_in`` with what the receipt says.

    Raises:
        DoorShut: the door was not open when it came in (aware).
        NoModelYet: no edition is opened, or it has no steps.
        Missing, TooLong, NotChoosable: with the field.
    """
    came_at = arrived_at or at
    require(Door.objects.open(came_at).filter(pk=door.pk).exists(), DoorShut)
    first = first_step(door)
    idea = written(given, door, onto=draft or Idea(created_at=at))
    responsible = who_takes(door, given.unit, at=at)
    idea.channel, idea.entered_by, idea.invented = channel.value, entered_by, invented
    idea.edition, idea.at_step = first.edition, first
    idea.responsible = idea.contact = responsible
    idea.received_at, idea.stage_at = came_at, at
    first_by, answer_by, promised = _promised(door, first, came_at)
    idea.first_by, idea.answer_by, idea.next_on = first_by, answer_by, first_by
    idea.register_number = register_number(door.organisation, at=at, series="S")
    idea.save()
    if draft is None:
        Involvement.objects.create(idea=idea, person=by, part=Part.OWNER.value, since=at)
    Passage.objects.create(idea=idea, step=first, entered_at=at, promised_by=promised, by=by)
    _keep_aside(idea, given.aside, by=by, at=at)
    step(idea, Stage.RECEIVED, by=by, at=at)
    note(
        "ideas.handed_in",
        about=idea,
        by=entered_by or by,
        at=at,
        giver=by.pk,
        title=idea.title,
        register_number=idea.register_number,
        channel=channel.value,
        responsible=responsible.pk,
        first_by=first_by.isoformat(),
        answer_by=answer_by.isoformat(),
    )
    return idea


def _keep_aside(idea: Idea, text: str, *, by: Person, at: datetime) -> None:
    """A note from the giver to those who handle the case."""
    if text := text.strip()[:MESSAGE_LENGTH]:
        idea.messages.create(by=by, at=at, text=text, inside=True, channel=idea.channel)


def _promised(door: Door, first: Step, came_at: datetime) -> tuple[date, date, date | None]:
    """The days of the first answer and of the decision, and by when the first step is done."""
    there = door.organisation
    today = came_at.astimezone(there.timezone).date()
    return (
        working_days_after(today, door.first_days, there.country),
        working_days_after(today, door.decision_days, there.country),
        working_days_after(today, first.promise_days, there.country)
        if first.promise_days
        else None,
    )


def written(given: Given, door: Door, *, onto: Idea, is_draft: bool = False) -> Idea:
    """Put what the giver wrote into ``onto``, not saved yet. For use cases only.

    Raises:
        Missing: nothing is written, unless it is a draft.
        TooLong, NotChoosable: with the field.
    """
    texts = {field: str(tidy(field, getattr(given, field))) for field in LIMITS}
    require(is_draft or bool(texts["need"]), Missing(field="need"))
    if not is_draft:
        texts["title"] = texts["title"] or first_words(texts["need"])
    for field, text in texts.items():
        require(len(text) <= LIMITS[field], TooLong(field=field, limit=LIMITS[field]))
        setattr(onto, field, text)
    here = door.organisation_id
    require(not given.unit or given.unit.organisation_id == here, NotChoosable(field="unit"))
    asked = given.challenge
    require(not asked or asked.programme_id == door.programme_id, NotChoosable(field="challenge"))
    onto.programme, onto.door = door.programme, door
    onto.unit, onto.challenge, onto.answers_to = given.unit, asked, given.answers_to
    onto.kind, onto.how_many = given.kind.value, given.how_many
    onto.visibility, onto.name_shown = narrower(given.visibility, door), given.name_shown.value
    onto.language = given.language
    return onto


def first_step(door: Door) -> Step:
    """The step in which a case of the door's sluice starts.

    Raises:
        NoModelYet: there is no opened edition with a step where cases are received.
    """
    edition = Edition.objects.filter(programme=door.programme_id).opened().first()
    steps = edition.steps.filter(stage=Stage.RECEIVED.value) if edition else Step.objects.none()
    first = steps.select_related("edition").first()
    if first is None:
        raise NoModelYet
    return first


def first_words(text: str) -> str:
    """A title made of the beginning of ``text``: whole words, at most about sixty characters."""
    line = " ".join(text.split())
    if len(line) <= 60:
        return line
    cut = line[:60].rsplit(" ", 1)[0]
    return f"{cut.rstrip('.,;:–- ')} …"


def narrower(wish: Visibility | None, door: Door) -> str:
    """The giver's wish, never wider than what the door allows."""
    if wish is None:
        return door.visibility
    return min(wish.value, door.visibility, key=WIDTH.index)
