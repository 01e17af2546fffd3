"""Following projects up: they begin with the decision, and the clock reminds of their reports."""

from __future__ import annotations

from datetime import datetime

from idesluss.funding.models import Application
from idesluss.pilots.usecases import begin, begin_missing, remind_due
from idesluss.pilots.vocab import GRANTED
from idesluss.records.models import Entry


def begin_project(entry: Entry, at: datetime) -> None:
    """After ``funding.decided``: the project of the application, if it was granted money."""
    begin(entry.about_id, at=at)


def begin_imported(entry: Entry, at: datetime) -> None:
    """After ``funding.imported``: the projects of the round's granted applications."""
    granted = Application.objects.filter(round=entry.about_id, outcome__in=GRANTED)
    for number in granted.filter(idea__project=None).order_by("pk").values_list("pk", flat=True):
        begin(number, at=at)


def begin_projects(at: datetime) -> int:
    """Begin what was granted before there were projects; returns how many."""
    return begin_missing(at=at)


def remind_of_reports(at: datetime) -> int:
    """Remind owners, and tell the office what has not come; returns how many times."""
    return remind_due(at=at)
