"""Words that are spelt nearly alike: what somebody may have meant who wrote in a hurry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract


class Spelt:
    """Words by their number of letters: those near a word are looked for among few."""

    def __init__(self, words: Iterable[str]) -> None:
        self._long: dict[int, list[str]] = defaultdict(list)
        for word in words:
            self._long[len(word)].append(word)

    def near(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Return the words at most so many edits from ``word``, and how many; not the word itself.

        An edit is a letter more, less or changed, or two that have changed places (Damerau 1964).
        """
        lengths = range(len(word) - edits, len(word) + edits + 1)
        close = [it for length in lengths for it in self._long.get(length, ())]
        found = extract(word, close, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return [(it, int(distance)) for it, distance, _ in found if distance]
