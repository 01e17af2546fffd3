"""The daily letter: what is held for one person is told once, in one letter.

All of it is one transaction. Killed before its commit nothing has happened and the letters are
still held; after it they are told, and nothing finds them again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction

from idesluss.records.models import Letter
from idesluss.records.usecases.letters import write_letter
from idesluss.records.vocab import LetterState

DAILY = "daily"
"""The kind of the letter that tells others."""


class Words(Protocol):
    """What the daily letter says."""

    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str: ...


@transaction.atomic
def gather(
    person_id: int,
    organisation_id: int,
    *,
    before: datetime,
    to: str,
    unwanted: Collection[str],
    compose: Callable[[Sequence[Letter]], Words],
    reply_to: str,
    at: datetime,
) -> Letter | None:
    """Let what the person's held letters of one organisation say go out as one letter, to ``to``.

    Only letters written ``before`` (aware). Those of ``unwanted`` kinds, turned off meanwhile, are
    kept and not told. A single one goes out as it is; several are told in a new letter that
    ``compose`` words. Returns the letter that goes out, None if there is nothing to tell.
    """
    mine = Letter.objects.held().filter(person_id=person_id, organisation_id=organisation_id)
    held = list(mine.filter(created_at__lt=before).select_for_update())
    dropped = [letter.pk for letter in held if letter.kind in unwanted]
    Letter.objects.filter(pk__in=dropped).update(state=LetterState.UNWANTED)
    told = [letter for letter in held if letter.kind not in unwanted]
    if not told:
        return None
    if len(told) == 1:
        return _let_go(told[0], to)
    words = compose(told)
    daily = write_letter(
        kind=DAILY,
        person_id=person_id,
        organisation_id=organisation_id,
        to=to,
        subject=words.subject,
        text=words.text,
        language=words.language,
        reply_to=reply_to,
        at=at,
    )
    numbers = [letter.pk for letter in told]
    Letter.objects.filter(pk__in=numbers).update(state=LetterState.GATHERED, told_in=daily)
    return daily


def _let_go(letter: Letter, to: str) -> Letter:
    letter.to, letter.state = to, (LetterState.QUEUED if to else LetterState.FAILED).value
    letter.last_error = "" if to else "no address"
    letter.save(update_fields=["to", "state", "last_error"])
    return letter
