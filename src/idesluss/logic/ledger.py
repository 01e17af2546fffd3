"""What has become of granted money, reckoned from the rows of the ledger and nothing else.

Nothing is ever stored as a total. A grant is what was decided; rows change it, release it to the
project, book what is used and what comes back. For every grant, at every moment:

    0 <= used,  0 <= returned,  used + returned <= released <= granted (decided + changed)

A pot is what was set aside for a year; rows add to it, carry over and hand back. Its total is
never below zero; what of it is not bound by grants is free. Whole minor units of one currency.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from idesluss.logic.money import MINOR_PER_UNIT, Money
from idesluss.logic.refusals import Refusal, gettext_noop


class Kind(StrEnum):
    """What a row says; the first four are about a grant, the others about a pot."""

    CHANGED = "changed"
    RELEASED = "released"
    USED = "used"
    RETURNED = "returned"
    ADDED = "added"
    CARRIED_IN = "carried_in"
    CARRIED_OUT = "carried_out"
    HANDED_BACK = "handed_back"


class BadRow(Refusal):
    """A row that the ledger cannot hold."""

    sentence = gettext_noop("The ledger cannot hold this. Look at the sums as they are now.")
    field = "amount"


class NothingToWrite(BadRow):
    """A row of nothing."""

    sentence = gettext_noop("The sum is zero, so there is nothing to write down.")


class LessThanReleased(BadRow):
    """A grant below what the project has. Needs ``granted`` and ``released``, Money."""

    sentence = gettext_noop(
        "%(released)s is released already, so the grant cannot be %(granted)s. "
        "Take back what is not used first."
    )


class MoreThanGranted(BadRow):
    """Released beyond the grant. Needs ``sum`` and ``left``, Money."""

    sentence = gettext_noop(
        "%(sum)s cannot be released: %(left)s of the grant is not released yet. "
        "Change the grant first, or lower the sum."
    )


class AlreadySpent(BadRow):
    """Taken back from a project that no longer has it. Needs ``sum`` and ``left``, Money."""

    sentence = gettext_noop(
        "%(sum)s cannot be taken back: the project has %(left)s that is neither used nor returned."
    )


class MoreThanReleased(BadRow):
    """Used or returned beyond what the project has. Needs ``sum`` and ``left``, Money."""

    sentence = gettext_noop(
        "%(sum)s is more than the %(left)s that the project has left. "
        "Release more first, or lower the sum."
    )


class BelowZero(BadRow):
    """Less than nothing used or returned. Needs ``sum`` and ``booked``, Money."""

    sentence = gettext_noop("%(sum)s cannot be taken off: only %(booked)s is booked.")


class PotTooSmall(BadRow):
    """A pot below zero. Needs ``total``, Money."""

    sentence = gettext_noop("The pot holds %(total)s, so more than that cannot be taken from it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One grant, or several added up: sums of its rows in minor units of ``currency``."""

    currency: str
    decided: int
    changed: int = 0
    released: int = 0
    used: int = 0
    returned: int = 0
    rows: int = 0

    @property
    def is_known(self) -> bool:
        """Whether anything is written about it; of a grant from a table nothing may be."""
        return self.rows > 0

    @property
    def granted(self) -> int:
        """As it stands now."""
        return self.decided + self.changed

    @property
    def unreleased(self) -> int:
        """Granted, and not yet with the project."""
        return self.granted - self.released

    @property
    def unused(self) -> int:
        """With the project: released, neither used nor returned."""
        return self.released - self.used - self.returned

    @property
    def bound(self) -> int:
        """What it takes from its year's pot: what came back is free again."""
        return self.granted - self.returned

    @property
    def holds(self) -> bool:
        """Whether the invariants hold."""
        return (
            self.used >= 0
            and self.returned >= 0
            and self.used + self.returned <= self.released <= self.granted
        )

    def after(self, kind: Kind, minor: int) -> "Account":
        """The account with one more row; below zero takes back what an earlier one said.

        Raises:
            BadRow: the row would break an invariant; the sentence says by how much.
        """
        then = self._with(kind, minor)
        if not minor:
            raise NothingToWrite
        if not then.holds:
            raise self._wrong(kind, minor)
        return then

    def _with(self, kind: Kind, minor: int) -> "Account":
        rows = self.rows + 1
        match kind:
            case Kind.CHANGED:
                return replace(self, changed=self.changed + minor, rows=rows)
            case Kind.RELEASED:
                return replace(self, released=self.released + minor, rows=rows)
            case Kind.USED:
                return replace(self, used=self.used + minor, rows=rows)
            case Kind.RETURNED:
                return replace(self, returned=self.returned + minor, rows=rows)
            case _:
                raise ValueError(f"{kind} is not about a grant")

    def _wrong(self, kind: Kind, minor: int) -> BadRow:
        def money(sum_: int) -> Money:
            return Money(sum_, self.currency)

        if kind is Kind.CHANGED:
            granted = max(self.granted + minor, 0)
            return LessThanReleased(granted=money(granted), released=money(self.released))
        if kind is Kind.RELEASED and minor > 0:
            return MoreThanGranted(sum=money(minor), left=money(self.unreleased))
        if kind is Kind.RELEASED:
            return AlreadySpent(sum=money(-minor), left=money(self.unused))
        if minor > 0:
            return MoreThanReleased(sum=money(minor), left=money(self.unused))
        booked = self.used if kind is Kind.USED else self.returned
        return BelowZero(sum=money(-minor), booked=money(booked))


def total(accounts: Iterable[Account], currency: str) -> Account:
    """Return all ``accounts`` (of one ``currency``) added up."""
    found = Account(currency=currency, decided=0)
    for one in accounts:
        found = Account(
            currency=currency,
            decided=found.decided + one.decided,
            changed=found.changed + one.changed,
            released=found.released + one.released,
            used=found.used + one.used,
            returned=found.returned + one.returned,
            rows=found.rows + one.rows,
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """A year's pot: what was set aside, and the sums of its rows, which have a sign each.

    ``carried_in`` and ``added`` are above zero unless taken back, the others below.
    """

    currency: str
    set_aside: int
    added: int = 0
    carried_in: int = 0
    carried_out: int = 0
    handed_back: int = 0

    @property
    def total(self) -> int:
        """What the pot holds, bound or free."""
        rows = self.added + self.carried_in + self.carried_out + self.handed_back
        return self.set_aside + rows

    def after(self, kind: Kind, minor: int) -> "Purse":
        """The pot with one more row.

        Raises:
            NothingToWrite, PotTooSmall: there is no sum, or more than the pot holds is taken.
        """
        if not minor:
            raise NothingToWrite
        if self.total + minor < 0:
            raise PotTooSmall(total=Money(self.total, self.currency))
        match kind:
            case Kind.ADDED:
                return replace(self, added=self.added + minor)
            case Kind.CARRIED_IN:
                return replace(self, carried_in=self.carried_in + minor)
            case Kind.CARRIED_OUT:
                return replace(self, carried_out=self.carried_out + minor)
            case Kind.HANDED_BACK:
                return replace(self, handed_back=self.handed_back + minor)
            case _:
                raise ValueError(f"{kind} is not about a pot")


def first_part(amount: int, percent: int) -> int:
    """Return what is released at once of ``amount``: ``percent``, in whole kronor or euro."""
    return amount * percent // (100 * MINOR_PER_UNIT) * MINOR_PER_UNIT if percent < 100 else amount


def spread(accounts: Sequence[Account], spent: int) -> list[int]:
    """Return what to book as used on each account so that they come to ``spent`` in all.

    More fills the accounts in their order, each up to what it has left; less is taken off from
    the last one backwards.

    Raises:
        MoreThanReleased: they do not have so much left together.
        BelowZero: ``spent`` is below zero.
    """
    booked = sum(one.used for one in accounts)
    rest, found = spent - booked, [0] * len(accounts)
    currency = accounts[0].currency if accounts else "SEK"
    if spent < 0:
        raise BelowZero(sum=Money(-spent, currency), booked=Money(booked, currency))
    order = range(len(accounts)) if rest > 0 else reversed(range(len(accounts)))
    for number in order:
        one = accounts[number]
        found[number] = min(rest, one.unused) if rest > 0 else max(rest, -one.used)
        rest -= found[number]
    if rest:
        left = sum(one.unused for one in accounts)
        raise MoreThanReleased(sum=Money(spent - booked, currency), left=Money(left, currency))
    return found


# --- When the year is closed ------------------------------------------------------------------


class Fate(StrEnum):
    """What becomes of the money that a project has not used when its year is closed."""

    TRANSFER = "transfer"
    RETURN = "return"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Settled:
    """Rows that settle one account: ``rows`` on it, ``moved`` on the next year's grant."""

    rows: tuple[tuple[Kind, int], ...] = ()
    moved: tuple[tuple[Kind, int], ...] = ()

    @property
    def carried(self) -> int:
        """What goes with it from this year's pot to the next."""
        return sum(minor for kind, minor in self.moved if kind is Kind.CHANGED)


def moving(account: Account, amount: int) -> Settled:
    """Return the rows that move ``amount`` of what is not used to the next year.

    What is not released yet goes first; what the project has already stays with it, released in
    the next year instead.

    Raises:
        MoreThanReleased: more than is left unused, released or not.
        NothingToWrite: nothing.
    """
    if amount <= 0:
        raise NothingToWrite
    left = account.unreleased + account.unused
    if amount > left:
        raise MoreThanReleased(
            sum=Money(amount, account.currency), left=Money(left, account.currency)
        )
    with_project = max(amount - account.unreleased, 0)
    return Settled(
        rows=_without_zeros((Kind.RELEASED, -with_project), (Kind.CHANGED, -amount)),
        moved=_without_zeros((Kind.CHANGED, amount), (Kind.RELEASED, with_project)),
    )


def settle(account: Account, fate: Fate) -> Settled:
    """Return the rows that settle ``account`` so; none when nothing is left or it is left open.

    Returned: what the project has goes back, and what it never got is no longer granted.
    """
    left = account.unreleased + account.unused
    if fate is Fate.LEAVE or not left:
        return Settled()
    if fate is Fate.TRANSFER:
        return moving(account, left)
    return Settled(
        rows=_without_zeros((Kind.RETURNED, account.unused), (Kind.CHANGED, -account.unreleased))
    )


def _without_zeros(*rows: tuple[Kind, int]) -> tuple[tuple[Kind, int], ...]:
    return tuple(row for row in rows if row[1])
