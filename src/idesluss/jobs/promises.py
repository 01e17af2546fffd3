"""Each working morning: what sluices owe is told to those who owe it, and what is late goes on."""

from datetime import datetime

from idesluss.ideas.usecases import tell_promises
from idesluss.people.models import Organisation
from idesluss.programmes.models import Edition


def keep_promises(at: datetime) -> int:
    """Look through every organisation that has a sluice; returns how many cases were told of.

    Each organisation is looked through in a transaction of its own, once for each of its working
    mornings, whenever and however often the clock comes by.
    """
    sluices = Edition.objects.opened().order_by().values("programme__organisation")
    there = Organisation.objects.filter(pk__in=sluices, archived_at=None).order_by("pk")
    return sum(tell_promises(number, at=at) for number in there.values_list("pk", flat=True))
