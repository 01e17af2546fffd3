"""Open an edition: from then on cases start in it, and it never changes again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.logic.refusals import ChangedMeanwhile, TooLong, require
from idesluss.people.models import Person
from idesluss.programmes.model_refusals import NotReadyToOpen, Opened
from idesluss.programmes.models import Edition
from idesluss.programmes.reads.model import written
from idesluss.programmes.rules import may_set_up
from idesluss.records.usecases import note

LONGEST_WHY = 300


@transaction.atomic
def open_edition(
    edition_id: int, *, seen: str | None = None, why: str = "", by: Person, at: datetime
) -> Edition:
    """Open an edition that is written; running cases keep the one they are in.

    ``seen`` is the fingerprint of what was shown before opening, ``why`` says what is new.
    Notes ``programmes.edition_opened`` with what changed.

    Raises:
        NotAllowed: ``by`` is no administrator there.
        Opened: it is opened already.
        ChangedMeanwhile: it is not what was shown.
        NotReadyToOpen: something is wrong with the steps; ``reads.model.written`` says what.
        TooLong: the reason.
    """
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition_id)
    require(may_set_up(by, edition.programme, at))
    require(edition.opened_at is None, Opened)
    now = written(edition)
    require(seen is None or seen == now.fingerprint, ChangedMeanwhile)
    require(now.may_open, NotReadyToOpen)
    why = why.strip()
    require(len(why) <= LONGEST_WHY, TooLong(field="why", limit=LONGEST_WHY))
    edition.opened_at, edition.why = at, why
    edition.save(update_fields=["opened_at", "why"])
    note(
        "programmes.edition_opened",
        about=edition,
        by=by,
        at=at,
        number=edition.number,
        why=why,
        changes=[[it.change.value, it.name, it.was_called] for it in now.changes],
    )
    return edition
