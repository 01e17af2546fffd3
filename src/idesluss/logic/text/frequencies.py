"""How often a word is written in each language: what the splitter knows a word by.

The lists in ``data/words`` were cut from wordfreq 3.1.1 (Robyn Speer, doi:10.5281/zenodo.7199437)
at one in ten million (Swedish, Danish), one in five million (Norwegian) and seven in ten million
(Finnish); they are under CC BY-SA 4.0 (``data/words/LICENSE``). A line holds the tenths
of the logarithm (base ten) of the share, and the words with that share.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from idesluss.logic.text.folding import Lang, fold

RAREST = -7.0  # log10 of the share at which the longest lists were cut


@cache
def frequencies(lang: Lang) -> Mapping[str, float]:
    """Return log10 of the share of each word of ``lang``; -1 is every tenth word."""
    text = (files("idesluss.logic.text") / "data" / "words" / f"{lang}.txt").read_text("utf-8")
    found: dict[str, float] = {}
    for line in text.splitlines():
        tenths, _, listed = line.partition(" ")
        share = int(tenths) / 10
        for word in listed.split(" "):
            found.setdefault(word if word.isascii() else fold(word), share)
    return found
