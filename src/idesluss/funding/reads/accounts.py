"""The sums of loaded grants and pots, as the cellar reckons with them."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum

from idesluss.funding.models import Posting, Pot
from idesluss.logic.ledger import Account, Kind, Purse
from idesluss.logic.refusals import Refusal, gettext_noop


class YearClosed(Refusal):
    """Nothing of a closed year moves. Needs ``year``."""

    sentence = gettext_noop(
        "The accounts of %(year)s are closed. A fund administrator can open them again."
    )


def account_of(grant: Any) -> Account:
    """The account of a grant that was read ``with_account``; no query."""
    return Account(
        currency=grant.currency,
        decided=grant.amount_minor,
        changed=int(grant.changed),
        released=int(grant.released),
        used=int(grant.used),
        returned=int(grant.returned),
        rows=grant.rows,
    )


def purse_of(pot: Pot) -> Purse:
    """The pot with the sums of its rows. One query."""
    rows = Posting.objects.filter(pot=pot).order_by().values_list("kind")
    sums = {kind: int(minor) for kind, minor in rows.annotate(Sum("amount_minor"))}
    return Purse(
        currency=pot.currency,
        set_aside=pot.amount_minor,
        added=sums.get(Kind.ADDED.value, 0),
        carried_in=sums.get(Kind.CARRIED_IN.value, 0),
        carried_out=sums.get(Kind.CARRIED_OUT.value, 0),
        handed_back=sums.get(Kind.HANDED_BACK.value, 0),
    )
