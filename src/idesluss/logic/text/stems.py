"""Stems, as Snowball cuts them (Porter 2001), with what it cuts too much put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import Stemmer  # type: ignore[import-not-found]  # it has no stubs

from idesluss.logic.text.folding import Lang
from idesluss.logic.text.frequencies import frequencies

VOWELS = "aeiouyåäöæø"
SHORTEST = 4  # letters of a word with its article, and of a stem that has lost a vowel

_NAMES: Mapping[Lang, str] = {
    "sv": "swedish",
    "da": "danish",
    "nb": "norwegian",
    "fi": "finnish",
    "en": "english",
}
# Words that only look as if they ended in "-het" or "-hed": their beginning is no word.
_WHOLE = {
    **dict.fromkeys(("enhet", "enheten", "enheter", "enheterna", "enhets"), "enhet"),
    **dict.fromkeys(("enhed", "enheden", "enheder", "enhederne"), "enhed"),
    **dict.fromkeys(("nyhet", "nyheten", "nyheter", "nyheterna", "nyhetene"), "nyhet"),
    **dict.fromkeys(("nyhed", "nyheden", "nyheder", "nyhederne"), "nyhed"),
}
# Words that end as if they had an article: adjectives in Swedish, nouns from elsewhere in Danish.
_NO_ARTICLE = ("modern", "intern", "extern", "toilet", "budget", "internet", "kabinet")


@cache
def _stemmer(lang: Lang) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_NAMES[lang])


def stems_of_all(words: Sequence[str], lang: Lang) -> list[str]:
    """Return the stem of each of the folded ``words`` of ``lang``."""
    bare = [_without_article(it) for it in words] if lang == "sv" else words
    found = _stemmer(lang).stemWords(bare)
    if lang in ("sv", "da", "nb"):
        found = [_with_vowel(it, lang) for it in found]
    if lang == "da":
        found = [
            word if word.endswith(_NO_ARTICLE) else it for word, it in zip(bare, found, strict=True)
        ]
    return [_WHOLE.get(word) or str(it) for word, it in zip(bare, found, strict=True)]


def _with_vowel(stem: str, lang: Lang) -> str:
    """Undo what Snowball does not know: that "cyklar" and "möbler" are "cykel" and "möbel"."""
    if len(stem) < SHORTEST or stem[-1] != "l" or stem[-2] in VOWELS or stem[-2] == "l":
        return stem
    known = frequencies(lang)
    for base in (f"{stem[:-1]}el", f"{stem[:-1]}{stem[-2]}el"):
        if base in known:
            return base
    return stem


def _without_article(word: str) -> str:
    """Undo what Snowball does not know: that "skolan" is "skola", and "cykelns" "cykel"."""
    bare = word.removesuffix("s")
    if not bare.endswith(("an", "eln", "ern", "orn")) or bare.endswith(_NO_ARTICLE):
        return word
    return bare[:-1] if len(bare) > SHORTEST and bare[:-1] in frequencies("sv") else word
