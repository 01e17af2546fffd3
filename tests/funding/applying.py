"""Ready applicants and drafts for the tests of the applicant's way."""

from typing import Any

from idesluss.funding.models import Application
from idesluss.funding.reads.sheet import questions_of, sheet
from idesluss.funding.usecases import apply, submit, write
from idesluss.ideas.models import Idea
from idesluss.logic.merging import fingerprints
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.records.models import Entry
from tests.factories import NOON, RoundFactory, UnitFactory, person_as

NEED = "Backarna gör att cyklarna inte används."


def employee_of(round: Round, **fields: Any) -> Person:
    return person_as(Role.EMPLOYEE, round.programme.organisation, **fields)


def fresh(application: Application) -> Application:
    return Application.objects.select_related("idea", "round").get(pk=application.pk)


def seen(application: Application) -> dict[str, str]:
    """The fingerprints of everything as it lies now."""
    application = fresh(application)
    return fingerprints(sheet(application, questions_of(application.round)))


def draft(round: Round | None = None, by: Person | None = None) -> tuple[Application, Person]:
    """A draft with title and need, and its owner."""
    round = round or RoundFactory()
    by = by or employee_of(round)
    application = apply(
        round.pk, title="Elmotorer på cyklar", need=NEED, language="sv", by=by, at=NOON
    )
    return application, by


def whole_draft(round: Round | None = None) -> tuple[Application, Person]:
    """A draft with everything that is asked for, and its owner."""
    application, owner = draft(round)
    unit = UnitFactory(organisation=application.round.programme.organisation)
    values = {
        "unit": unit.pk,
        "lines": (("Elmotorer", 25_000_00), ("Montering", 10_000_00)),
        "ends_on": NOON.date().replace(year=2027),
    }
    write(application.pk, values=values, seen=seen(application), by=owner, at=NOON)
    return application, owner


def handed_in(round: Round | None = None) -> tuple[Application, Person]:
    """An application that has been handed in at NOON, and its owner."""
    application, owner = whole_draft(round)
    return submit(application.pk, by=owner, at=NOON), owner


def verbs(thing: Application | Idea) -> list[str]:
    return [entry.verb for entry in Entry.objects.about(thing)]
