"""Letters: what is the same letter however it is typed, and where a word begins and ends."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, get_args

Lang = Literal["sv", "da", "nb", "fi", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
LONGEST = 40  # letters; a longer "word" is kept whole, and never split

_UNSEEN_ASCII = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
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
    text = unicodedata.normalize("NFKC", text).casefold().translate(_SPELLED)
    if text.isascii():
        return _UNSEEN_ASCII.sub("", text)
    return "".join(map(_letter, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    """One letter without its accent, "" for what is not seen."""
    if letter in "åäöæø\n\t ":
        return letter
    if unicodedata.category(letter) in ("Cf", "Cc", "Mn"):
        return ""
    bare = unicodedata.normalize("NFD", letter)
    return "".join(it for it in bare if not unicodedata.combining(it)).translate(_SPELLED)


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order; "vård-" and "it-stöd" are parted at hyphens."""
    found = []
    for match in _WORD.finditer(fold(text)):
        found += [it for it in re.split(r"[-'’]", match.group()) if it]
    return found
