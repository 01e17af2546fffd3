"""The one change that the records bear: words about somebody's private life are covered.

What was done, by whom and when stays; only a passage in what was said of it is replaced, also in
the letters that tell it. Letters that have left cannot be called back; their copies are covered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from idesluss.records.models import Entry, Letter
from idesluss.records.vocab import LetterState

if TYPE_CHECKING:
    from django.db.models import Model

TEXTS = ("subject", "text", "words", "calendar")
WAITING = (LetterState.QUEUED.value, LetterState.HELD.value)


def cover_records(things: Sequence[Model], cover: Callable[[Any], Any]) -> int:
    """Cover words in every entry about ``things``, and in every letter that tells one of them.

    ``cover`` gets a JSON value or a text and returns it covered. For use cases only, which note
    that it was done, without the words. Returns how many letters with the words had left already.
    """
    about = Q(pk__in=[])
    for thing in things:
        about |= Q(about_kind=thing._meta.label_lower, about_id=thing.pk)
    entries = Entry.objects.filter(about)
    for entry in entries.only("pk", "data"):
        covered = cover(entry.data)
        if covered != entry.data:
            Entry.objects.filter(pk=entry.pk).update(data=covered)
    told = Q(entry__in=entries.values("pk")) | Q(tells__entry__in=entries.values("pk"))
    left = 0
    letters = Letter.objects.filter(told).distinct()
    covered_ones = [(it, {name: cover(getattr(it, name)) for name in TEXTS}) for it in letters]
    for letter, changed in [one for one in covered_ones if one[1] != _texts(one[0])]:
        Letter.objects.filter(pk=letter.pk).update(**changed)
        left += letter.state not in WAITING
    return left


def _texts(letter: Letter) -> dict[str, str]:
    return {name: getattr(letter, name) for name in TEXTS}
