from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.money import Money
from idesluss.logic.terms import (
    ContinuesMissing,
    EndsAfterTheYear,
    HoursMissing,
    Level,
    Line,
    NotTheRate,
    NotThisKind,
    OnNoLevel,
    OtherwiseMissing,
    OverTheCap,
    Said,
    Term,
    Terms,
    TooFewDepartments,
    TooLittleCofinancing,
    TooMuchMaterial,
    UnderTheFloor,
    breaches,
    least_cofinancing,
    level_of,
    most_material,
    verdicts,
    work_minor,
)

LEVELS = (Level("Liten", 10_000_00, 50_000_00), Level("Stor", 100_000_00, 500_000_00))


def sek(kronor: float) -> Money:
    return Money(round(kronor * 100), "SEK")


def terms(**rules) -> Terms:
    return Terms(currency="SEK", project_year=2027, **rules)


def only(found):
    assert len(found) == 1
    return found[0]


def test_a_round_without_rules_takes_everything():
    said = Said(asked_minor=1, lines=(Line("Allt", 1),), ends_on=date(2031, 1, 1))
    assert verdicts(terms(), said) == ()


def test_material_over_its_share_is_told_with_the_exact_figures():
    said = Said(
        asked_minor=50_000_00,
        lines=(Line("Cyklar", 31_000_00, "material"), Line("Kurs", 19_000_00, "service")),
    )
    refusal = only(breaches(terms(material_percent=50), said))
    assert refusal == TooMuchMaterial(
        percent=50, most=sek(25_000), asked=sek(50_000), has=sek(31_000)
    )
    assert refusal.message.replace("\N{NO-BREAK SPACE}", " ") == (
        "Material may be at most 50 % of what you ask for: SEK 25,000 of SEK 50,000. "
        "You have SEK 31,000."
    )


def test_cofinancing_below_its_share_is_told_with_what_is_needed():
    said = Said(asked_minor=80_000_00, cofinanced_minor=10_000_00)
    refusal = only(breaches(terms(cofinancing_percent=20), said))
    assert refusal == TooLittleCofinancing(
        percent=20, least=sek(20_000), whole=sek(100_000), has=sek(10_000)
    )
    enough = Said(asked_minor=80_000_00, cofinanced_minor=20_000_00)
    assert breaches(terms(cofinancing_percent=20), enough) == ()


def test_shares_of_a_sum_that_nobody_has_said_are_not_broken():
    said = Said(lines=(Line("Cyklar", 0, "material"),))
    assert breaches(terms(material_percent=0, cofinancing_percent=99), said) == ()


def test_limits_are_rounded_so_that_the_figure_told_is_the_one_that_counts():
    assert most_material(1_01, 50) == 50
    assert least_cofinancing(100_00, 33) == 49_26  # 49.25373…


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (9_999_99, UnderTheFloor(floor=sek(10_000), asked=sek(9_999.99))),
        (10_000_00, None),
        (200_000_00, None),
        (200_000_01, OverTheCap(cap=sek(200_000), asked=sek(200_000.01))),
        (None, None),
        (0, None),
    ],
)
def test_floor_and_cap_are_included(asked, refusal):
    rules = terms(floor_minor=10_000_00, cap_minor=200_000_00)
    found = breaches(rules, Said(asked_minor=asked))
    assert found == ((refusal,) if refusal else ())


@pytest.mark.parametrize(
    ("asked", "name"),
    [(50_000_01, "Liten"), (75_000_00, "Liten"), (75_000_01, "Stor"), (600_000_00, "Stor")],
)
def test_a_sum_on_no_level_is_told_the_nearest_the_lower_when_both_are(asked, name):
    near = next(it for it in LEVELS if it.name == name)
    low, high = Money(near.low_minor, "SEK"), Money(near.high_minor, "SEK")
    refusal = OnNoLevel(asked=Money(asked, "SEK"), name=name, low=low, high=high)
    assert breaches(terms(levels=LEVELS), Said(asked_minor=asked)) == (refusal,)


def test_the_level_is_the_lowest_that_holds_the_sum():
    both = Level("Vid", 20_000_00, 400_000_00)
    assert level_of([both, *LEVELS], 30_000_00) == LEVELS[0]
    assert level_of([both, *LEVELS], 60_000_00) == both
    assert level_of([both, *LEVELS], 5_00) is None
    assert level_of(LEVELS, None) is None


def test_own_work_has_its_hours_and_the_rate():
    lines = (
        Line("Ledning", 36_000_00, "work", 80),
        Line("Kurs", 1_00, "service"),
        Line("Test", 500_00, "work", 2),
        Line("Möten", 0, "work"),
    )
    assert breaches(terms(work_rate_minor=450_00), Said(lines=lines)) == (
        NotTheRate(what="Test", hours=2, rate=sek(450), due=sek(900), has=sek(500)),
        HoursMissing(what="Möten", rate=sek(450)),
    )


def test_without_a_rate_own_work_is_a_sum_like_others():
    assert breaches(terms(), Said(lines=(Line("Ledning", 1_00, "work"),))) == ()


def test_a_kind_that_is_not_taken_and_a_continuation_of_nothing_are_both_told():
    said = Said(kind="continuation")
    assert breaches(terms(), said) == (NotThisKind(), ContinuesMissing())
    rules = terms(kinds=frozenset({"new", "continuation"}))
    assert breaches(rules, said) == (ContinuesMissing(),)
    assert breaches(rules, Said(kind="continuation", continues=True)) == ()


def test_the_last_day_lies_in_the_project_year_when_it_must():
    rules = terms(must_end_in_year=True)
    last = Said(ends_on=date(2027, 12, 31))
    after = Said(ends_on=date(2028, 1, 1))
    assert breaches(rules, last) == breaches(rules, Said()) == ()
    assert breaches(rules, after) == (EndsAfterTheYear(year=2027, ends_on=date(2028, 1, 1)),)
    assert breaches(terms(), after) == ()


def test_why_it_would_not_happen_otherwise_is_more_than_spaces():
    rules = terms(asks_otherwise=True)
    assert breaches(rules, Said(otherwise=" \n")) == (OtherwiseMissing(),)
    assert breaches(rules, Said(otherwise="Ingen annan betalar.")) == ()


def test_enough_departments_take_part():
    rules = terms(departments_needed=2)
    assert breaches(rules, Said(departments=1)) == (TooFewDepartments(needed=2, has=1),)
    assert breaches(rules, Said(departments=2)) == ()
    assert breaches(terms(), Said(departments=0)) == ()


def test_every_breach_is_told_in_the_order_in_which_one_reads():
    rules = terms(
        kinds=frozenset({"new", "continuation"}),
        must_end_in_year=True,
        asks_otherwise=True,
        floor_minor=1_000_00,
        levels=LEVELS,
        work_rate_minor=450_00,
        material_percent=10,
        cofinancing_percent=10,
        departments_needed=2,
        cap_minor=2_000_00,
    )
    said = Said(
        asked_minor=500_00,
        lines=(Line("Cyklar", 500_00, "material"), Line("Möten", 0, "work")),
        kind="continuation",
        ends_on=date(2028, 1, 1),
        departments=1,
    )
    found = verdicts(rules, said)
    assert [verdict.term for verdict in found] == list(Term)
    assert [verdict.term for verdict in found if verdict.kept] == [Term.KIND, Term.CAP]
    assert [one.field for one in breaches(rules, said)] == [
        "continues", "ends_on", "otherwise", "asked", "asked", "lines", "lines", "cofinanced",
        "partners",
    ]  # fmt: skip


# --- Held against the same rules with fractions, nothing rounded --------------------------------

minor = st.integers(0, 3_000_00)
lines = st.lists(
    st.builds(
        Line,
        st.just("Rad"),
        minor,
        st.sampled_from(["material", "work", "service", "other"]),
        st.none() | st.integers(0, 20),
    ),
    max_size=5,
)
percents = st.none() | st.integers(1, 99)
rules = st.builds(
    terms,
    floor_minor=st.none() | st.integers(1, 3_000_00),
    cap_minor=st.none() | st.integers(1, 3_000_00),
    kinds=st.sampled_from([frozenset({"new"}), frozenset({"new", "implementation"})]),
    must_end_in_year=st.booleans(),
    asks_otherwise=st.booleans(),
    cofinancing_percent=percents,
    material_percent=percents,
    work_rate_minor=st.none() | st.integers(1, 500_00),
    departments_needed=st.integers(1, 3),
)
told = st.builds(
    Said,
    asked_minor=st.none() | minor,
    lines=lines,
    cofinanced_minor=minor,
    kind=st.sampled_from(["new", "implementation"]),
    continues=st.booleans(),
    ends_on=st.none() | st.dates(date(2026, 12, 30), date(2028, 1, 2)),
    otherwise=st.sampled_from(["", " ", "Därför."]),
    departments=st.integers(0, 3),
)


def naive(rules: Terms, said: Said) -> set[Term]:
    """Which rules are broken, said as one would say it aloud."""
    asked, c = said.asked_minor or 0, said.cofinanced_minor
    material = sum(it.amount_minor for it in said.lines if it.cost == "material")
    work = [it for it in said.lines if it.cost == "work"]
    broken = {
        Term.KIND: said.kind not in rules.kinds,
        Term.CONTINUES: said.kind != "new" and not said.continues,
        Term.YEAR: rules.must_end_in_year and said.ends_on and said.ends_on.year != 2027,
        Term.OTHERWISE: rules.asks_otherwise and not said.otherwise.strip(),
        Term.CAP: rules.cap_minor and asked > rules.cap_minor,
        Term.FLOOR: rules.floor_minor and 0 < asked < rules.floor_minor,
        Term.WORK: rules.work_rate_minor
        and any(not it.hours or it.amount_minor != it.hours * rules.work_rate_minor for it in work),
        Term.MATERIAL: rules.material_percent
        and asked
        and Fraction(material, asked) > Fraction(rules.material_percent, 100),
        Term.COFINANCING: rules.cofinancing_percent
        and asked
        and Fraction(c, asked + c) < Fraction(rules.cofinancing_percent, 100),
        Term.DEPARTMENTS: rules.departments_needed > 1
        and said.departments < rules.departments_needed,
    }
    return {term for term, wrong in broken.items() if wrong}


@given(rules, told)
def test_what_is_broken_is_what_fractions_say(rules, said):
    assert {it.term for it in verdicts(rules, said) if not it.kept} == naive(rules, said)


@given(st.integers(0, 10_000), st.integers(1, 99))
def test_the_least_that_others_pay_is_the_first_sum_that_is_enough(asked, percent):
    share = Fraction(percent, 100)
    least = least_cofinancing(asked, percent)
    assert least == 0 == asked or Fraction(least, asked + least) >= share
    assert not least or Fraction(least - 1, asked + least - 1) < share


@given(st.integers(1, 10_000), st.integers(0, 99))
def test_the_most_material_is_the_last_sum_that_keeps_the_share(asked, percent):
    most = most_material(asked, percent)
    assert Fraction(most, asked) <= Fraction(percent, 100) < Fraction(most + 1, asked)


@given(st.none() | st.integers(0, 500), st.integers(1, 1_000_00))
def test_own_work_at_the_computed_sum_never_breaks_the_rate(hours, rate):
    line = Line("Ledning", work_minor(hours, rate), "work", hours)
    found = breaches(terms(work_rate_minor=rate), Said(lines=(line,)))
    assert found == (() if hours else (HoursMissing(what="Ledning", rate=Money(rate, "SEK")),))


@given(st.lists(st.tuples(minor, minor), max_size=4), minor)
def test_a_sum_is_on_a_level_when_some_level_holds_it(ranges, asked):
    levels = [Level(f"{n}", min(it), max(it)) for n, it in enumerate(ranges)]
    holding = [it for it in levels if asked in range(it.low_minor, it.high_minor + 1)]
    assert (level_of(levels, asked) is None) == (not holding)
