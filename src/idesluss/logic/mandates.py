"""Which body decides how much: the right to decide, passed on up to a sum.

A programme's own body decides without a limit (``up_to_minor`` None). Others may have the right
up to a sum for one application. A case falls under the smallest right that covers it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from idesluss.logic.money import Money
from idesluss.logic.refusals import Refusal, gettext_noop


class OverTheMandate(Refusal):
    """More than the body may grant. Needs ``body``, ``limit`` (Money) and ``reference``."""

    sentence = gettext_noop(
        "%(body)s may grant at most %(limit)s to one application, by %(reference)s. "
        "Lower the sum, or leave the case to a body that may grant more."
    )
    field = "granted"


class OverTheLimit(OverTheMandate):
    """The same where nobody has written by what the right was given. Needs body and limit."""

    sentence = gettext_noop(
        "%(body)s may grant at most %(limit)s to one application. "
        "Lower the sum, or leave the case to a body that may grant more."
    )


class NoMandate(OverTheMandate):
    """The right has been taken back. Needs ``body``."""

    sentence = gettext_noop(
        "%(body)s no longer has the right to decide in this fund, so it can grant nothing."
    )


@dataclass(frozen=True, slots=True)
class Mandate:
    """The right of the body with the number ``body`` to decide about one application."""

    body: int
    name: str
    up_to_minor: int | None = None  # included; None: no limit
    reference: str = ""  # where the right was passed on

    def covers(self, minor: int | None) -> bool:
        """Whether it may grant so much; a sum that nobody has said may be any."""
        return self.up_to_minor is None or (minor is not None and minor <= self.up_to_minor)

    def problem(self, granted_minor: int, currency: str) -> OverTheMandate | None:
        """Return why so much cannot be granted, None when it can."""
        if self.up_to_minor is None or granted_minor <= self.up_to_minor:
            return None
        if not self.up_to_minor:
            return NoMandate(body=self.name)
        limit = Money(self.up_to_minor, currency)
        if not self.reference:
            return OverTheLimit(body=self.name, limit=limit)
        return OverTheMandate(body=self.name, limit=limit, reference=self.reference)


def falls_under(asked_minor: int | None, mandates: Iterable[Mandate]) -> Mandate | None:
    """Return the mandate that a case belongs to: the smallest that covers what it asks for.

    One without a limit comes last. A case that none covers falls under the largest, which may
    grant a part of it. None without mandates.
    """

    def size(mandate: Mandate) -> tuple[bool, int, int]:
        return mandate.up_to_minor is None, mandate.up_to_minor or 0, mandate.body

    by_size = sorted(mandates, key=size)
    covering = (mandate for mandate in by_size if mandate.covers(asked_minor))
    return next(covering, by_size[-1] if by_size else None)
