"""Ready wordings of answers to start from: kind, concrete, with blanks that the writer fills in.

One file for each language, in the language that a case is written in; another language gets the
English ones. Sentences are short, because answers are read aloud too.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("sv", "da", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording for one ending (a ``logic.lifecycle.Stage``); ``name`` is its own everywhere."""

    ending: str
    key: str
    title: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.ending}.{self.key}"


@cache
def wordings(language: str) -> tuple[Wording, ...]:
    """Every ready wording in ``language``, in the order shown."""
    known = language if language in LANGUAGES else "en"
    told = tomllib.loads(files(__package__).joinpath(f"{known}.toml").read_text("utf-8"))
    return tuple(
        Wording(one["ending"], one["key"], one["title"], one["text"].strip())
        for one in told["wording"]
    )


def wording(name: str, language: str) -> Wording | None:
    """The wording of that name, None if there is none."""
    return next((one for one in wordings(language) if one.name == name), None)
