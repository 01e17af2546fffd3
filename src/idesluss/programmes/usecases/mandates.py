"""Who decides up to which sum in a programme, below its own body, and by which decision."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction

from idesluss.logic.money import Money
from idesluss.logic.refusals import Missing, TooLong, require
from idesluss.people.models import Body, Person
from idesluss.people.names import tidy
from idesluss.people.usecases import check_body
from idesluss.programmes.limits import (
    BodyUnable,
    MandateTwice,
    MandateZero,
    OwnBody,
    ReferenceMissing,
    SameSum,
)
from idesluss.programmes.models import Mandate, Programme
from idesluss.programmes.refusals import BodyAside
from idesluss.programmes.rules import may_set_up
from idesluss.records.usecases import note

LONGEST_REFERENCE = 200  # characters


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """A body decides what is at most ``up_to_minor``, in the organisation's currency.

    ``reference`` names the decision that gives the right; the body's own may stand in for it.
    """

    body_id: int | None
    up_to_minor: int | None
    reference: str = ""

    def checked(self) -> MandateFacts:
        """The same, tidied.

        Raises:
            Refusal: what cannot be used, naming its field.
        """
        if self.body_id is None:
            raise Missing(field="body")
        if self.up_to_minor is None:
            raise Missing(field="up_to_minor")
        require(self.up_to_minor > 0, MandateZero)
        reference, limit = tidy(self.reference), LONGEST_REFERENCE
        require(len(reference) <= limit, TooLong(field="reference", limit=limit))
        return replace(self, reference=reference)


@transaction.atomic
def add_mandate(programme_id: int, facts: MandateFacts, *, by: Person, at: datetime) -> Mandate:
    """Let a body decide up to a sum.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        Refusal: a fact that cannot be used, a body that cannot decide, decides without limit or
            has a sum already, or a sum that another body has; naming its field.
    """
    programme = _locked(programme_id)
    require(may_set_up(by, programme, at))
    facts = _fitting(programme, facts, at=at)
    mandate = Mandate.objects.create(programme=programme, **asdict(facts))
    _note("programmes.mandate_added", mandate, by=by, at=at)
    return mandate


@transaction.atomic
def change_mandate(mandate_id: int, facts: MandateFacts, *, by: Person, at: datetime) -> Mandate:
    """Change who decides, up to what, or by which decision.

    Raises:
        NotAllowed, Refusal: as ``add_mandate``.
    """
    mandate = Mandate.objects.get(pk=mandate_id)
    programme = _locked(mandate.programme_id)
    require(may_set_up(by, programme, at))
    facts = _fitting(programme, facts, but=mandate, at=at)
    for name, value in asdict(facts).items():
        setattr(mandate, name, value)
    mandate.save(update_fields=["body", "up_to_minor", "reference"])
    _note("programmes.mandate_changed", mandate, by=by, at=at)
    return mandate


@transaction.atomic
def remove_mandate(mandate_id: int, *, by: Person, at: datetime) -> None:
    """Take the right away; the records keep it, and ``bring_back`` gives it again.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
    """
    mandate = Mandate.objects.select_related("body").get(pk=mandate_id)
    programme = _locked(mandate.programme_id)
    require(may_set_up(by, programme, at))
    mandate.delete()
    _note("programmes.mandate_removed", mandate, by=by, at=at)


def _fitting(
    programme: Programme, facts: MandateFacts, *, but: Mandate | None = None, at: datetime
) -> MandateFacts:
    facts = facts.checked()
    bodies = Body.objects.filter(organisation=programme.organisation_id)
    body = bodies.get(pk=facts.body_id or 0)
    require(body.pk != programme.body_id, OwnBody(body=body.name))
    require_able(body, but=but.body_id if but else None, at=at)
    others = programme.mandates.exclude(pk=but.pk if but else 0).select_related("body")
    for other in others:
        require(other.body_id != body.pk, MandateTwice(body=body.name))
        if other.up_to_minor == facts.up_to_minor:
            shared = Money(other.up_to_minor, programme.organisation.currency)
            raise SameSum(body=other.body.name, sum=shared)
    require(bool(facts.reference or body.delegation), ReferenceMissing)
    return facts


def require_able(body: Body, *, but: int | None, at: datetime) -> None:
    """Go on when ``body`` can decide; ``but`` is the number of the one that was chosen before.

    Raises:
        BodyAside, BodyUnable: naming the field.
    """
    if body.pk == but:
        return
    require(body.archived_at is None, BodyAside)
    require(check_body(body, at.date()) is None, BodyUnable(body=body.name))


def _locked(programme_id: int) -> Programme:
    programmes = Programme.objects.select_for_update(of=("self",))
    return programmes.select_related("organisation").get(pk=programme_id)


def _note(verb: str, mandate: Mandate, *, by: Person, at: datetime) -> None:
    programme = mandate.programme
    kept = {name: getattr(mandate, name) for name in MandateFacts.__slots__}
    organisation_id = programme.organisation_id
    named = mandate.body.name
    note(
        verb, about=programme, by=by, at=at, organisation_id=organisation_id, kept=kept, body=named
    )
