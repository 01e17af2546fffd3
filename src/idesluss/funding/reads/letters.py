"""Letters that an office may look after, shut cases left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from idesluss.assessment.models import Assessment
from idesluss.funding.models import Application
from idesluss.ideas.models import Idea, handled
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.records.models import Letter

CASES: dict[str, tuple[Any, str]] = {
    Idea._meta.label_lower: (Idea, ""),
    Application._meta.label_lower: (Application, "idea__"),
    Assessment._meta.label_lower: (Assessment, "idea__"),
}


def letters_of(person: Person, organisation_id: int, *, at: datetime) -> QuerySet[Letter]:
    """Letters of the organisation that ``person`` looks after as fund administrator or registrar.

    Never those that let somebody in (codes, links). A letter about a case is left out where the
    case is not open to them.
    """
    if not person.has_role(organisation_id, Role.ADMINISTRATOR, Role.REGISTRAR, at=at):
        return Letter.objects.none()
    case = Q(entry__about_kind__in=CASES)
    open_cases = Q()
    for kind, (model, idea) in CASES.items():
        of_kind = model.objects.filter(handled(person, at=at, idea=idea))
        found = Exists(of_kind.filter(pk=OuterRef("entry__about_id")))
        open_cases |= Q(entry__about_kind=kind) & Q(found)
    letters = Letter.objects.filter(organisation_id=organisation_id).exclude(
        kind__startswith="people."
    )
    return letters.filter(Q(entry=None) | ~case | open_cases).order_by("-id")
