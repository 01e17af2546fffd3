"""Givers without an account: how they said they may be reached, perhaps not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from idesluss.logic.refusals import Refusal, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.people.names import read_address, tidy

NAME_LENGTH = 120
PHONE = re.compile(r"\+?[\d\s()/.–-]+")
FEWEST_DIGITS, MOST_DIGITS = 5, 15


class NotReachable(Refusal):
    """Neither an e-mail address nor a phone number."""

    sentence = gettext_noop(
        "Write an e-mail address or a phone number, or leave it empty: then you follow what "
        "happens with a code."
    )
    field = "reach"


@dataclass(frozen=True, slots=True)
class Guest:
    """What a giver says of themselves; all of it may be empty."""

    name: str = ""
    mail: str = ""
    phone: str = ""

    @classmethod
    def read(cls, name: str, reach: str) -> Guest:
        """From a name and one line that is an address, a phone number or nothing.

        Raises:
            TooLong: the name.
            NotAnAddress, NotReachable: the line is neither.
        """
        name, reach = tidy(name), tidy(reach)
        require(len(name) <= NAME_LENGTH, TooLong(field="name", limit=NAME_LENGTH))
        if "@" in reach:
            return cls(name, mail=read_address(reach, field="reach") or "")
        digits = sum(char.isdigit() for char in reach)
        is_phone = PHONE.fullmatch(reach) and FEWEST_DIGITS <= digits <= MOST_DIGITS
        require(not reach or bool(is_phone and len(reach) <= 40), NotReachable)
        return cls(name, phone=reach)


NOBODY = Guest()
"""Somebody who says nothing of themselves."""


def make_guest(guest: Guest, *, language: str, invented: bool = False) -> Person:
    """A person for a giver without an account. For use cases only."""
    return Person.objects.create(
        name=guest.name,
        guest=True,
        reach_mail=guest.mail,
        reach_phone=guest.phone,
        language=language,
        invented=invented,
        password="!",  # noqa: S106  no code yet, so nobody signs in
    )
