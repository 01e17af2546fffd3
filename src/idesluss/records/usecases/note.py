"""Write in the records: note an act, take the next register number."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import connections, router, transaction

from idesluss.records.models import Entry, Series

if TYPE_CHECKING:
    from django.db.models import Model


class Somebody(Protocol):
    """Whoever acts: the records only need the number."""

    pk: Any


def note(
    verb: str,
    *,
    about: Model,
    by: Somebody | None,
    at: datetime,
    organisation_id: int | None = None,
    **data: Any,
) -> Entry:
    """Note one act in the transaction that does it; its effects follow from this line.

    ``organisation_id`` defaults to that of ``about``. ``data`` must be JSON. ``by`` is None for
    what the clock does.

    Raises:
        RuntimeError: called outside a transaction; the act and its line must be one.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("note() must be part of the transaction that does the act.")
    if organisation_id is None:
        organisation_id = getattr(about, "organisation_id", None)
    return Entry.objects.create(
        verb=verb,
        about_kind=about._meta.label_lower,
        about_id=about.pk,
        organisation_id=organisation_id,
        by_id=by.pk if by else None,
        at=at,
        data=data,
    )


@transaction.atomic(savepoint=False)
def next_number(*, organisation_id: int, key: str) -> int:
    """The next number of a series, 1, 2, 3 …, without gaps.

    The row stays locked until the caller's transaction ends: a number that is taken and then
    rolled back is given to the next one.
    """
    found = _next(organisation_id, key)
    if found is None:
        Series.objects.get_or_create(organisation_id=organisation_id, key=key)
        return next_number(organisation_id=organisation_id, key=key)
    return found


# Django cannot ask for what an update has written; both our databases can (SQLite since 3.35).
_NEXT = f"""
    UPDATE {Series._meta.db_table} SET last = last + 1
    WHERE organisation_id = %s AND key = %s RETURNING last
"""  # noqa: S608  (the table's own name)


def _next(organisation_id: int, key: str) -> int | None:
    """Take the next number of a series that is begun; None if it is not."""
    with connections[router.db_for_write(Series)].cursor() as cursor:
        cursor.execute(_NEXT, [organisation_id, key])
        row = cursor.fetchone()
    return int(row[0]) if row else None
