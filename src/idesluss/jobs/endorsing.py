"""Managers who are asked: reminded, and not waited for in vain."""

from datetime import datetime

from idesluss.funding.models import Application
from idesluss.funding.usecases.endorse import follow, remind, settle
from idesluss.records.models import Entry


def remind_managers(at: datetime) -> int:
    """Remind those who have not answered; returns how many."""
    return remind(at=at)


def follow_silence(at: datetime) -> int:
    """Follow the rounds' rules where nobody has answered in time; returns for how many."""
    return settle(at=at)


def ask_the_right_ones(entry: Entry, at: datetime) -> None:
    """After a case has moved or changed: ask those who now have to answer, and nobody else."""
    asking = Application.objects.filter(round__endorsed=True)
    if entry.about_kind == Application._meta.label_lower:
        asking = asking.filter(pk=entry.about_id)
    else:
        asking = asking.filter(idea=entry.about_id)
    for number in asking.values_list("pk", flat=True):
        follow(number, at=at)
