"""Letters: what is the same letter however it is typed, and where a word begins and ends."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, get_args

Lang = Literal["sv", "da", "nb", "fi", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
LONGEST = 40  # letters; a longer "word" is kept whole, and never split

_UNUSUAL = re.compile("[^\t\n -~åäöæø]")
_WORD = re.compile(r"[^\W_]+")
_SPELLED = str.maketrans({"ǿ": "ø", "ǽ": "æ", "ð": "d", "þ": "th", "œ": "ö", "ł": "l", "đ": "d"})


def language(code: str, otherwise: Lang = "en") -> Lang:
    """Return the language of the search that ``code`` ("nn", "sv-FI") is read as."""
    code = code.lower().partition("-")[0]
    code = {"no": "nb", "nn": "nb"}.get(code, code)
    return next((lang for lang in LANGS if lang == code), otherwise)


def fold(text: str) -> str:
    """Return ``text`` in small letters, composed, without accents; å ä ö æ ø stay what they are.

    Idempotent. Characters that are not seen (zero width, directions, controls) are left out, so
    that they neither part a word nor hide one.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    if not _UNUSUAL.search(text):  # most texts
        return text
    return _UNUSUAL.sub(_letter, unicodedata.normalize("NFC", text.translate(_SPELLED)))


def _letter(found: re.Match[str]) -> str:
    """One letter without its accent, "" for what is not seen."""
    return _without_accent(found.group())


@lru_cache(maxsize=4096)
def _without_accent(letter: str) -> str:
    if unicodedata.category(letter) in ("Cf", "Cc", "Mn"):
        return ""
    bare = unicodedata.normalize("NFD", letter)
    return "".join(it for it in bare if not unicodedata.combining(it)).translate(_SPELLED)


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order; "vård-" and "it-stöd" are parted at hyphens."""
    return _WORD.findall(fold(text))
