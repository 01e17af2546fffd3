"""What rules, levels and mandates are refused for. ``field`` is the form field it belongs to.

Sums are ``logic.money.Money``.
"""

from __future__ import annotations

from idesluss.logic.refusals import Refusal, gettext_noop

# --- The fund ------------------------------------------------------------------------------


class BadFirstShare(Refusal):
    """A share that leaves nothing, or everything, for later."""

    sentence = gettext_noop(
        "Write a whole number from 1 to 99: so many per cent are released at once, and the rest "
        "later."
    )
    field = "first_share"


class OwnBody(Refusal):
    """The programme's own body given a limit. Needs ``body``."""

    sentence = gettext_noop(
        "%(body)s decides here without a limit, so a sum for it would mean nothing. "
        "Choose another body."
    )
    field = "body"


class BodyUnable(Refusal):
    """A body that has no members, or fewer than its quorum. Needs ``body``."""

    sentence = gettext_noop(
        "%(body)s cannot decide anything: it has fewer members than its quorum. Add members to "
        "it, or choose another body."
    )
    field = "body"


class OwnBodyLimited(Refusal):
    """A body with a sum made the one without. Needs ``body``."""

    sentence = gettext_noop(
        "%(body)s decides here up to a sum. Take that away first, then it can decide everything."
    )
    field = "body"


class MandateTwice(Refusal):
    """A second sum for one body. Needs ``body``."""

    sentence = gettext_noop("%(body)s has a sum already. Change that one.")
    field = "body"


class SameSum(Refusal):
    """Two bodies with one limit. Needs ``body`` and ``sum``."""

    sentence = gettext_noop(
        "%(body)s decides up to %(sum)s already, so both would decide the same cases. "
        "Write another sum."
    )
    field = "up_to_minor"


class MandateZero(Refusal):
    """A right to decide nothing."""

    sentence = gettext_noop("Write a sum that is more than 0.")
    field = "up_to_minor"


class ReferenceMissing(Refusal):
    """Nothing says where the right comes from."""

    sentence = gettext_noop(
        "Say which decision gives the right, for example KS 2026/17 § 4. It is printed in the "
        "minutes."
    )
    field = "reference"


class MandateBodyAside(Refusal):
    """A body with a mandate that lies aside. Needs ``body``."""

    sentence = gettext_noop(
        "%(body)s has been laid aside but still decides up to a sum. Take that away in the fund."
    )


class MandateBodyUnable(Refusal):
    """A body with a mandate that cannot decide. Needs ``body``."""

    sentence = gettext_noop(
        "%(body)s decides up to a sum, but has fewer members than its quorum. Add members to it."
    )


class MandateCurrency(Refusal):
    """Mandates are in the organisation's currency, the round in another. Needs both."""

    sentence = gettext_noop(
        "The sums up to which bodies decide are in %(mandates)s, so the round cannot be in "
        "%(round)s. Choose %(mandates)s, or take those sums away first."
    )
    field = "currency"


# --- The rules of a round ------------------------------------------------------------------


class RulesFixed(Refusal):
    """Somebody has applied on these terms."""

    sentence = gettext_noop(
        "An application has been handed in, so the rules can no longer change: everybody is to "
        "apply on the same terms. Add another round, or copy this one to next year, and change "
        "the rules there."
    )


class YearFixed(Refusal):
    """The project year is part of what applicants were asked."""

    sentence = gettext_noop(
        "An application has been handed in for this year, so the year can no longer change. "
        "Add another round for the other year."
    )
    field = "project_year"


class KindsMissing(Refusal):
    """A round that takes nothing."""

    sentence = gettext_noop("Choose at least one: otherwise nobody could apply.")
    field = "kinds"


class UnitGone(Refusal):
    """A unit of somebody else, or one that lies aside. Needs ``units``, names."""

    sentence = gettext_noop("These units can no longer be chosen: %(units)s.")
    field = "units"


class PotCurrency(Refusal):
    """A round in another currency than its pot. Needs ``pot``, ``round`` and ``year``."""

    sentence = gettext_noop(
        "The pot of %(year)s is in %(pot)s, so the round's sums cannot be in %(round)s. "
        "Choose %(pot)s, or change the pot first."
    )
    field = "currency"


class FloorZero(Refusal):
    """A least sum of nothing."""

    sentence = gettext_noop("Write a sum that is more than 0, or leave it empty.")
    field = "floor_minor"


class FloorOverCap(Refusal):
    """Nobody could ask for anything. Needs ``floor``, ``cap`` and ``year``."""

    sentence = gettext_noop(
        "The least one may ask for, %(floor)s, is more than one project can get in %(year)s: "
        "%(cap)s. Lower it, or raise the most for one project in the pot."
    )
    field = "floor_minor"


class FloorOverLevel(Refusal):
    """A level that nobody could be in. Needs ``floor``, ``level`` and ``low``."""

    sentence = gettext_noop(
        "The least one may ask for, %(floor)s, is more than where the level “%(level)s” begins: "
        "%(low)s. Change the level first."
    )
    field = "floor_minor"


class BadCofinancing(Refusal):
    """Nothing asked of others, or nothing left to ask for."""

    sentence = gettext_noop(
        "Write a whole number from 1 to 99, or leave it empty: with 100 nothing is left to ask "
        "the fund for."
    )
    field = "cofinancing_percent"


class BadMaterial(Refusal):
    """A limit that limits nothing."""

    sentence = gettext_noop(
        "Write a whole number from 0 to 99, or leave it empty: 100 would limit nothing."
    )
    field = "material_percent"


class RateZero(Refusal):
    """Work that is worth nothing."""

    sentence = gettext_noop("Write a sum that is more than 0, or leave it empty.")
    field = "work_rate_minor"


class BadUnitsNeeded(Refusal):
    """Fewer than one department."""

    sentence = gettext_noop("Write 1, or how many departments must take part.")
    field = "units_needed"


class TooFewUnits(Refusal):
    """More departments than there are. Needs ``needed`` and ``count``."""

    sentence = gettext_noop(
        "%(needed)s departments are to take part, but there are only %(count)s. Lower the number, "
        "or add departments under Units."
    )
    field = "units_needed"


class EndorsedTooEarly(Refusal):
    """An answer wanted before anybody can apply."""

    sentence = gettext_noop(
        "The manager's last day to answer lies before the round opens. Choose a later one."
    )
    field = "endorse_by"


class EndorsedBeforeClosing(Refusal):
    """Whoever hands in on the last day could not be answered in time."""

    sentence = gettext_noop(
        "The manager's last day to answer lies before the round closes, so whoever hands in on "
        "the last day could get no answer in time. Choose a later one."
    )
    field = "endorse_by"


# --- Levels of amounts ---------------------------------------------------------------------


class LevelUpsideDown(Refusal):
    """The ends of a level the wrong way round."""

    sentence = gettext_noop("The highest sum must be at least the lowest.")
    field = "high_minor"


class LevelsOverlap(Refusal):
    """A sum in two levels. Needs ``level``, ``low`` and ``high``."""

    sentence = gettext_noop(
        "The level “%(level)s” is from %(low)s to %(high)s, so some sums would be in both. "
        "Let this one begin or end outside it."
    )
    field = "low_minor"


class LevelUnderFloor(Refusal):
    """A level that begins too low. Needs ``floor`` and ``level``."""

    sentence = gettext_noop(
        "The least one may ask for is %(floor)s. Let the level “%(level)s” begin there or higher."
    )
    field = "low_minor"


class LevelOverCap(Refusal):
    """A level that ends too high. Needs ``cap``, ``level`` and ``year``."""

    sentence = gettext_noop(
        "One project can get at most %(cap)s in %(year)s. Let the level “%(level)s” end there or "
        "lower."
    )
    field = "high_minor"
