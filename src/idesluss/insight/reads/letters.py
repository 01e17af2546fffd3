"""Letters that an office may look after, shut cases left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from idesluss.adoption.models import Adoption
from idesluss.assessment.models import Assessment
from idesluss.funding.models import Application, Decision, Endorsement
from idesluss.ideas.models import Alike, Arrival, Challenge, Idea, Talk, handled
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project, Report
from idesluss.records.models import Letter
from idesluss.records.usecases.daily import DAILY

# What a line of the records may be about that belongs to a case, and the way to the case.
CASES: dict[str, tuple[Any, str]] = {
    model._meta.label_lower: (model, idea)
    for model, idea in (
        (Idea, ""),
        (Application, "idea__"),
        (Assessment, "idea__"),
        (Endorsement, "application__idea__"),
        (Decision, "application__idea__"),
        (Project, "idea__"),
        (Report, "project__idea__"),
        (Adoption, "idea__"),
        (Talk, "idea__"),
        (Arrival, "idea__"),
        (Challenge, "need__"),
        (Alike, "idea__"),
    )
}


def letters_of(person: Person, organisation_id: int, *, at: datetime) -> QuerySet[Letter]:
    """Letters of the organisation that ``person`` looks after as fund administrator or registrar.

    Never those that let somebody in (codes, links). A letter about a case is left out where the
    case is not open to them, and so is a daily letter that tells of such a case.
    """
    if not person.has_role(organisation_id, Role.ADMINISTRATOR, Role.REGISTRAR, at=at):
        return Letter.objects.none()
    case = Q(entry__about_kind__in=CASES)
    open_cases = Q()
    for kind, (model, idea) in CASES.items():
        open_to = handled(person, at=at, idea=idea)
        if idea and model._meta.get_field(idea.partition("__")[0]).null:
            open_to |= Q(**{f"{idea}isnull": True})  # about no case at all
        of_kind = model.objects.filter(open_to)
        found = Exists(of_kind.filter(pk=OuterRef("entry__about_id")))
        open_cases |= Q(entry__about_kind=kind) & Q(found)
    is_open = Q(entry=None) | ~case | open_cases
    shut = Letter.objects.filter(told_in=OuterRef("pk")).exclude(is_open)
    letters = Letter.objects.filter(organisation_id=organisation_id).exclude(
        kind__startswith="people."
    )
    return letters.filter(is_open).exclude(Q(kind=DAILY) & Exists(shut)).order_by("-id")
