"""A year's pot and the rounds that it is for never contradict each other."""

from __future__ import annotations

from idesluss.funding.models import Application, Pot
from idesluss.logic.money import Money
from idesluss.logic.refusals import Missing, Refusal, gettext_noop, require
from idesluss.people.vocab import Currency
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.rules import has_sums


class PotCurrencyFixed(Refusal):
    """The pot's currency is what people have written, or been granted, sums in. Needs it."""

    sentence = gettext_noop(
        "There are applications in %(currency)s for this year already, so the pot stays in it."
    )
    field = "currency"


class RoundInOtherCurrency(Refusal):
    """A round with cost rules in another currency. Needs ``round``, ``theirs`` and ``wanted``."""

    sentence = gettext_noop(
        "The round “%(round)s” has sums in %(theirs)s, so the pot cannot be in %(wanted)s. "
        "Choose %(theirs)s, or take the sums out of the round's rules first."
    )
    field = "currency"


class CapFixed(Refusal):
    """Somebody has applied under this cap. Needs ``year``."""

    sentence = gettext_noop(
        "An application has been handed in for %(year)s, so the most for one project can no "
        "longer change: everybody is to apply on the same terms."
    )
    field = "cap_minor"


class CapUnderFloor(Refusal):
    """Nobody could ask for anything. Needs ``round`` and ``floor``."""

    sentence = gettext_noop(
        "In the round “%(round)s” nobody may ask for less than %(floor)s, so this cannot be "
        "less. Raise it, or change the round's rules first."
    )
    field = "cap_minor"


class CapUnderLevel(Refusal):
    """A level that nobody could fill. Needs ``round``, ``level`` and ``high``."""

    sentence = gettext_noop(
        "In the round “%(round)s” the level “%(level)s” goes up to %(high)s, so this cannot be "
        "less. Raise it, or change the level first."
    )
    field = "cap_minor"


def fit_rounds(
    programme: Programme, *, year: int, currency: str, cap_minor: int | None, before: Pot | None
) -> None:
    """Go on when a pot in ``currency`` suits the programme's rounds of ``year``. Use cases only.

    A round in which no sum is written takes the pot's currency. ``cap_minor`` is the most for
    one project, ``before`` the pot as it was, None for a new one.

    Raises:
        Missing: no such currency.
        PotCurrencyFixed, RoundInOtherCurrency, CapFixed, CapUnderFloor, CapUnderLevel: naming
            the field.
    """
    require(currency in Currency.values, Missing(field="currency"))
    rounds = Round.objects.select_for_update(of=("self",)).filter(
        programme=programme, project_year=year, archived_at=None
    )
    if before is not None:
        _require_unchanged(before, currency, cap_minor)
    for round in rounds.order_by("pk"):
        if round.currency != currency:
            _take_over(round, currency)
        if cap_minor is not None:
            _require_room(round, cap_minor)


def _require_unchanged(before: Pot, currency: str, cap_minor: int | None) -> None:
    """What applicants were told when they wrote stays as it is."""
    theirs = Application.objects.filter(
        round__programme=before.programme_id, round__project_year=before.year
    )
    if currency != before.currency:
        bound = before.postings.exists() or theirs.exists()
        require(not bound, PotCurrencyFixed(currency=before.currency))
    if cap_minor != before.cap_minor:
        require(not theirs.filter(submitted_at__isnull=False).exists(), CapFixed(year=before.year))


def _take_over(round: Round, currency: str) -> None:
    if has_sums(round) or round.applications.exists():
        raise RoundInOtherCurrency(round=round.name, theirs=round.currency, wanted=currency)
    round.currency = currency
    round.save(update_fields=["currency"])


def _require_room(round: Round, cap_minor: int) -> None:
    """The least sum and every level lie under the cap."""
    if round.floor_minor is not None and round.floor_minor > cap_minor:
        raise CapUnderFloor(round=round.name, floor=Money(round.floor_minor, round.currency))
    for level in round.levels.all():
        if level.high_minor > cap_minor:
            high = Money(level.high_minor, round.currency)
            raise CapUnderLevel(round=round.name, level=level.name, high=high)
