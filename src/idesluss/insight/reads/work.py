"""What waits for one person, over all organisations, roles and rounds.

Who may see and do what is said by the rooms: each part asks their own reads and rules, and adds
nothing but the day and the page. Nine queries, whatever the number of organisations and roles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, Subquery

from idesluss.assessment.reads.tasks import own_assessments, undeclared_by
from idesluss.assessment.rules import ASSESSABLE
from idesluss.funding.models import Application, Meeting
from idesluss.funding.reads.waiting import cases_waiting, run_by
from idesluss.funding.rules import may_decide, may_prepare, may_release
from idesluss.funding.vocab import Waiting
from idesluss.ideas.models import Completion
from idesluss.ideas.rules import COMPLETABLE
from idesluss.insight.acts import Act, When
from idesluss.insight.reads.cases import cases_and_invitations
from idesluss.insight.reads.item import Item, Place, last_day
from idesluss.insight.reads.managers import to_endorse
from idesluss.insight.reads.money import instalments_waiting
from idesluss.insight.reads.projects import reports_waiting
from idesluss.logic.lifecycle import Stage
from idesluss.logic.windows import State
from idesluss.people.models import Person, standing_of

ROUND = ("round__programme__organisation",)
ORDER = list(When)


def work_of(person: Person, *, at: datetime) -> list[Item]:
    """Everything that waits for ``person`` at ``at``: what is overdue first, then by day."""
    meetings = open_meetings(person, at=at)
    found = [
        *own_cases(person, at=at),
        *to_declare(person, at=at),
        *to_assess(person, at=at),
        *office_work(person, {meeting.round_id for meeting in meetings}, at=at),
        *(item for meeting in meetings for item in meeting_work(meeting, person, at=at)),
        *to_endorse(person, at=at),
        *reports_waiting(person, at=at),
        *instalments_waiting(person, at=at),
        *cases_and_invitations(person, at=at),
    ]
    return sorted((item.timed(at) for item in found), key=_order)


def _order(item: Item) -> tuple[int, date, str, str]:
    return (ORDER.index(item.when), item.due or date.max, item.place.name, item.thing)


# --- The applicant -----------------------------------------------------------------------------


def own_cases(person: Person, *, at: datetime) -> Iterator[Item]:
    """Drafts that can still be handed in, and requests to complete. One query."""
    asked = Completion.objects.filter(idea=OuterRef("idea"), answered_at=None)
    cases = (
        Application.objects.owned_by(person)
        .filter(round__programme__organisation__in=standing_of(person, at).organisations())
        .annotate(
            due=Subquery(asked.values("due")[:1]), asked_at=Subquery(asked.values("asked_at")[:1])
        )
        .filter(
            Q(idea__stage=Stage.DRAFT.value, round__archived_at=None)
            | Q(idea__stage__in=COMPLETABLE, outcome="", asked_at__isnull=False)
        )
        .select_related("idea", *ROUND)
    )
    for case in cases:
        place = Place.of(case.round.programme.organisation)
        about: dict[str, Any] = {
            "place": place,
            "thing": f"application-{case.pk}",
            "arguments": (place.slug, case.pk),
            "title": case.idea.title,
            "number": case.idea.register_number,
            "round": case.round.name,
        }
        if case.idea.stage != Stage.DRAFT.value:
            yield Item(
                act=Act.COMPLETE,
                page="funding:complete",
                due=case.due,
                since=case.asked_at,
                **about,
            )
        elif case.round.flows_on or case.round.window.state(at) is not State.AFTER:
            closes = case.round.closes_at
            yield Item(
                act=Act.HAND_IN,
                page="funding:application",
                due=last_day(closes, place.timezone),
                moment=closes,
                since=case.idea.created_at,
                **about,
            )


# --- Assessors and members of a body -----------------------------------------------------------


def next_meeting(round: str) -> Subquery:
    """When the open meeting of the round at the path ``round`` is held, None if nobody knows."""
    open_ones = Meeting.objects.filter(round=OuterRef(round), released_at=None)
    return Subquery(open_ones.values("held_at")[:1])


def to_declare(person: Person, *, at: datetime) -> Iterator[Item]:
    """Rounds with cases in which nothing is said about a conflict of interest yet. One query."""
    rows: Any = (
        undeclared_by(person, at=at)
        .filter(applications__outcome="")
        .order_by()
        .values(**of_round("applications__round__"))
        .annotate(
            cases=Count("pk", distinct=True),
            answer_by=Min("answer_by"),
            held_at=next_meeting("applications__round"),
        )
    )
    for row in rows:
        place = place_of(row)
        yield Item(
            act=Act.DECLARE,
            place=place,
            thing=f"round-{row['round_number']}",
            page="assessment:declare",
            arguments=(place.slug, row["round_slug"]),
            round=row["round_name"],
            count=row["cases"],
            due=last_day(row["held_at"], place.timezone) or row["answer_by"],
        )


def to_assess(person: Person, *, at: datetime) -> Iterator[Item]:
    """Assessments to write and lock, due before the meeting. One query."""
    left = (
        own_assessments(person, at=at)
        .filter(locked_at=None, idea__stage__in=ASSESSABLE)
        .annotate(held_at=next_meeting("round"))
        .select_related("idea", *ROUND)
    )
    for one in left:
        place = Place.of(one.round.programme.organisation)
        yield Item(
            act=Act.ASSESS,
            place=place,
            thing=f"assessment-{one.pk}",
            page="assessment:assess",
            arguments=(place.slug, one.application),
            title=one.idea.title,
            number=one.idea.register_number,
            round=one.round.name,
            due=last_day(one.held_at, place.timezone) or one.idea.answer_by,
            since=one.assigned_at,
        )


# --- The office --------------------------------------------------------------------------------

# What the office does when cases wait for it, and the page of the round where it is done.
OFFICE = {
    Waiting.CHECK.value: (Act.CHECK, "funding:handle"),
    Waiting.ASSESSORS.value: (Act.ASSIGN, "assessment:assign"),
    Waiting.MEETING.value: (Act.CALL, "funding:meeting"),
}


def office_work(person: Person, called: Iterable[int], *, at: datetime) -> Iterator[Item]:
    """Cases to check, to give to assessors and to take to a meeting, by round. One query.

    A meeting is to be opened when every case of the round waits for one. ``called`` are the
    rounds that have an open meeting already.
    """
    rows = list(
        cases_waiting(person, organisations=run_by(person, at=at), at=at)
        .values("waits", **of_round("round__"))
        .annotate(
            cases=Count("pk"),
            first=Min("pk"),
            answer_by=Min("idea__answer_by"),
            since=Min("idea__stage_at"),
        )
    )
    busy = {row["round_number"] for row in rows if row["waits"] != Waiting.MEETING} | {*called}
    for row in rows:
        if row["waits"] not in OFFICE:
            continue
        act, page = OFFICE[row["waits"]]
        if act is Act.CALL and row["round_number"] in busy:
            continue
        place = place_of(row)
        only = act is Act.CHECK and row["cases"] == 1
        yield Item(
            act=act,
            place=place,
            thing=f"round-{row['round_number']}",
            page="funding:check" if only else page,
            arguments=(place.slug, row["first"] if only else row["round_slug"]),
            round=row["round_name"],
            count=row["cases"],
            due=row["answer_by"],
            since=row["since"],
        )


def open_meetings(person: Person, *, at: datetime) -> list[Meeting]:
    """Meetings whose decisions are not released, that ``person`` may see. One query."""
    seen = Meeting.objects.visible_to(person, at=at).filter(released_at=None)
    return list(seen.select_related("body", *ROUND))


def meeting_work(meeting: Meeting, person: Person, *, at: datetime) -> Iterator[Item]:
    """To prepare it, to read for it, or to release what it decided."""
    if meeting.held_at and meeting.held_at <= at and may_release(person, meeting, at=at):
        act, page = Act.RELEASE, "funding:release"
    elif may_prepare(person, meeting, at=at):
        act, page = Act.PREPARE, "funding:meeting"
    elif may_decide(person, meeting, at=at) and not (meeting.held_at and meeting.held_at <= at):
        act, page = Act.READ, "funding:meeting"
    else:
        return
    place = Place.of(meeting.round.programme.organisation)
    yield Item(
        act=act,
        place=place,
        thing=f"meeting-{meeting.pk}",
        page=page,
        arguments=(place.slug, meeting.round.slug),
        title=meeting.body.name,
        round=meeting.round.name,
        due=meeting.held_at.astimezone(place.timezone).date() if meeting.held_at else None,
        moment=meeting.held_at,
    )


# --- Rows that count the cases of a round ------------------------------------------------------


def of_round(path: str) -> dict[str, F]:
    """The columns of a round and of whose it is, for ``values``."""
    organisation = f"{path}programme__organisation__"
    return {
        "round_number": F(f"{path}pk"),
        "round_slug": F(f"{path}slug"),
        "round_name": F(f"{path}name"),
        "place_slug": F(f"{organisation}slug"),
        "place_name": F(f"{organisation}name"),
        "place_zone": F(f"{organisation}zone"),
        "place_invented": F(f"{organisation}invented"),
    }


def place_of(row: dict[str, Any]) -> Place:
    """Whose the round of a row is."""
    return Place(row["place_slug"], row["place_name"], row["place_zone"], row["place_invented"])
