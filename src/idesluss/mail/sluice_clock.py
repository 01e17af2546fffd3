"""The line of the promise clock as a letter: what is near, what has passed, whose giver is silent.

It waits for the daily letter of the same morning, so nobody gets more than one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from idesluss.mail.handlers import tell
from idesluss.mail.letters import language_for
from idesluss.people.days import day
from idesluss.people.models import Organisation, Person
from idesluss.records.models import Entry

KINDS = ("late", "near", "silent", "raised")


def promises_told(entry: Entry, at: datetime) -> None:
    """To the person whom the line is about, the most urgent first."""
    person = Person.objects.get(pk=entry.about_id)
    organisation = Organisation.objects.get(pk=entry.organisation_id or 0)
    with translation.override(language_for(person, organisation)):
        facts: dict[str, Any] = {name: _rows(entry.data, name) for name in KINDS}
    facts |= {f"more_{name}": _more(entry.data, name) for name in KINDS}
    number = sum(len(entry.data[f"all_{name}"]) for name in KINDS)
    path = reverse("insight:mine")
    tell(entry, entry.verb, person, organisation, at, number=number, path=path, **facts)


def _rows(data: Mapping[str, Any], name: str) -> Sequence[dict[str, str]]:
    return [
        {"number": number, "title": title, "day": day(date.fromisoformat(due))}
        for _, number, title, due in data[name]
    ]


def _more(data: Mapping[str, Any], name: str) -> int:
    return len(data[f"all_{name}"]) - len(data[name])
