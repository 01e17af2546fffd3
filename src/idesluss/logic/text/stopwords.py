"""Words that say nothing of what a text is about, by language."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from idesluss.logic.text.folding import LANGS, Lang, fold


def _read() -> Mapping[Lang, frozenset[str]]:
    text = (files("idesluss.logic.text") / "data" / "stopwords.txt").read_text("utf-8")
    listed = dict(part.split("\n", 1) for part in text.split("\n# ")[1:])
    return {lang: frozenset(fold(listed[lang]).split()) for lang in LANGS}


STOPWORDS = _read()
