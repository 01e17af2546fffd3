"""Hand every new line of the records to the handlers that follow from it, at least once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.db import connection, transaction

from idesluss.jobs.clock import backoff
from idesluss.records.models import Entry

log = logging.getLogger("idesluss.deliver")

Handler = Callable[[Entry, datetime], None]
BATCH = 200


def handlers() -> Mapping[str, Sequence[Handler]]:
    """The handlers of each verb, from the wiring."""
    found: Mapping[str, Sequence[Handler]] = import_module(settings.WIRING).HANDLERS
    return found


def deliver(at: datetime) -> int:
    """Deliver the entries that are due; returns how many.

    Each entry has a transaction of its own with all its handlers: either all of them have
    worked and the entry is delivered, or nothing has happened and it is tried again later.
    """
    listed = handlers()
    delivered = Entry.objects.undelivered(at).exclude(verb__in=listed).update(delivered_at=at)
    due = Entry.objects.undelivered(at).filter(verb__in=listed)
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        delivered += deliver_one(pk, listed, at)
    return delivered


def deliver_one(pk: int, listed: Mapping[str, Sequence[Handler]], at: datetime) -> int:
    """Deliver one entry; 1 if it was delivered here, 0 if not."""
    try:
        with transaction.atomic():
            skip = connection.features.has_select_for_update_skip_locked
            entry = (
                Entry.objects.select_for_update(skip_locked=skip)
                .filter(pk=pk, delivered_at=None)
                .first()
            )
            if entry is None:  # another process has it
                return 0
            for handler in listed[entry.verb]:
                handler(entry, at)
            entry.delivered_at = at
            entry.save(update_fields=["delivered_at"])
    except Exception as error:
        log.exception("The effects of entry %s failed.", pk)
        entry = Entry.objects.get(pk=pk)
        entry.next_try_at = at + backoff(entry.attempts)
        entry.attempts += 1
        entry.last_error = f"{type(error).__name__}: {error}"[:1000]
        entry.save(update_fields=["attempts", "next_try_at", "last_error"])
        return 0
    return 1
