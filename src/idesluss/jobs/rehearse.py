"""What would be told to whom if something were done now: tried out, read, and undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from idesluss.jobs.deliver import handlers
from idesluss.people.models import Person
from idesluss.records.models import Entry, Letter


def rehearse(act: Callable[[], object], *, by: Person, at: datetime) -> list[Letter]:
    """Return the letters that ``act``, done by ``by`` at ``at``, would lead to, word for word.

    The act and its effects are done for real in a transaction that is rolled back, so a preview
    cannot say anything else than what is sent. Nothing stays done.

    Raises:
        Refusal: what ``act`` raises.
    """
    with transaction.atomic():
        latest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        act()
        noted = Entry.objects.filter(pk__gt=latest, by_id=by.pk, at=at).order_by("pk")
        listed = handlers()
        for entry in noted:
            for handler in listed.get(entry.verb, ()):
                handler(entry, at)
        letters = list(Letter.objects.filter(entry__in=noted).order_by("pk"))
        transaction.set_rollback(True)
    return letters
