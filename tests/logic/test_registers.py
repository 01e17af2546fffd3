import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from idesluss.logic.registers import (
    BadPattern,
    NotThisPattern,
    NumberMissing,
    PatternTooLong,
    RegisterNumber,
    RepeatedField,
    UnknownField,
    check_pattern,
    has_series,
    is_yearly,
    read,
    write,
)


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("INN {year}/{number:04}", "INN 2023/0007"),
        ("KS 2023.{number}", "KS 2023.7"),
        ("{series}-{year}-{number:06}", "KS-2023-000007"),
        ("{number}", "7"),
        ("{year}{number}", "20237"),
        ("{number}{series}{year}", "7KS2023"),
        ("Dnr {series} {number:09}", "Dnr KS 000000007"),
    ],
)
def test_a_pattern_writes_register_numbers(pattern, written):
    assert write(pattern, number=7, year=2023, series="KS") == written
    assert read(pattern, f" {written}\n") == RegisterNumber(
        7,
        2023 if "{year}" in pattern else None,
        "KS" if "{series}" in pattern else None,
    )


def test_a_number_that_outgrows_its_zeros_is_still_whole():
    assert write("{number:02}", number=12345, year=2023) == "12345"
    assert read("{number:02}", "12345") == RegisterNumber(12345)


@pytest.mark.parametrize(
    ("pattern", "refusal"),
    [
        ("", NumberMissing(pattern="")),
        ("INN {year}", NumberMissing(pattern="INN {year}")),
        ("{number} {numbr}", UnknownField(pattern="{number} {numbr}", name="{numbr}")),
        ("{number} {}", UnknownField(pattern="{number} {}", name="{}")),
        ("{0} {number}", UnknownField(pattern="{0} {number}", name="{0}")),
        (
            "{number.__class__}",
            UnknownField(pattern="{number.__class__}", name="{number.__class__}"),
        ),
        ("{number[0]}", UnknownField(pattern="{number[0]}", name="{number[0]}")),
        ("{number}{number}", RepeatedField(pattern="{number}{number}", name="{number}")),
        ("{year}{number}{year}", RepeatedField(pattern="{year}{number}{year}", name="{year}")),
        ("x" * 33 + "{number}", PatternTooLong(pattern="x" * 33 + "{number}", limit=40)),
        ("{number", BadPattern(pattern="{number")),
        ("number}", BadPattern(pattern="number}")),
        ("{{{number}}}", BadPattern(pattern="{{{number}}}")),
        ("{number!r}", BadPattern(pattern="{number!r}")),
        ("{number:x}", BadPattern(pattern="{number:x}")),
        ("{number:4}", BadPattern(pattern="{number:4}")),
        ("{number:00}", BadPattern(pattern="{number:00}")),
        ("{number:010}", BadPattern(pattern="{number:010}")),
        ("{number:{year}}", BadPattern(pattern="{number:{year}}")),
        ("{year:02} {number}", BadPattern(pattern="{year:02} {number}")),
        ("{series:04} {number}", BadPattern(pattern="{series:04} {number}")),
        ("INN\n{number}", BadPattern(pattern="INN\n{number}")),
        (" {number}", BadPattern(pattern=" {number}")),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused(pattern, refusal):
    with pytest.raises(BadPattern) as caught:
        check_pattern(pattern)
    assert caught.value == refusal
    assert caught.value.field == "register_pattern"


def test_a_pattern_of_forty_characters_fits_with_all_it_writes():
    pattern = "x" * 18 + "{number}{year}{series}"
    assert len(pattern) == 40
    assert len(write(pattern, number=999_999_999, year=2023, series="A" * 10)) <= 60


def test_a_pattern_tells_whether_numbers_may_begin_again():
    assert [is_yearly("INN {year}/{number}"), is_yearly("KS {number}")] == [True, False]
    assert [has_series("{series} {number}"), has_series("KS {number}")] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "INN 2023/7",
        "INN 2023/00007",
        "INN 2023/0000",
        "inn 2023/0007",
        "INN 23/0007",
        "INN 0023/0007",
        "INN 2023/0007 b",
        "XINN 2023/0007",
        "INN 2023/000٧",
        "INN 2023/0007\n8",
    ],
)
def test_another_spelling_is_not_a_register_number(text):
    with pytest.raises(NotThisPattern) as caught:
        read("INN {year}/{number:04}", text)
    assert caught.value == NotThisPattern(text=text, example="INN 2023/0007")


def test_signs_of_the_pattern_mean_themselves():
    with pytest.raises(NotThisPattern):
        read("KS 2023.{number}", "KS 2023x7")


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        ({"number": 0, "year": 2023}, "number 0 is not from 1"),
        ({"number": 10**9, "year": 2023}, "number 1000000000 is not from 1"),
        ({"number": 1, "year": 999}, "year 999 does not have four digits"),
        ({"number": 1, "year": 10_000}, "year 10000 does not have four digits"),
        ({"number": 1, "year": 2023}, "series '' is not 1 to 10 letters"),
        ({"number": 1, "year": 2023, "series": "K1"}, "series 'K1' is not"),
        ({"number": 1, "year": 2023, "series": "A" * 11}, "series 'AAAAAAAAAAA' is not"),
    ],
)
def test_parts_that_cannot_be_read_back_are_not_written(parts, complaint):
    with pytest.raises(ValueError, match=complaint):
        write("{series} {year} {number}", **parts)


texts = st.text(st.sampled_from("AZåö 09.-/:\\()[]*+?^$|"), max_size=3)
fields = st.permutations(["{number}", "{year}", "{series}"]).flatmap(
    lambda order: st.integers(1, 3).map(lambda n: order[:n])
)
widths = st.sampled_from(["{number}", "{number:01}", "{number:04}", "{number:09}"])


@given(
    order=fields,
    between=st.tuples(texts, texts, texts, texts),
    width=widths,
    number=st.integers(1, 999_999_999),
    year=st.integers(1000, 9999),
    series=st.from_regex("[A-Za-zÅÄÖåäöæøÆØ]{1,10}", fullmatch=True),
)
def test_what_is_written_is_read_back(*, order, between, width, number, year, series):
    names = [width if name == "{number}" else name for name in order]
    pattern = "".join(
        text + name for text, name in zip(between, [*names, ""], strict=False)
    ).strip()
    assume(width in names)
    written = write(pattern, number=number, year=year, series=series)
    assert read(pattern, written) == RegisterNumber(
        number,
        year if "{year}" in names else None,
        series if "{series}" in names else None,
    )


@given(st.integers(1, 999_999_999), st.integers(1, 999_999_999))
def test_two_numbers_are_never_written_alike(one, other):
    alike = write("{number:04}", number=one, year=2023) == write(
        "{number:04}", number=other, year=2023
    )
    assert alike == (one == other)


@given(st.text(max_size=50))
def test_any_pattern_is_used_or_refused(pattern):
    try:
        check_pattern(pattern)
    except BadPattern:
        return
    assert read(pattern, write(pattern, number=7, year=2023, series="KS")).number == 7
