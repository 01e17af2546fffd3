"""Take a round of another year, or of another system, in from a table: all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from idesluss.funding.models import Application, Grant, RoundImport
from idesluss.funding.reads.imports import Facts, Plan, facts_of_case, plan
from idesluss.funding.rules import may_import
from idesluss.ideas.usecases.record import correct_record, record
from idesluss.logic.lifecycle import Stage
from idesluss.logic.outcomes import Outcome
from idesluss.logic.refusals import Missing, NotAllowed, Refusal, gettext_noop, require
from idesluss.logic.sheets import Reading
from idesluss.people.models import Person, Unit
from idesluss.programmes.models import Programme, Round
from idesluss.records.usecases import next_number, note

STAGES = {
    None: Stage.RECEIVED,
    Outcome.GRANTED: Stage.TESTING,
    Outcome.PARTLY_GRANTED: Stage.TESTING,
    Outcome.GRANTED_WITH_CONDITIONS: Stage.TESTING,
    Outcome.GRANTED_LATER_POT: Stage.TESTING,
    Outcome.REFUSED: Stage.DECLINED,
    Outcome.INCOMPLETE: Stage.DECLINED,
    Outcome.POSTPONED: Stage.PARKED,
    Outcome.WITHDRAWN: Stage.WITHDRAWN,
}


class HasProblems(Refusal):
    """The table has problems; a preview shows them."""

    sentence = gettext_noop(
        "The file has problems, so nothing was taken in. Put them right and try again."
    )


class InTheWay(Refusal):
    """Needs ``title``."""

    sentence = gettext_noop(
        "“%(title)s” was handed in and handled here, and the file says something else about it. "
        "Nothing was taken in. Take the row out of the file, or choose another round."
    )


class OtherRound(Refusal):
    """The name is taken by a round with another project year."""

    sentence = gettext_noop(
        "There is a round with that name already, for %(year)s. Choose another name."
    )
    field = "name"


@dataclass(frozen=True, slots=True)
class About:
    """What a table does not say of itself: which round it is."""

    programme_id: int
    name: str
    year: int
    file_name: str = ""
    decided_on: date | None = None
    publish: bool = False  # the results are public at once


@dataclass(frozen=True, slots=True)
class Taken:
    """What was done, in cases."""

    round: Round
    new: int
    corrected: int
    unchanged: int


@transaction.atomic
def import_round(reading: Reading, about: About, *, by: Person | None, at: datetime) -> Taken:
    """Take ``reading`` in as the round ``about``; all or nothing, and notes ``funding.imported``.

    A case that is there with the same facts stays; one that came from a table before is put
    right; one that went through the round here stops everything. The same file twice therefore
    changes nothing. ``by`` is None for a command on the server, which may do it for anybody.
    Locks the programme, so that two imports at once do not make two of a case.

    Raises:
        NotAllowed: ``by`` does not administer the fund.
        HasProblems, InTheWay, OtherRound, Missing: nothing is written.
    """
    programme = (
        Programme.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=about.programme_id)
    )
    require(by is None or may_import(by, programme, at=at), NotAllowed)
    require(not reading.problems, HasProblems)
    require(bool(about.name.strip()), Missing(field="name"))
    round = round_named(programme, about.name)
    if round and round.project_year != about.year:
        raise OtherRound(year=round.project_year)
    planned = plan(reading.cases, round, year=about.year)
    if planned.in_the_way:
        raise InTheWay(title=planned.in_the_way[0].title)
    if round is None:
        round = _new_round(programme, about, reading.currency)
    taken = Taken(round, len(planned.new), len(planned.corrected), len(planned.unchanged))
    told = _is_told(round, reading, about)
    if about.publish and round.results_at is None:
        round.results_at = round.announced_at = at
        round.save(update_fields=["results_at", "announced_at"])
        told = False
    if planned.changes_nothing and told:
        return taken
    _take_in(planned, round, reading.currency, by=by, at=at)
    RoundImport.objects.create(
        round=round,
        file_name=about.file_name[:200],
        stated_total_minor=reading.stated_total,
        currency=reading.currency,
        decided_on=about.decided_on,
        by=by,
        at=at,
    )
    note(
        "funding.imported",
        about=round,
        by=by,
        at=at,
        file_name=about.file_name,
        new=taken.new,
        corrected=taken.corrected,
        unchanged=taken.unchanged,
        totals=reading.totals,
        stated_total=reading.stated_total,
    )
    return taken


def round_named(programme: Programme, name: str) -> Round | None:
    """The round of that name, whatever its capitals."""
    return programme.rounds.filter(name__iexact=name.strip()).first()


def _new_round(programme: Programme, about: About, currency: str) -> Round:
    slug = base = slugify(about.name)[:70] or f"round-{about.year}"
    number = 1
    while Round.objects.filter(
        programme__organisation=programme.organisation_id, slug=slug
    ).exists():
        number += 1
        slug = f"{base}-{number}"
    return Round.objects.create(
        programme=programme,
        name=about.name.strip(),
        slug=slug,
        project_year=about.year,
        currency=currency,
    )


def _is_told(round: Round, reading: Reading, about: About) -> bool:
    """Whether the round knows already what the file says of itself."""
    last = round.imports.order_by("-pk").first()
    return last is not None and (last.stated_total_minor, last.currency, last.decided_on) == (
        reading.stated_total,
        reading.currency,
        about.decided_on,
    )


def _take_in(
    planned: Plan, round: Round, currency: str, *, by: Person | None, at: datetime
) -> None:
    organisation_id = round.programme.organisation_id
    units = {
        unit.name: unit for unit in Unit.objects.filter(organisation=organisation_id, parent=None)
    }

    def unit_named(name: str) -> Unit | None:
        if name and name not in units:
            units[name] = Unit.objects.create(organisation_id=organisation_id, name=name)
            note("people.units_added", about=units[name], by=by, at=at, names=[name])
        return units.get(name)

    for case in planned.new:
        facts = facts_of_case(case, year=round.project_year)
        number = next_number(organisation_id=organisation_id, key=f"import:{round.project_year}")
        idea = record(
            round.programme,
            title=case.title,
            unit=unit_named(facts.department),
            applicant_name=facts.applicant,
            register_number=f"Import {round.project_year}/{number:04}",
            stage=STAGES[case.outcome],
            by=by,
            at=at,
        )
        application = Application(idea=idea, round=round, currency=currency, submitted_at=at)
        _fill(application, facts, currency, at)
    for case, application in planned.corrected:
        facts = facts_of_case(case, year=round.project_year)
        correct_record(
            application.idea,
            unit=unit_named(facts.department),
            applicant_name=facts.applicant,
            stage=STAGES[case.outcome],
            by=by,
            at=at,
        )
        application.grants.all().delete()
        _fill(application, facts, currency, at)


def _fill(application: Application, facts: Facts, currency: str, at: datetime) -> None:
    asked = facts.asked
    application.asked_minor = asked[0] if asked else None
    application.currency = asked[1] if asked else currency
    application.outcome = facts.outcome
    application.reason = facts.reason
    application.decided_at = at if facts.outcome else None
    application.save()
    Grant.objects.bulk_create(
        Grant(
            application=application,
            year=year,
            implementer=implementer,
            amount_minor=minor,
            currency=code,
        )
        for (year, implementer, code), minor in facts.sums
    )
