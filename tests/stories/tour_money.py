"""The pages about money, and who goes there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from idesluss.funding.models import Application, Grant
from idesluss.programmes.models import Programme, Round
from tests.stories.stops import APPLICANT, CHAIR, DECIDED, LAMPS_TITLE, TOWN, Stop, case, office


def fund() -> int:
    """The number of the fund in Slusstad that has granted money."""
    granted = Programme.objects.filter(organisation__slug=TOWN, rounds__slug=DECIDED)
    return granted.get().pk


def year() -> int:
    """The year of the decided round."""
    return Round.objects.get(slug=DECIDED, programme__organisation__slug=TOWN).project_year


def closed() -> int:
    """The year before it, whose accounts are closed."""
    return year() - 1


def own() -> int:
    """A granted application of the applicant's."""
    granted = Application.objects.filter(
        round__slug=DECIDED,
        outcome__startswith="granted",
        idea__involvements__person__email=APPLICANT,
    )
    return granted.order_by("pk")[0].pk


def grant_of(application: Callable[[], int]) -> Callable[[], int]:
    """The number of its grant."""
    return lambda: Grant.objects.get(application=application()).pk


LAMPS = case(DECIDED, LAMPS_TITLE)

MONEY: Mapping[str, tuple[Stop, ...]] = {
    "funding:ledger": (
        office(fund, year),
        office(fund, closed),
        Stop(CHAIR, (TOWN, fund, year)),
    ),
    "funding:ledger_rows": (office(fund, year),),
    "funding:pot_add": (office(fund, year, amount="mycket"),),
    "funding:year_close": (office(fund, year, words=""),),
    "funding:year_reopen": (office(fund, closed, reason=""),),
    "funding:money": (office(LAMPS), Stop(APPLICANT, (TOWN, own))),
    "funding:money_used": (office(LAMPS, amount="mycket"),),
    "funding:money_plan": (office(LAMPS, grant_of(LAMPS), **{"form-0-amount": "mycket"}),),
    "funding:money_act": tuple(
        office(LAMPS, act, amount="mycket")
        for act in ("change", "release", "undo", "return", "transfer")
    ),
}
