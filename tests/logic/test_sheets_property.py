"""What goes out comes back; grouping and totals equal their slow, obvious twins."""

import random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from idesluss.logic.outcomes import GIVES_MONEY, Outcome, Proposal, contradictions
from idesluss.logic.sheets import Row, Unreadable, cases, read_round, read_table, write_rows

# Everything a keyboard or a clipboard gives, with formula signs and quotes more often than usual.
letters = st.one_of(
    st.sampled_from("=+-@'\"; ,\t#åäöøæÅÖ_x"),
    st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")),
)
# What reading leaves: no stray blanks.
line = st.text(letters, max_size=30).map(lambda text: " ".join(text.split()))
text = line.filter(lambda it: not it.startswith("#"))
paragraphs = st.lists(text.filter(bool), max_size=3).map("\n".join)
sums = st.none() | st.integers(0, 10**13)


@st.composite
def coherent_rows(draw):
    """Rows as a reading leaves them: one case each, outcome and sums agreeing."""
    titles = draw(st.lists(text.filter(bool), min_size=1, max_size=6, unique_by=str.casefold))
    rows = []
    for number, title in enumerate(titles, 2):
        row = Row(
            number=number,
            title=title,
            department=draw(text),
            applicant=draw(text),
            asked_minor=draw(sums),
            granted_minor=draw(sums),
            outcome=draw(st.none() | st.sampled_from(Outcome)),
            reason=draw(paragraphs),
            currency=draw(st.sampled_from(["SEK", "DKK", "NOK", "EUR"])),
            year=draw(st.none() | st.integers(1990, 2060)),
            implementer=draw(text),
        )
        assume(len({" ".join(it.title.casefold().split()) for it in [*rows, row]}) > len(rows))
        assume(coherent(row))
        rows.append(row)
    return rows


def coherent(row):
    granted = row.granted_minor or 0
    if row.outcome is None:
        return granted == 0  # else the reading would infer one
    if row.outcome in GIVES_MONEY and row.granted_minor is None:
        return False
    return not contradictions(Proposal(row.outcome, row.asked_minor, granted))


@settings(max_examples=150, deadline=None)
@given(coherent_rows(), st.sampled_from(["csv", "xlsx"]))
def test_what_is_written_reads_back_as_the_same_rows(rows, kind):
    reading = read_round(read_table(write_rows(rows, kind), "rows"), currency="SEK", year=None)
    assert reading.problems == ()
    assert list(reading.rows) == rows


few = st.sampled_from(["Odling", "odling ", "ODLING", "Cyklar", "El  cyklar", "el cyklar"])
many_rows = st.lists(
    st.builds(
        Row,
        number=st.just(0),
        title=few,
        granted_minor=st.none() | st.integers(0, 1000),
        currency=st.sampled_from(["SEK", "DKK"]),
        year=st.sampled_from([2023, 2024]),
    ),
    max_size=12,
)


@given(many_rows)
def test_cases_are_the_rows_that_share_a_title_in_their_order(rows):
    naive = []
    for row in rows:
        for group in naive:
            if group[0].title.lower().split() == row.title.lower().split():
                group.append(row)
                break
        else:
            naive.append([row])
    assert [list(case.rows) for case in cases(rows)] == naive


@settings(deadline=None)
@given(many_rows.filter(bool))
def test_totals_are_the_sum_of_the_rows(rows):
    reading = read_round(read_table(write_rows(rows, "csv"), "rows"), currency="SEK", year=None)

    def naive(chosen):
        sums = {}
        for row in sorted(chosen, key=lambda it: it.currency):
            if row.granted_minor is not None:
                sums[row.currency] = sums.get(row.currency, 0) + row.granted_minor
        return sums

    by_year = {year: naive(row for row in rows if row.year == year) for year in (2023, 2024)}
    assert reading.totals == naive(rows)
    assert reading.totals_by_year == {year: sums for year, sums in by_year.items() if sums}
    for case in reading.cases:
        by_key = [
            (row.year, row.currency) for row in case.rows if row.granted_minor
        ]  # no implementers here
        assert {(year, currency) for year, _, currency in case.sums} == set(by_key)
        assert sum(case.sums.values()) == sum(case.granted.values())


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_file_however_odd_ends_in_anything_but_a_sentence(data):
    try:
        table = read_table(data, "odd")
    except Unreadable:
        return
    read_round(table, currency="SEK", year=2023).as_json()


def test_a_damaged_workbook_ends_in_a_sentence_too():
    whole = write_rows([Row(2, "Odling", granted_minor=100, outcome=Outcome.GRANTED)], "xlsx")
    chance = random.Random(2023)
    read = refused = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        try:
            read_round(read_table(bytes(data), "odd"), currency="SEK", year=2023)
            read += 1
        except Unreadable:
            refused += 1
    assert read + refused == 150
    assert refused > 100
