"""What a decision about an application can be, and what it does to the pot.

Eight outcomes, each with its reason. A sum lower than the one asked for is a partial grant and
says why; a refusal says why (förvaltningslagen 2017:900, 32 §: a decision states its reasons);
money from a later year's pot binds that year and not this one. More than the cap, or more than
the pot, is possible only as a conscious choice with a written reason.

Whole minor units of one currency throughout. What was asked for may be unknown (None).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from idesluss.logic.refusals import Refusal, gettext_noop


class Outcome(StrEnum):
    """The eight answers to an application."""

    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    GRANTED_WITH_CONDITIONS = "granted_with_conditions"
    GRANTED_LATER_POT = "granted_later_pot"
    REFUSED = "refused"
    POSTPONED = "postponed"
    INCOMPLETE = "incomplete"
    WITHDRAWN = "withdrawn"


GIVES_MONEY = frozenset(
    {
        Outcome.GRANTED,
        Outcome.PARTLY_GRANTED,
        Outcome.GRANTED_WITH_CONDITIONS,
        Outcome.GRANTED_LATER_POT,
    }
)
"""Outcomes that grant a sum, from this pot or a later one."""

COUNTS_AGAINST_POT = GIVES_MONEY - {Outcome.GRANTED_LATER_POT}
"""Outcomes whose sum is taken from this year's pot."""

NEEDS_REASON = frozenset({Outcome.REFUSED, Outcome.POSTPONED, Outcome.INCOMPLETE})
"""Outcomes without money that are always explained. A withdrawal is the applicant's own act."""


class BadOutcome(Refusal):
    """A decision that contradicts itself or lacks what it needs."""

    sentence = gettext_noop("The decision does not hold together. Look at its parts again.")


class NothingGranted(BadOutcome):
    """A grant of nothing."""

    sentence = gettext_noop("A grant needs a sum. Write the sum, or choose another outcome.")
    field = "granted"


class MoneyWithoutGrant(BadOutcome):
    """A sum beside an outcome that gives none."""

    sentence = gettext_noop(
        "This outcome gives no money, but a sum is written. Remove it, or choose another outcome."
    )
    field = "granted"


class NegativeGrant(BadOutcome):
    """Less than nothing."""

    sentence = gettext_noop("The granted sum is less than zero. Write it without a minus sign.")
    field = "granted"


class MoreThanAsked(BadOutcome):
    """More than the applicant asked for."""

    sentence = gettext_noop("More is granted than was asked for. Lower the sum.")
    field = "granted"


class LessThanAsked(BadOutcome):
    """A full grant of a part."""

    sentence = gettext_noop(
        "Less is granted than was asked for. Choose “partly granted”, or raise the sum."
    )
    field = "granted"


class AllThatWasAsked(BadOutcome):
    """A partial grant of the whole."""

    sentence = gettext_noop(
        "All that was asked for is granted. Choose “granted”, or lower the sum."
    )
    field = "granted"


class YearNotLater(BadOutcome):
    """The later pot is this one, or earlier. Needs ``year``, the project year of the round."""

    sentence = gettext_noop("The later pot must be of a year after %(year)s. Choose a later year.")
    field = "later_year"


class LaterYearMissing(BadOutcome):
    """Which later pot?"""

    sentence = gettext_noop("Say from which later year's pot the money comes.")
    field = "later_year"


class YearWithoutLaterPot(BadOutcome):
    """A later year beside an outcome that takes nothing from it."""

    sentence = gettext_noop(
        "A later year is written, but the outcome does not use a later pot. "
        "Remove the year, or choose “granted from a later pot”."
    )
    field = "later_year"


class ConditionsMissing(BadOutcome):
    """Conditions that nobody can read."""

    sentence = gettext_noop("Write the conditions, or choose “granted”.")
    field = "conditions"


class ConditionsUnused(BadOutcome):
    """Conditions beside an outcome that has none."""

    sentence = gettext_noop(
        "Conditions are written, but the outcome has none. "
        "Remove them, or choose “granted with conditions”."
    )
    field = "conditions"


class ReasonMissing(BadOutcome):
    """The applicant is owed an explanation."""

    sentence = gettext_noop("Write the reason. The applicant will read it.")
    field = "reason"


class OverCap(BadOutcome):
    """More than a project may have, without a reason. Needs ``cap_minor``."""

    sentence = gettext_noop(
        "The sum is over the cap for one project. Lower it, or write why this one may have more."
    )
    field = "over_cap_reason"


class OverPot(BadOutcome):
    """More than the pot holds, without a reason. Needs ``overshoot_minor``."""

    sentence = gettext_noop(
        "The grants are more than the pot holds. "
        "Lower them, or write why the pot may be overspent; the reason goes into the minutes."
    )
    field = "over_pot_reason"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision as it is proposed or taken. Sums in minor units; asked None: not known.

    ``outcome`` may be given as its plain word. ValueError if it is none of the eight.
    """

    outcome: Outcome
    asked_minor: int | None
    granted_minor: int = 0
    reason: str = ""
    conditions: str = ""
    later_year: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcome", Outcome(self.outcome))


def problems(
    proposal: Proposal,
    *,
    cap_minor: int | None = None,
    project_year: int | None = None,
    over_cap_reason: str = "",
) -> tuple[Refusal, ...]:
    """Return everything that keeps ``proposal`` from being decided; empty when it may be.

    ``cap_minor`` is the most that one project may have, None for no cap; ``project_year`` the
    year whose pot this is, None if the fund has no years.
    """
    return contradictions(proposal, project_year) + silences(
        proposal, cap_minor=cap_minor, over_cap_reason=over_cap_reason
    )


def contradictions(proposal: Proposal, project_year: int | None = None) -> tuple[Refusal, ...]:
    """Return where the outcome and its sums, year and conditions do not fit together.

    A decision of long ago, taken elsewhere, must pass this much; its reasons may be lost.
    """
    found: list[Refusal] = []
    sum_problem = _sum_problem(proposal)
    if sum_problem is not None:
        found.append(sum_problem)
    year = proposal.later_year
    if year is not None and proposal.outcome != Outcome.GRANTED_LATER_POT:
        found.append(YearWithoutLaterPot())
    elif year is not None and project_year is not None and year <= project_year:
        found.append(YearNotLater(year=project_year))
    if proposal.conditions.strip() and proposal.outcome != Outcome.GRANTED_WITH_CONDITIONS:
        found.append(ConditionsUnused())
    return tuple(found)


def _sum_problem(proposal: Proposal) -> Refusal | None:
    outcome, asked, granted = proposal.outcome, proposal.asked_minor, proposal.granted_minor
    if granted < 0:
        return NegativeGrant()
    if outcome not in GIVES_MONEY:
        return MoneyWithoutGrant() if granted else None
    if granted == 0:
        return NothingGranted()
    if asked is None:
        return None
    if granted > asked:
        return MoreThanAsked()
    if outcome == Outcome.GRANTED and granted < asked:
        return LessThanAsked()
    if outcome == Outcome.PARTLY_GRANTED and granted == asked:
        return AllThatWasAsked()
    return None


def silences(
    proposal: Proposal, *, cap_minor: int | None = None, over_cap_reason: str = ""
) -> tuple[Refusal, ...]:
    """Return what the decision leaves unsaid: reasons, conditions, the later year."""
    found: list[Refusal] = []
    outcome, asked, granted = proposal.outcome, proposal.asked_minor, proposal.granted_minor
    lowered = outcome in GIVES_MONEY and asked is not None and 0 < granted < asked
    explained = outcome in NEEDS_REASON or outcome == Outcome.PARTLY_GRANTED or lowered
    if explained and not proposal.reason.strip():
        found.append(ReasonMissing())
    if outcome == Outcome.GRANTED_WITH_CONDITIONS and not proposal.conditions.strip():
        found.append(ConditionsMissing())
    if outcome == Outcome.GRANTED_LATER_POT and proposal.later_year is None:
        found.append(LaterYearMissing())
    over_cap = cap_minor is not None and granted > cap_minor and outcome in GIVES_MONEY
    if over_cap and not over_cap_reason.strip():
        found.append(OverCap(cap_minor=cap_minor))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Balance:
    """A pot against what is granted from it, minor units of one currency.

    ``left`` and ``overshoot`` are never below zero, and at most one of them is above.
    ``later`` holds what is promised from later years' pots, by year, ascending.
    ``later_unplaced`` is promised from a later pot whose year is not said yet.
    """

    pot: int
    granted: int
    left: int
    overshoot: int
    later: Mapping[int, int]
    later_unplaced: int = 0


def balance(pot_minor: int, proposals: Iterable[Proposal]) -> Balance:
    """Return how ``proposals`` use the pot. Only outcomes that give money count."""
    granted = unplaced = 0
    later: dict[int, int] = {}
    for proposal in proposals:
        if proposal.outcome in COUNTS_AGAINST_POT:
            granted += proposal.granted_minor
        elif proposal.outcome != Outcome.GRANTED_LATER_POT:
            continue
        elif proposal.later_year is None:
            unplaced += proposal.granted_minor
        else:
            placed = later.get(proposal.later_year, 0)
            later[proposal.later_year] = placed + proposal.granted_minor
    return Balance(
        pot=pot_minor,
        granted=granted,
        left=max(pot_minor - granted, 0),
        overshoot=max(granted - pot_minor, 0),
        later=MappingProxyType(dict(sorted(later.items()))),
        later_unplaced=unplaced,
    )


def overshoot_problem(balance: Balance, reason: str) -> OverPot | None:
    """Return the refusal if the pot is overspent and nobody has written why."""
    if balance.overshoot and not reason.strip():
        return OverPot(overshoot_minor=balance.overshoot)
    return None
