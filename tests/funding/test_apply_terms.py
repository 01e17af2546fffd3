"""What only some rounds ask: saved as one writes, held against the rules when it is handed in."""

from datetime import date

import pytest

from idesluss.funding.models import Application
from idesluss.funding.reads.earlier import to_go_on_from
from idesluss.funding.reads.rulebook import terms_of
from idesluss.funding.reads.sheet import Gap, gaps, questions_of
from idesluss.funding.usecases import apply, submit, write
from idesluss.funding.usecases.submit import NotComplete, NotForYou
from idesluss.funding.usecases.write import TooManyHours
from idesluss.ideas.usecases.write import NotChoosable
from idesluss.ideas.vocab import Part
from idesluss.logic.money import Money
from idesluss.logic.refusals import NotAllowed, TooLong
from idesluss.logic.terms import (
    ContinuesMissing,
    EndsAfterTheYear,
    HoursMissing,
    Line,
    NotThisKind,
    OnNoLevel,
    OtherwiseMissing,
    TooFewDepartments,
    TooLittleCofinancing,
    TooMuchMaterial,
    UnderTheFloor,
)
from idesluss.people.vocab import Role
from idesluss.programmes.models import Level
from tests.factories import (
    NOON,
    ApplicationFactory,
    AppointmentFactory,
    PotFactory,
    RoundFactory,
    UnitFactory,
    involve,
    person_as,
)
from tests.funding.applying import draft, employee_of, fresh, seen, whole_draft

pytestmark = pytest.mark.django_db
EVERY_RULE = {
    "kinds": ["new", "continuation", "implementation"],
    "floor_minor": 10_000_00,
    "must_end_in_year": True,
    "asks_otherwise": True,
    "cofinancing_percent": 20,
    "material_percent": 50,
    "work_rate_minor": 450_00,
    "units_needed": 2,
}


def save(application, by, **values):
    return write(application.pk, values=values, seen=seen(application), by=by, at=NOON)


def missing(application):
    application = fresh(application)
    round = application.round
    return gaps(application, questions_of(round), terms_of(round))


def granted_before(round, *, owner=None, unit=None, public=True, outcome="granted", title="Pilot"):
    """An application of the year before with an outcome."""
    before = RoundFactory(programme=round.programme, results_at=NOON if public else None)
    return ApplicationFactory(
        round=before,
        stage="testing",
        owner=owner,
        unit=unit,
        idea__title=title,
        outcome=outcome,
        decided_at=NOON,
    )


def test_everything_that_a_round_may_ask_is_saved_as_it_was_written():
    round = RoundFactory(**EVERY_RULE)
    application, owner = draft(round)
    partner = UnitFactory(organisation=round.programme.organisation)
    earlier = granted_before(round, owner=owner)

    written = save(
        application,
        owner,
        kind="continuation",
        continues=earlier.pk,
        otherwise=" Ingen annan betalar.\r\n",
        lines=(
            Line(" Cyklar ", 20_000_00, "material"),
            Line("Ledning", 1, "work", 40),
            Line("Kurs", 2_000_00, "service", 7),
        ),
        cofinanced=10_000_00,
        cofinanced_by=" Egen \n förvaltning ",
        partners=(partner.pk,),
    )

    application = fresh(application)
    assert written.problems == written.clashes == {}
    assert (application.kind, application.continues) == ("continuation", earlier)
    assert application.otherwise == "Ingen annan betalar."
    assert (application.cofinanced_minor, application.cofinanced_by) == (
        10_000_00,
        "Egen förvaltning",
    )
    assert list(application.partners.all()) == [partner]
    lines = application.budget_lines.values_list("what", "amount_minor", "kind", "hours")
    assert list(lines) == [
        ("Cyklar", 20_000_00, "material", None),
        ("Ledning", 18_000_00, "work", 40),
        ("Kurs", 2_000_00, "service", None),
    ]
    assert application.asked_minor == 40_000_00


def test_own_work_without_a_rate_is_a_sum_and_has_no_hours():
    application, owner = draft(RoundFactory(material_percent=50))
    save(application, owner, lines=(Line("Ledning", 500_00, "work", 40),))
    line = fresh(application).budget_lines.get()
    assert (line.amount_minor, line.kind, line.hours) == (500_00, "work", None)


def test_hours_without_words_are_kept_and_something_new_goes_on_from_nothing():
    round = RoundFactory(**EVERY_RULE)
    application, owner = draft(round)
    earlier = granted_before(round, owner=owner)
    save(application, owner, kind="implementation", continues=earlier.pk)

    save(application, owner, kind="new", lines=(Line("", 0, "work", 3), Line("", 0, "material")))

    application = fresh(application)
    assert (application.kind, application.continues) == ("new", None)
    assert [line.amount_minor for line in application.budget_lines.all()] == [1_350_00]


def test_what_can_not_be_is_refused_and_the_rest_is_saved():
    application, owner = draft(RoundFactory(**{**EVERY_RULE, "kinds": ["new", "continuation"]}))
    other = UnitFactory()
    below = UnitFactory(
        organisation=application.round.programme.organisation,
        parent=UnitFactory(organisation=application.round.programme.organisation),
    )

    written = save(
        application,
        owner,
        kind="implementation",
        continues=ApplicationFactory().pk,
        otherwise="x" * 2001,
        cofinanced_by="x" * 161,
        partners=(other.pk, below.pk),
        cofinanced=1,
    )

    assert written.problems == {
        "kind": NotThisKind(),
        "continues": NotChoosable(field="continues"),
        "otherwise": TooLong(field="otherwise", limit=2000),
        "cofinanced_by": TooLong(field="cofinanced_by", limit=160),
        "partners": NotChoosable(field="partners"),
    }
    assert written.saved == {"cofinanced"}
    for line, refusal in (
        (Line("A", 0, "work", 100_001), TooManyHours(limit=100_000)),
        (Line("A", 1, "gold"), NotChoosable(field="lines")),
    ):
        assert save(application, owner, lines=(line,)).problems == {"lines": refusal}


def test_a_department_out_of_use_stays_where_it_takes_part():
    application, owner = draft(RoundFactory(units_needed=2))
    old, new = UnitFactory.create_batch(2, organisation=application.round.programme.organisation)
    save(application, owner, partners=(old.pk,))
    old.archived_at = NOON
    old.save()

    assert save(application, owner, partners=tuple(sorted((old.pk, new.pk)))).problems == {}
    assert save(application, owner, partners=()).saved == {"partners"}
    assert set(save(application, owner, partners=(old.pk,)).problems) == {"partners"}


# --- What one may go on from -------------------------------------------------------------------


def test_one_goes_on_from_ones_own_grants_and_from_the_public_ones_of_the_unit():
    round = RoundFactory(kinds=["continuation"])
    application, owner = draft(round)
    organisation = round.programme.organisation
    unit, workplace = UnitFactory.create_batch(2, organisation=organisation)
    save(application, owner, unit=unit.pk)
    AppointmentFactory(organisation=organisation, person=owner, unit=workplace)
    able = [
        granted_before(round, owner=owner, public=False, outcome="granted_with_conditions"),
        granted_before(round, unit=unit),
        granted_before(round, unit=workplace, outcome="partly_granted"),
    ]
    granted_before(round, owner=owner, outcome="refused")
    granted_before(round, unit=unit, public=False)
    granted_before(round, unit=UnitFactory(organisation=organisation))
    granted_before(RoundFactory(), owner=owner)

    found = to_go_on_from(fresh(application), owner, at=NOON)

    assert set(found) == set(able)
    assert list(to_go_on_from(fresh(able[1]), owner, at=NOON)) == [able[2], able[0]]


def test_a_project_that_a_colleague_chose_stays():
    round = RoundFactory(kinds=["continuation"])
    application, owner = draft(round)
    earlier = granted_before(round, owner=owner)
    save(application, owner, continues=earlier.pk)
    friend = employee_of(round)
    involve(application.idea, friend, Part.CO_APPLICANT)

    assert save(application, friend, continues=earlier.pk, title="Ny").saved == {"title"}
    assert fresh(application).continues == earlier


# --- Handing in --------------------------------------------------------------------------------


def test_every_rule_that_is_broken_is_told_at_once_with_its_figures():
    round = RoundFactory(**EVERY_RULE)
    Level.objects.create(round=round, name="Liten", low_minor=20_000_00, high_minor=30_000_00)
    application, owner = whole_draft(round)
    save(
        application,
        owner,
        kind="continuation",
        ends_on=date(2028, 1, 1),
        lines=(Line("Cyklar", 5_000_00, "material"), Line("Möten", 0, "work")),
        cofinanced=1_000_00,
    )

    with pytest.raises(NotComplete) as refused:
        submit(application.pk, by=owner, at=NOON)

    def sek(kronor):
        return Money(kronor * 100, "SEK")

    assert refused.value.gaps == tuple(
        Gap(str(it.field), it)
        for it in (
            ContinuesMissing(),
            EndsAfterTheYear(year=2027, ends_on=date(2028, 1, 1)),
            OtherwiseMissing(),
            UnderTheFloor(floor=sek(10_000), asked=sek(5_000)),
            OnNoLevel(asked=sek(5_000), name="Liten", low=sek(20_000), high=sek(30_000)),
            HoursMissing(what="Möten", rate=sek(450)),
            TooMuchMaterial(percent=50, most=sek(2_500), asked=sek(5_000), has=sek(5_000)),
            TooLittleCofinancing(percent=20, least=sek(1_250), whole=sek(6_250), has=sek(1_000)),
            TooFewDepartments(needed=2, has=1),
        )
    )
    assert fresh(application).submitted_at is None


def test_what_keeps_every_rule_is_handed_in():
    round = RoundFactory(**EVERY_RULE)
    PotFactory(programme=round.programme)
    Level.objects.create(round=round, name="Stor", low_minor=30_000_00, high_minor=50_000_00)
    application, owner = whole_draft(round)
    organisation = round.programme.organisation
    save(
        application,
        owner,
        otherwise="Ingen annan betalar.",
        lines=(Line("Cyklar", 18_000_00, "material"), Line("Ledning", 0, "work", 40)),
        cofinanced=9_000_00,
        partners=(UnitFactory(organisation=organisation).pk,),
    )

    assert missing(application) == []
    assert submit(application.pk, by=owner, at=NOON).asked_minor == 36_000_00


def test_two_units_of_one_department_are_one_department():
    round = RoundFactory(units_needed=2)
    application, owner = whole_draft(round)
    department = UnitFactory(organisation=round.programme.organisation)
    unit = UnitFactory(organisation=round.programme.organisation, parent=department)
    save(application, owner, unit=unit.pk, partners=(department.pk,))

    assert missing(application) == [Gap("partners", TooFewDepartments(needed=2, has=1))]


def test_a_cap_in_another_currency_than_the_rounds_is_not_held_against_it():
    round = RoundFactory(currency="EUR")
    PotFactory(programme=round.programme, cap_minor=1_00, currency="SEK")
    application, _owner = whole_draft(round)
    assert (application.currency, missing(application)) == ("EUR", [])


# --- For whom the round is ---------------------------------------------------------------------


def test_a_round_for_managers_is_begun_and_handed_in_by_managers():
    round = RoundFactory(applicants="managers")
    organisation = round.programme.organisation
    manager = person_as(Role.MANAGER, organisation)
    elsewhere = employee_of(round)
    AppointmentFactory(person=elsewhere, role=Role.MANAGER.value)

    with pytest.raises(NotAllowed):
        apply(round.pk, title="Nej", need="", language="sv", by=elsewhere, at=NOON)
    assert apply(round.pk, title="Ja", need="", language="sv", by=manager, at=NOON).round == round


def test_a_round_for_some_units_is_for_those_who_work_there_or_below():
    round = RoundFactory()
    organisation = round.programme.organisation
    department, other = UnitFactory.create_batch(2, organisation=organisation)
    unit = UnitFactory(organisation=organisation, parent=department)
    round.units.add(department)

    def begins(unit):
        person = employee_of(round)
        person.appointments.update(unit=unit)
        try:
            apply(round.pk, title="Ja", need="", language="sv", by=person, at=NOON)
        except NotAllowed:
            return False
        return True

    assert [begins(it) for it in (department, unit, other, None)] == [True, True, False, False]


def test_a_draft_from_before_is_handed_in_if_one_of_its_writers_may_apply():
    application, owner = whole_draft()
    round = application.round
    round.applicants = "managers"
    round.save()

    with pytest.raises(NotForYou):
        submit(application.pk, by=owner, at=NOON)
    assert Application.objects.get(pk=application.pk).submitted_at is None

    manager = person_as(Role.MANAGER, round.programme.organisation)
    involve(application.idea, manager, Part.CO_APPLICANT)
    assert submit(application.pk, by=owner, at=NOON).submitted_at == NOON
