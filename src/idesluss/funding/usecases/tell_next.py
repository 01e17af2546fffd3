"""Tell owners of drafts whose round has closed that the next one is open to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from idesluss.funding.models import Application
from idesluss.funding.usecases.carry import round_to_go_on_into
from idesluss.funding.usecases.held import held
from idesluss.ideas.models import Involvement
from idesluss.ideas.vocab import Part
from idesluss.logic.lifecycle import Stage
from idesluss.programmes.models import Round
from idesluss.records.models import Entry
from idesluss.records.usecases import note

TOLD = "funding.can_go_on"


def tell_of_next_round(*, at: datetime) -> int:
    """Tell the owner of each draft that can go on into the round that is open now; how many.

    Once for each closing of the draft's round, also where the next round opens long after it, and
    not where its owner may not apply there. Notes ``funding.can_go_on``, which leads to the
    letter. Each draft has a transaction of its own, so the work may be done twice or be cut off.
    """
    numbers = list(_untold(at).order_by("pk").values_list("pk", flat=True))
    return sum(_tell_one(number, at=at) for number in numbers)


@transaction.atomic
def _tell_one(application_id: int, *, at: datetime) -> int:
    application = held(application_id)
    if not _untold(at).filter(pk=application_id).exists():
        return 0  # handed in, moved, or told by another process meanwhile
    owners = application.idea.involvements.filter(part=Part.OWNER.value, ended_at=None)
    owner = owners.select_related("person").order_by("id")[0].person
    going_to = round_to_go_on_into(application, owner, at=at)
    if going_to is None:
        return 0
    note(
        TOLD,
        about=application,
        by=None,
        at=at,
        person=owner.pk,
        round=application.round.name,
        to=going_to.name,
        closes=going_to.closes_at.isoformat() if going_to.closes_at else "",
    )
    return 1


def _untold(at: datetime) -> QuerySet[Application]:
    """Drafts that may have somewhere to go, and whose owner has not been told since the closing."""
    owned = Involvement.objects.filter(
        idea=OuterRef("idea"), part=Part.OWNER.value, ended_at=None, person__is_active=True
    )
    following: QuerySet[Round] = Round.objects.filter(
        programme=OuterRef("round__programme"),
        currency=OuterRef("round__currency"),
        announced_at__lte=at,
        archived_at=None,
        opens_at__lte=at,
        closes_at__gt=at,
    )
    told: QuerySet[Any] = Entry.objects.filter(
        verb=TOLD,
        about_kind=Application._meta.label_lower,
        about_id=OuterRef("pk"),
        at__gte=OuterRef("round__closes_at"),
    )
    drafts = Application.objects.filter(
        idea__stage=Stage.DRAFT.value, round__flows_on=True, round__closes_at__lte=at
    )
    return drafts.filter(Exists(owned), Exists(following)).exclude(Exists(told))
