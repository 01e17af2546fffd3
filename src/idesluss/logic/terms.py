"""The terms of a round: what an application must keep to, and where it does not.

A round may set a floor, a cap and levels for the sum, name the kinds of application that it
takes, want the project to end within its year, ask why it would not happen otherwise, ask that
others pay a share, limit material, pay own work by the hour, and want several departments.

Every sum is whole minor units of one currency, every share a whole number of per cent. A share is
never divided out: it becomes a limit in minor units, rounded down where the rule says "at most"
and up where it says "at least". So the figure in the sentence is the very one that counts, and
whoever keeps to it keeps to the share. The same limits with fractions are in the tests.

- co-financing share: what others pay / (what is asked for + what others pay)
- material share: lines that are material / what is asked for
- own work at a fixed rate: hours x rate, computed and never typed

A rule that needs a figure nobody has given yet is neither kept nor broken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from idesluss.logic.money import Money
from idesluss.logic.refusals import Missing, Refusal, gettext_noop

NEW = "new"
"""The kind of application that has nothing before it."""
MATERIAL, WORK, OTHER = "material", "work", "other"
"""Kinds of cost that terms know; the others are only words."""


class Term(StrEnum):
    """What a round may have a rule about, in the order in which one reads an application."""

    KIND = "kind"
    CONTINUES = "continues"
    YEAR = "year"
    OTHERWISE = "otherwise"
    CAP = "cap"
    FLOOR = "floor"
    LEVEL = "level"
    WORK = "work"
    MATERIAL = "material"
    COFINANCING = "cofinancing"
    DEPARTMENTS = "departments"


class Line(NamedTuple):
    """One line of the budget: minor units (0: not said yet), and hours of own work."""

    what: str
    amount_minor: int
    cost: str = OTHER
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A level of sums, both ends included; ``asks`` says in words what is expected there."""

    name: str
    low_minor: int
    high_minor: int
    asks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a round asks. None, and the other defaults, mean that there is no such rule."""

    currency: str
    project_year: int
    floor_minor: int | None = None
    cap_minor: int | None = None
    levels: Sequence[Level] = ()
    kinds: frozenset[str] = frozenset({NEW})
    must_end_in_year: bool = False
    asks_otherwise: bool = False
    cofinancing_percent: int | None = None
    material_percent: int | None = None
    work_rate_minor: int | None = None
    departments_needed: int = 1

    @property
    def asks_costs(self) -> bool:
        """Whether lines of the budget say what kind of cost they are."""
        return self.material_percent is not None or self.work_rate_minor is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an application says. ``departments`` counts its own and those that take part."""

    asked_minor: int | None = None
    lines: Sequence[Line] = ()
    cofinanced_minor: int = 0
    kind: str = NEW
    continues: bool = False
    ends_on: date | None = None
    otherwise: str = ""
    departments: int = 0


class NotThisKind(Refusal):
    """A kind of application that the round does not take."""

    sentence = gettext_noop("This round does not take applications of this kind. Choose another.")
    field = "kind"


class ContinuesMissing(Missing):
    """A continuation of nothing."""

    sentence = gettext_noop("Choose the earlier project that this application goes on from.")
    field = "continues"


class EndsAfterTheYear(Refusal):
    """A last day outside the project year. Needs ``ends_on``, a date, and ``year``."""

    sentence = gettext_noop(
        "The project must be finished within %(year)s. Its last day is %(ends_on)s."
    )
    field = "ends_on"


class OtherwiseMissing(Missing):
    """The money must make a difference."""

    sentence = gettext_noop("Say why it would not happen without the money.")
    field = "otherwise"


class OverTheCap(Refusal):
    """More than one project may have. Needs ``cap`` and ``asked``, Money."""

    sentence = gettext_noop(
        "You ask for %(asked)s, but one project can get at most %(cap)s. Lower the sum."
    )
    field = "asked"


class UnderTheFloor(Refusal):
    """Less than the round is for. Needs ``floor`` and ``asked``, Money."""

    sentence = gettext_noop(
        "You ask for %(asked)s, but this round is for sums of at least %(floor)s."
    )
    field = "asked"


class OnNoLevel(Refusal):
    """A sum between the levels. Needs ``asked``, and ``name``, ``low``, ``high`` of the nearest."""

    sentence = gettext_noop(
        "You ask for %(asked)s, which is on none of the levels of this round. "
        "The nearest is “%(name)s”: %(low)s to %(high)s."
    )
    field = "asked"


class HoursMissing(Refusal):
    """Own work without its hours. Needs ``what``, the line, and ``rate``, Money."""

    sentence = gettext_noop(
        "Own work counts %(rate)s an hour. Write how many hours “%(what)s” takes."
    )
    field = "lines"


class NotTheRate(Refusal):
    """Own work at another rate. Needs ``what``, ``hours``; ``rate``, ``due`` and ``has``, Money."""

    sentence = gettext_noop(
        "Own work counts %(rate)s an hour: %(hours)s hours of “%(what)s” make %(due)s. "
        "You have %(has)s."
    )
    field = "lines"


class TooMuchMaterial(Refusal):
    """More than the share. Needs ``percent``; ``most``, ``asked`` and ``has``, Money."""

    sentence = gettext_noop(
        "Material may be at most %(percent)s %% of what you ask for: %(most)s of %(asked)s. "
        "You have %(has)s."
    )
    field = "lines"


class TooLittleCofinancing(Refusal):
    """Less than the share. Needs ``percent``; ``least``, ``whole`` and ``has``, Money.

    ``whole`` is what is asked for together with ``least``.
    """

    sentence = gettext_noop(
        "Others must pay at least %(percent)s %% of the whole: %(least)s of %(whole)s. "
        "You have %(has)s."
    )
    field = "cofinanced"


class TooFewDepartments(Refusal):
    """Too few take part. Needs ``needed`` and ``has``."""

    sentence = gettext_noop(
        "At least %(needed)s departments must take part, your own counted. You have %(has)s."
    )
    field = "partners"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule of the round, and how it is broken if it is; several lines may each break it."""

    term: Term
    breaches: Sequence[Refusal] = field(default=())

    @property
    def kept(self) -> bool:
        """Whether nothing breaks it."""
        return not self.breaches


def breaches(terms: Terms, said: Said) -> tuple[Refusal, ...]:
    """Return everything in ``said`` that breaks ``terms``, in the order of ``Term``."""
    return tuple(one for verdict in verdicts(terms, said) for one in verdict.breaches)


def verdicts(terms: Terms, said: Said) -> tuple[Verdict, ...]:
    """Return each rule that ``terms`` has, kept or broken by ``said``, in the order of ``Term``.

    A round that takes only new applications has no rule about kinds, unless ``said`` is of
    another kind.
    """
    asked = said.asked_minor or 0
    found: dict[Term, list[Refusal]] = {}
    if terms.kinds != {NEW} or said.kind != NEW:
        found[Term.KIND] = [] if said.kind in terms.kinds else [NotThisKind()]
    if said.kind != NEW:
        found[Term.CONTINUES] = [] if said.continues else [ContinuesMissing()]
    if terms.must_end_in_year:
        found[Term.YEAR] = _year(terms, said)
    if terms.asks_otherwise:
        found[Term.OTHERWISE] = [] if said.otherwise.strip() else [OtherwiseMissing()]
    found |= _sum(terms, asked)
    if terms.work_rate_minor is not None:
        found[Term.WORK] = list(_work(terms, terms.work_rate_minor, said.lines))
    if terms.material_percent is not None:
        found[Term.MATERIAL] = _material(terms, terms.material_percent, said)
    if terms.cofinancing_percent is not None:
        found[Term.COFINANCING] = _cofinancing(terms, terms.cofinancing_percent, said)
    if terms.departments_needed > 1:
        needed, has = terms.departments_needed, said.departments
        found[Term.DEPARTMENTS] = (
            [TooFewDepartments(needed=needed, has=has)] if has < needed else []
        )
    return tuple(Verdict(term, tuple(problems)) for term, problems in found.items())


def over_the_cap(terms: Terms, asked_minor: int | None) -> OverTheCap | None:
    """Return why so much cannot be asked for, None when it can or is not said."""
    asked = asked_minor or 0
    if terms.cap_minor is None or asked <= terms.cap_minor:
        return None
    cap = Money(terms.cap_minor, terms.currency)
    return OverTheCap(cap=cap, asked=Money(asked, terms.currency))


def level_of(levels: Iterable[Level], asked_minor: int | None) -> Level | None:
    """Return the level that the sum lies on: the lowest, if several hold it."""
    if asked_minor is None:
        return None
    fits = (it for it in levels if it.low_minor <= asked_minor <= it.high_minor)
    return min(fits, key=lambda it: (it.low_minor, it.high_minor), default=None)


def work_minor(hours: int | None, rate_minor: int) -> int:
    """Return what so many whole hours of own work come to; 0 while they are not said."""
    return (hours or 0) * rate_minor


def most_material(asked_minor: int, percent: int) -> int:
    """Return the most that material may come to: ``percent`` of what is asked, rounded down."""
    return asked_minor * percent // 100


def least_cofinancing(asked_minor: int, percent: int) -> int:
    """Return the least that others must pay beside what is asked, rounded up.

    The smallest c with c / (asked + c) >= percent / 100; ``percent`` is below 100.
    """
    return -(-asked_minor * percent // (100 - percent))


def _year(terms: Terms, said: Said) -> list[Refusal]:
    if said.ends_on is None or said.ends_on.year == terms.project_year:
        return []
    return [EndsAfterTheYear(year=terms.project_year, ends_on=said.ends_on)]


def _sum(terms: Terms, asked_minor: int) -> dict[Term, list[Refusal]]:
    """The rules about how much is asked for; a sum of nothing is not said yet."""
    found: dict[Term, list[Refusal]] = {}
    asked = Money(asked_minor, terms.currency)
    if terms.cap_minor is not None:
        over = over_the_cap(terms, asked_minor)
        found[Term.CAP] = [over] if over else []
    if terms.floor_minor is not None:
        under = UnderTheFloor(floor=Money(terms.floor_minor, terms.currency), asked=asked)
        found[Term.FLOOR] = [under] if 0 < asked_minor < terms.floor_minor else []
    if terms.levels:
        found[Term.LEVEL] = []
        if asked_minor and level_of(terms.levels, asked_minor) is None:
            near = min(terms.levels, key=lambda it: (_distance(it, asked_minor), it.low_minor))
            low, high = (Money(it, terms.currency) for it in (near.low_minor, near.high_minor))
            found[Term.LEVEL] = [OnNoLevel(asked=asked, name=near.name, low=low, high=high)]
    return found


def _distance(level: Level, asked_minor: int) -> int:
    return max(level.low_minor - asked_minor, asked_minor - level.high_minor)


def _work(terms: Terms, rate_minor: int, lines: Iterable[Line]) -> Iterable[Refusal]:
    rate = Money(rate_minor, terms.currency)
    for line in lines:
        if line.cost != WORK:
            continue
        due = work_minor(line.hours, rate_minor)
        if not line.hours:
            yield HoursMissing(what=line.what, rate=rate)
        elif line.amount_minor != due:
            yield NotTheRate(
                what=line.what,
                hours=line.hours,
                rate=rate,
                due=Money(due, terms.currency),
                has=Money(line.amount_minor, terms.currency),
            )


def _material(terms: Terms, percent: int, said: Said) -> list[Refusal]:
    asked = said.asked_minor
    has = sum(line.amount_minor for line in said.lines if line.cost == MATERIAL)
    if not asked or has <= most_material(asked, percent):
        return []
    return [
        TooMuchMaterial(
            percent=percent,
            most=Money(most_material(asked, percent), terms.currency),
            asked=Money(asked, terms.currency),
            has=Money(has, terms.currency),
        )
    ]


def _cofinancing(terms: Terms, percent: int, said: Said) -> list[Refusal]:
    asked, has = said.asked_minor, said.cofinanced_minor
    if not asked or has >= least_cofinancing(asked, percent):
        return []
    least = least_cofinancing(asked, percent)
    return [
        TooLittleCofinancing(
            percent=percent,
            least=Money(least, terms.currency),
            whole=Money(asked + least, terms.currency),
            has=Money(has, terms.currency),
        )
    ]
