"""How assessors' marks become totals, and how totals become a ranking. Advice, never a decision.

Three kinds of criterion:

- *qualifying*: met or not. The case qualifies when at least so many are met as the round needs.
  A criterion is met when more than half of those who answered say so.
- *scored*: on a scale low..high, with a weight.
- *additional*: met or not; a met one adds its weight, as much as a scored criterion of the same
  weight at the top of its scale. One that is not met adds nothing.

One assessor's total, 0..100, is

    100 * (sum of weight * (mark - low) / (high - low), scored
           + sum of weight, additional and met)
        / (sum of all their weights)

so 100 is all that could be had. Everything is exact (fractions), and every result carries the
parts that it is made of, so that a page can show how it was computed.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import Generic, TypeVar

from idesluss.logic.refusals import Refusal, gettext_noop

Case = TypeVar("Case", bound=Hashable)
Marks = Mapping[str, int | None]
"""One assessor's marks by criterion key: low..high, or 1 met and 0 not met. None: not given."""


class Kind(StrEnum):
    """How a criterion counts."""

    QUALIFYING = "qualifying"
    SCORED = "scored"
    ADDITIONAL = "additional"


class BadScore(Refusal):
    """A mark or a criterion that cannot be used. ``field`` is the criterion's key."""

    sentence = gettext_noop("This mark cannot be used. Choose one of those that are shown.")


class OutOfScale(BadScore):
    """Needs ``low`` and ``high``."""

    sentence = gettext_noop("The mark must be from %(low)s to %(high)s.")


class MarkMissing(BadScore):
    """Nothing chosen."""

    sentence = gettext_noop("Choose a mark, so that the case is judged on every criterion.")


class WhyMissing(BadScore):
    """A mark without a word."""

    sentence = gettext_noop("Write in a few words why you give this mark.")


class NeededTooMany(BadScore):
    """More must be met than there are. Needs ``needed`` and ``count``."""

    sentence = gettext_noop(
        "At least %(needed)s qualifying criteria are to be met, but there are only %(count)s. "
        "Lower the number, or add criteria."
    )
    field = "qualifying_needed"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion; ``weight``, ``low`` and ``high`` are whole numbers. Kinds may be plain words.

    The scale counts for scored ones only; the others have 0 and 1.

    Raises:
        ValueError: a word that is no kind, a negative weight, or a scale without two ends.
    """

    key: str
    kind: Kind
    weight: int = 1
    low: int = 0
    high: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))
        if self.kind != Kind.SCORED:
            object.__setattr__(self, "low", 0)
            object.__setattr__(self, "high", 1)
        if self.weight < 0 or self.high <= self.low:
            raise ValueError(f"{self.key}: weight {self.weight}, scale {self.low}..{self.high}")

    def share(self, mark: int) -> Fraction:
        """Return where ``mark`` lies on the scale, 0..1. Raises OutOfScale."""
        if not self.low <= mark <= self.high:
            raise OutOfScale(field=self.key, low=self.low, high=self.high)
        return Fraction(mark - self.low, self.high - self.low)


# --- One assessor ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """What one criterion gives to a total: ``points`` of 0..100."""

    key: str
    mark: int | None
    share: Fraction
    weight: int
    points: Fraction


@dataclass(frozen=True, slots=True)
class Total:
    """One assessor's total, 0..100, and its parts, whose points add up to it exactly.

    ``points`` is None while a scored mark is missing, or when no criterion gives points.
    """

    points: Fraction | None
    parts: tuple[Part, ...]
    weight: int


def total(criteria: Sequence[Criterion], marks: Marks) -> Total:
    """Return what one assessor's ``marks`` give. An additional one without a mark is not met.

    Raises:
        OutOfScale: a mark off its scale.
    """
    counting = [c for c in criteria if c.kind != Kind.QUALIFYING]
    weight = sum(c.weight for c in counting)
    parts = []
    complete = weight > 0
    for criterion in counting:
        mark = marks.get(criterion.key)
        complete = complete and (mark is not None or criterion.kind == Kind.ADDITIONAL)
        share = Fraction(0) if mark is None else criterion.share(mark)
        points = 100 * share * criterion.weight / weight if weight else Fraction(0)
        parts.append(Part(criterion.key, mark, share, criterion.weight, points))
    points_of_all = sum((part.points for part in parts), Fraction(0))
    return Total(points_of_all if complete else None, tuple(parts), weight)


def unfinished(
    criteria: Sequence[Criterion], marks: Marks, reasons: Mapping[str, str]
) -> tuple[BadScore, ...]:
    """Return what an assessment lacks before it can be locked: marks, and a reason for each."""
    found: list[BadScore] = []
    for criterion in criteria:
        mark = marks.get(criterion.key)
        if mark is None:
            found.append(MarkMissing(field=criterion.key))
            continue
        if not criterion.low <= mark <= criterion.high:
            found.append(OutOfScale(field=criterion.key, low=criterion.low, high=criterion.high))
        if not reasons.get(criterion.key, "").strip():
            found.append(WhyMissing(field=criterion.key))
    return tuple(found)


# --- One case --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie: all exact. ``count`` is at least one.

    ``range`` is high - low; ``disagreement`` the mean absolute difference over all pairs of
    values, None for a single one: then nobody knows.
    """

    count: int
    mean: Fraction
    median: Fraction
    low: Fraction
    high: Fraction
    disagreement: Fraction | None

    @property
    def range(self) -> Fraction:
        """The distance between the lowest and the highest."""
        return self.high - self.low


def spread(values: Iterable[Fraction | int]) -> Spread | None:
    """Return how ``values`` lie, None if there are none."""
    ordered = sorted(map(Fraction, values))
    count = len(ordered)
    if not count:
        return None
    pairs = [high - low for low, high in combinations(ordered, 2)]
    return Spread(
        count=count,
        mean=sum(ordered, Fraction(0)) / count,
        median=(ordered[(count - 1) // 2] + ordered[count // 2]) / 2,
        low=ordered[0],
        high=ordered[-1],
        disagreement=sum(pairs, Fraction(0)) / len(pairs) if pairs else None,
    )


@dataclass(frozen=True, slots=True)
class Vote:
    """How many of the assessors who answered say that a criterion is met."""

    key: str
    met: int
    answered: int

    @property
    def share(self) -> Fraction | None:
        """The share who say met, None if nobody has answered."""
        return Fraction(self.met, self.answered) if self.answered else None

    @property
    def is_met(self) -> bool:
        """Whether more than half of those who answered say so; half is not enough."""
        return 2 * self.met > self.answered


@dataclass(frozen=True, slots=True)
class Qualification:
    """Whether a case qualifies, and why: the vote on each qualifying criterion.

    ``qualifies`` is None while something is needed and nobody has answered.
    """

    needed: int
    votes: tuple[Vote, ...]
    qualifies: bool | None

    @property
    def met(self) -> tuple[str, ...]:
        """Keys of the criteria that are met."""
        return tuple(vote.key for vote in self.votes if vote.is_met)


def check_needed(criteria: Sequence[Criterion], needed: int) -> None:
    """Go on when ``needed`` qualifying criteria can be met. Raises NeededTooMany."""
    count = sum(c.kind == Kind.QUALIFYING for c in criteria)
    if needed > count:
        raise NeededTooMany(needed=needed, count=count)


def qualification(
    criteria: Sequence[Criterion], sheets: Sequence[Marks], needed: int
) -> Qualification:
    """Return whether at least ``needed`` qualifying criteria are met, by majority on each."""
    votes = tuple(_vote(c, sheets) for c in criteria if c.kind == Kind.QUALIFYING)
    met = sum(vote.is_met for vote in votes)
    silent = not any(vote.answered for vote in votes)
    return Qualification(needed, votes, None if needed and silent else met >= needed)


def _vote(criterion: Criterion, sheets: Sequence[Marks]) -> Vote:
    marks = [m for sheet in sheets if (m := sheet.get(criterion.key)) is not None]
    return Vote(criterion.key, met=sum(criterion.share(m) == 1 for m in marks), answered=len(marks))


@dataclass(frozen=True, slots=True)
class Summary:
    """All that assessors said of one case.

    ``totals`` are one per sheet, in the order given; ``points`` the spread of those that are
    complete, None if none is; ``by_criterion`` the spread of the marks on each scored criterion;
    ``additional`` the vote on each additional one.
    """

    totals: tuple[Total, ...]
    points: Spread | None
    by_criterion: Mapping[str, Spread | None]
    additional: tuple[Vote, ...]
    qualification: Qualification


def summary(criteria: Sequence[Criterion], sheets: Sequence[Marks], needed: int = 0) -> Summary:
    """Return what ``sheets``, one assessor's marks each, say together.

    Raises:
        OutOfScale: a mark off its scale.
    """
    totals = tuple(total(criteria, sheet) for sheet in sheets)
    return Summary(
        totals=totals,
        points=spread(t.points for t in totals if t.points is not None),
        by_criterion={
            c.key: spread(m for sheet in sheets if (m := sheet.get(c.key)) is not None)
            for c in criteria
            if c.kind == Kind.SCORED
        },
        additional=tuple(_vote(c, sheets) for c in criteria if c.kind == Kind.ADDITIONAL),
        qualification=qualification(criteria, sheets, needed),
    )


# --- Many cases ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place(Generic[Case]):
    """A case's place in the ranking.

    ``rank`` is one more than the number of cases with a higher mean, None without a mean;
    ``tied`` says that another case has the same mean. ``gap`` is the distance in points down to
    the next case, None for the last. ``noise`` says that this distance is smaller than the
    assessors' disagreement about one of the two, so that the order says little; None: each was
    judged by one person only, and nobody knows.
    """

    case: Case
    rank: int | None
    mean: Fraction | None
    tied: bool
    gap: Fraction | None
    noise: bool | None


def ranking(cases: Iterable[tuple[Case, Spread | None]]) -> tuple[Place[Case], ...]:
    """Rank ``cases`` by the mean of their points, highest first; ties keep the given order.

    Cases without points come last, without a rank.
    """
    given = list(cases)
    ranked = sorted(
        ((case, points) for case, points in given if points is not None),
        key=lambda pair: -pair[1].mean,
    )
    shared = Counter(points.mean for _, points in ranked)
    rank: dict[Fraction, int] = {}
    places: list[Place[Case]] = []
    for index, (case, points) in enumerate(ranked):
        below = ranked[index + 1][1] if index + 1 < len(ranked) else None
        places.append(
            Place(
                case,
                rank=rank.setdefault(points.mean, index + 1),
                mean=points.mean,
                tied=shared[points.mean] > 1,
                gap=None if below is None else points.mean - below.mean,
                noise=False if below is None else _noise(points, below),
            )
        )
    unranked = (case for case, points in given if points is None)
    return (*places, *(Place(case, None, None, False, None, None) for case in unranked))


def _noise(one: Spread, next_below: Spread) -> bool | None:
    known = [s.disagreement for s in (one, next_below) if s.disagreement is not None]
    return one.mean - next_below.mean < max(known) if known else None
