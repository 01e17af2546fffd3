"""The minutes of a meeting as they are frozen at the release; ``papers`` prints what stands here.

Everything is in the words and figures of that moment: nothing is looked up again later. Sums are
minor units of ``currency``; days and moments ISO 8601 in the organisation's zone; outcomes,
grounds and advice are the words of the code, which whoever prints translates. Applicants are not
named: the register number and the department say which case it is.
"""

from __future__ import annotations

import copy
from collections.abc import Collection
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from idesluss.funding.models import Application, Meeting
from idesluss.funding.reads.agenda import Agenda, Case
from idesluss.funding.reads.members import Recused
from idesluss.logic.outcomes import GIVES_MONEY, Outcome

SHAPE = 3  # raised when the keys below change


class Present(TypedDict):
    """Somebody in the room with a seat in the body."""

    name: str
    deputy_for: str  # "" for a member in own right
    chairs: bool  # led the meeting


class Aside(TypedDict):
    """Somebody with a seat who stepped aside in one item."""

    name: str
    ground: str  # ideas.vocab.Ground
    note: str


class Judged(TypedDict):
    """What the assessors said together: points 0..100 with one decimal, None if nobody gave any."""

    assessors: int
    mean: float | None
    low: float | None
    high: float | None
    qualifies: bool | None
    advice: dict[str, int]  # assessment.vocab.Advice → how many


class Answered(TypedDict):
    """What the manager of a department said to the case."""

    name: str  # who answered; by silence: who had been asked
    answer: str  # funding.vocab.Answer
    words: str  # the limits, or the reason
    by_silence: bool  # nobody answered in time: the rule of the round did


class Item(TypedDict):
    """One §. For a reader to whom the case is shut only ``number`` and ``shut`` are there."""

    number: int
    shut: NotRequired[bool]
    application: NotRequired[int]  # its number in the database, not printed
    register_number: NotRequired[str]
    title: NotRequired[str]
    unit: NotRequired[str]
    goals: NotRequired[list[str]]
    invented: NotRequired[bool]
    asked_minor: NotRequired[int | None]
    recommended_minor: NotRequired[int | None]  # what the office proposed; missing before shape 2
    managers: NotRequired[list[Answered]]  # missing before shape 3
    judged: NotRequired[Judged | None]
    outcome: NotRequired[str]  # logic.outcomes.Outcome; "" when too few could take part
    granted_minor: NotRequired[int]
    later_year: NotRequired[int | None]
    reason: NotRequired[str]
    conditions: NotRequired[str]
    over_cap_reason: NotRequired[str]
    recused: NotRequired[list[Aside]]
    chair: NotRequired[str]  # who led the item, when it was not the chair of the meeting
    voting: NotRequired[int]  # how many took part


class Totals(TypedDict):
    """Computed from the items: minor units."""

    handled: int
    granted: int  # items that got money
    asked_minor: int
    granted_minor: int  # from this pot
    later: dict[str, int]  # year → minor units
    bound_minor: int  # promised from this pot at earlier meetings
    left_minor: int
    overshoot_minor: int


class PotOfMinutes(TypedDict):
    """The pot that was shared out."""

    year: int
    amount_minor: int
    cap_minor: int | None


class Minutes(TypedDict):
    """The whole. ``totals`` is None for a reader to whom some item is shut."""

    shape: int
    language: str  # of the organisation
    country: str
    zone: str
    organisation: str
    colour: str
    invented: bool
    programme: str
    round: str
    project_year: int
    body: str
    delegation: str
    quorum: int
    register_number: str
    held_at: str
    place: str
    chair: str
    secretary: str
    adjuster: str
    present: list[Present]
    absent: list[Present]
    currency: str
    pot: PotOfMinutes | None
    items: list[Item]
    totals: Totals | None
    overshoot_reason: str
    released_at: str
    released_by: str


def minutes_of(agenda: Agenda, *, at: datetime) -> Minutes:
    """The minutes of a whole agenda, before they have a register number and are released."""
    meeting, meter = agenda.meeting, agenda.meter
    programme = meeting.round.programme
    organisation = programme.organisation
    held_at = (meeting.held_at or at).astimezone(organisation.timezone)
    leading = _leading(agenda)
    here = [
        Present(
            name=member.person.name,
            deputy_for=member.deputy_for.name if member.deputy_for else "",
            chairs=member.person.pk == leading,
        )
        for member in agenda.members
    ]
    in_room = [member.present for member in agenda.members]
    return Minutes(
        shape=SHAPE,
        language=organisation.language,
        country=organisation.country,
        zone=organisation.zone,
        organisation=organisation.name,
        colour=organisation.colour,
        invented=organisation.invented or meeting.round.invented,
        programme=programme.name,
        round=meeting.round.name,
        project_year=meeting.round.project_year,
        body=meeting.body.name,
        delegation=agenda.mandate.reference or meeting.body.delegation,
        quorum=meeting.body.quorum,
        register_number=meeting.register_number,
        held_at=held_at.isoformat(timespec="minutes"),
        place=meeting.place,
        chair=agenda.names.get(leading, "") if leading else "",
        secretary=meeting.secretary.name if meeting.secretary else "",
        adjuster=meeting.adjuster,
        present=[one for one, inside in zip(here, in_room, strict=True) if inside],
        absent=[one for one, inside in zip(here, in_room, strict=True) if not inside],
        currency=meter.currency,
        pot=_pot(agenda),
        items=[_item(agenda, case, leading) for case in agenda.cases],
        totals=_totals(agenda),
        overshoot_reason=meeting.overshoot_reason if meter.balance.overshoot else "",
        released_at="",
        released_by="",
    )


def for_eyes(minutes: Minutes, shut: Collection[int]) -> Minutes:
    """The minutes for a reader to whom the applications numbered ``shut`` are closed.

    Those items are bare numbers, and no total is left that would tell what they hold.
    """
    if not any(item.get("application") in shut for item in minutes["items"]):
        return minutes
    seen = copy.copy(minutes)
    seen["items"] = [
        Item(number=item["number"], shut=True) if item.get("application") in shut else item
        for item in minutes["items"]
    ]
    seen["totals"] = None
    seen["overshoot_reason"] = ""
    return seen


def shut_in(meeting: Meeting, person: Any, *, at: datetime) -> set[int]:
    """Numbers of the meeting's applications that are not open to ``person`` by office."""
    decided = Application.objects.filter(decisions__meeting=meeting)
    opened = decided.handled_by(person, at=at)
    return set(decided.values_list("pk", flat=True)) - set(opened.values_list("pk", flat=True))


def _leading(agenda: Agenda) -> int | None:
    """Who leads the meeting: the chair, or the next in order of those in the room."""
    present = [member for member in agenda.members if member.present]
    numbers = [member.person.pk for member in present]
    if agenda.meeting.chair_id in numbers:
        return agenda.meeting.chair_id
    return next((m.person.pk for m in present if m.chairs), next(iter(numbers), None))


def _pot(agenda: Agenda) -> PotOfMinutes | None:
    pot = agenda.meter.pot
    if pot is None:
        return None
    return PotOfMinutes(year=pot.year, amount_minor=pot.total_minor, cap_minor=pot.cap_minor)


def _item(agenda: Agenda, case: Case, leading: int | None) -> Item:
    decision: Any = case.decision  # as the agenda reads it, with what managers have answered
    application, choice = decision.application, case.choice
    idea = application.idea
    chair = case.item.chair if case.item and not case.withdrawn else None
    return Item(
        number=case.number,
        application=application.pk,
        register_number=idea.register_number,
        title=idea.title,
        unit=idea.unit.name if idea.unit else "",
        goals=list(case.goals),
        invented=idea.invented,
        asked_minor=application.asked_minor,
        recommended_minor=decision.recommended_minor,
        managers=[_answered(**one) for one in decision.endorsed or ()],
        judged=_judged(case),
        outcome=choice.outcome,
        granted_minor=choice.granted_minor,
        later_year=choice.later_year,
        reason=choice.reason,
        conditions=choice.conditions,
        over_cap_reason=choice.over_cap_reason if _over_cap(agenda, case) else "",
        recused=[_aside(agenda, one) for one in case.recused],
        chair=agenda.names[chair] if chair and chair != leading else "",
        voting=len(case.item.voting) if case.item else 0,
    )


def _over_cap(agenda: Agenda, case: Case) -> bool:
    cap = agenda.meter.pot.cap_minor if agenda.meter.pot else None
    return cap is not None and case.choice.granted_minor > cap


def _aside(agenda: Agenda, one: Recused) -> Aside:
    return Aside(name=agenda.names[one.person_id], ground=one.ground, note=one.note)


def _answered(*, name: str, answer: str, words: str, by_silence: int) -> Answered:
    return Answered(name=name, answer=answer, words=words, by_silence=bool(by_silence))


def _judged(case: Case) -> Judged | None:
    tally = case.tally
    if tally is None or not tally.voices:
        return None
    points = (tally.mean, tally.low, tally.high)
    mean, low, high = (None if value is None else round(float(value), 1) for value in points)
    return Judged(
        assessors=len(tally.voices),
        mean=mean,
        low=low,
        high=high,
        qualifies=tally.qualifies,
        advice=dict(sorted(tally.advice.items())),
    )


def _totals(agenda: Agenda) -> Totals:
    balance = agenda.meter.balance
    decided = [case for case in agenda.cases if case.choice.outcome]
    return Totals(
        handled=len(decided),
        granted=sum(Outcome(case.choice.outcome) in GIVES_MONEY for case in decided),
        asked_minor=sum(case.decision.application.asked_minor or 0 for case in agenda.cases),
        granted_minor=balance.granted,
        later={str(year): minor for year, minor in balance.later.items()},
        bound_minor=agenda.meter.bound_minor,
        left_minor=balance.left,
        overshoot_minor=balance.overshoot,
    )
