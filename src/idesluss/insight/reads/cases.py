"""What waits in sluices, for whoever has a case and for whoever gave it; and invitations to a role.

All of it in one query: these belong to no round, and say little more than what and until when.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateField, DateTimeField, F, Q, QuerySet, TextField, Value

from idesluss.ideas.models import LIVE, Idea
from idesluss.ideas.reads.owed import running, with_due
from idesluss.insight.acts import Act
from idesluss.insight.reads.item import SOON, Item, Place
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Appointment, Person

RATED_WITHIN = timedelta(days=30)  # whoever has not said what they thought by then will not
PAGES = {
    Act.KEEP: "ideas:case",
    Act.REPLY: "ideas:case",
    Act.RATE: "ideas:rate",
}


def cases_and_invitations(person: Person, *, at: datetime) -> Iterator[Item]:
    """Cases that are due for their responsible person, what givers are asked, and invitations."""
    rows = (
        _responsible(person, at=at)
        .union(_asked(person), _answered(person, at=at), _invited(person, at=at), all=True)
        .order_by()
    )
    seen = set()
    for word, slug, name, zone, invented, pk, title, number, due, since in rows:
        act, place = Act(word), Place(slug, name, zone, invented)
        if act is Act.JOIN:
            if pk not in seen:  # several roles in one organisation are one invitation
                yield Item(act, place, thing=f"organisation-{pk}", page="people:own", arguments=())
            seen.add(pk)
            continue
        yield Item(
            act=act,
            place=place,
            thing=f"case-{pk}",
            page=PAGES[act],
            arguments=(slug, pk),
            title=title,
            number=number,
            due=due,
            since=since,
        )


def _responsible(person: Person, *, at: datetime) -> Any:
    """Cases of one's own that owe something within a week, while their clock runs."""
    mine = Idea.objects.sluiced().live().handled_by(person, at=at).filter(responsible=person)
    due = with_due(mine.filter(running())).filter(due__lte=at.date() + SOON)
    return _columns(due, Act.KEEP, due=F("due"), since=F("stage_at"))


def _asked(person: Person) -> Any:
    """Cases that one has handed in, and is asked something about."""
    asked = Idea.objects.sluiced().live().owned_by(person).filter(waits_for_giver=True)
    return _columns(asked, Act.REPLY, since=F("paused_at"))


def _answered(person: Person, *, at: datetime) -> Any:
    """Cases that were answered lately, without a word of what the giver thought of it."""
    lately = Q(answered_at__gt=at - RATED_WITHIN, answered_at__lte=at)
    unrated = Q(rating=None) | Q(rating__at__lt=F("answered_at"))
    ended = Idea.objects.sluiced().owned_by(person).filter(lately, unrated)
    closed = (*LIVE, Stage.WITHDRAWN.value, Stage.MERGED.value)
    return _columns(ended.exclude(stage__in=closed), Act.RATE, since=F("answered_at"))


def _columns(cases: QuerySet[Idea], act: Act, *, due: Any = None, since: Any) -> Any:
    there = "programme__organisation__"
    return cases.order_by().values_list(
        Value(act.value),
        *(f"{there}{field}" for field in ("slug", "name", "zone", "invented")),
        "pk",
        "title",
        "register_number",
        due or Value(None, output_field=DateField()),
        since,
    )


def _invited(person: Person, *, at: datetime) -> Any:
    """Organisations that ask the person to come."""
    offered = Appointment.objects.offered(at.date()).filter(
        person=person, organisation__archived_at=None
    )
    return offered.order_by().values_list(
        Value(Act.JOIN.value),
        *(f"organisation__{field}" for field in ("slug", "name", "zone", "invented", "pk")),
        Value("", output_field=TextField()),
        Value("", output_field=TextField()),
        Value(None, output_field=DateField()),
        Value(None, output_field=DateTimeField()),
    )
