"""Many invented ideas out of a few: titles and sentences put together anew, with invented names."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from idesluss.logic.text.gist import sentences as split

SYLLABLES = ("ber lund vik sta holm by mo rud ås näs torp hult bo fors dal ek sund tun").split()  # noqa: SIM905
SENTENCES = 3  # of a text


def many(ideas: Sequence[Mapping[str, Any]], number: int) -> Iterator[tuple[str, str, str]]:
    """Return so many titles, texts and languages; the same every time."""
    chance = random.Random(7)
    titles: dict[str, list[str]] = {}
    sentences: dict[str, list[str]] = {}
    for it in ideas:
        titles.setdefault(it["lang"], []).append(it["title"])
        sentences.setdefault(it["lang"], []).extend(split(it["text"]))
    languages = [it["lang"] for it in ideas]

    def name() -> str:
        return "".join(chance.choices(SYLLABLES, k=3))

    for _ in range(number):
        lang = chance.choice(languages)
        told = " ".join(chance.sample(sentences[lang], SENTENCES))
        yield f"{chance.choice(titles[lang])} {name()}", f"{told} {name()} {name()}", lang
