"""Charts: what is drawn can be seen, what is said can be heard, and nothing is styled in line."""

import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from idesluss.web.frame.charts import BASE, HEIGHT, WIDTH, Bar, Column, bars, columns, line, spans

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)
figures = st.one_of(st.none(), st.integers(0, 10**12))


def read(svg):
    return ET.fromstring(svg)


def classes(svg, name):
    return [it for it in read(svg).iter() if it.get("class", "").split(" ")[0] == name]


def words(svg):
    return [it.text for it in read(svg).iter("text")]


def test_a_column_is_as_high_as_its_share_of_the_highest():
    svg = columns([Column("2023", (50,), "50"), Column("2024", (100,), "100")], "Ansökningar")
    low, high = (
        float(re.search(r"v([\d.]+)h", it.get("d"))[1]) for it in classes(svg, "chart__part")
    )
    assert (low, high) == (73.0, 146.0)
    assert words(svg) == ["50", "100", "2023", "2024"]
    assert read(svg).get("role") == "img"
    assert read(svg).get("aria-label") == "Ansökningar"


def test_parts_stand_on_each_other_and_the_mark_is_at_its_level():
    svg = columns([Column("2023", (30, 10), "40", mark=80)], "x")
    first, second = (it.get("d") for it in classes(svg, "chart__part"))
    assert f"{BASE - 54.8} " not in second
    assert first.split("h")[0].endswith("117.2")
    assert second.split("h")[0].endswith("99.0") or second.split("h")[0].endswith("98.9")
    assert classes(svg, "chart__mark")[0].get("d").split("h")[0].endswith(" 26.0")


def test_what_is_hidden_is_a_dash_and_never_a_nought():
    svg = columns([Column("2023", (None,), "0"), Column("2024", (0,), "0")], "x")
    assert words(svg) == ["–", "0", "2023", "2024"]
    assert words(spans(["2023"], [None], "x")) == ["–", "2023"]
    assert words(bars([Bar("Skola", None, "0 kr")], "x")) == ["Skola", "–"]


def test_a_line_is_broken_where_a_figure_is_not_known():
    svg = line(["1", "2", "3", "4"], [0.5, 1, None, 0.2], ["a", "b", "–", "d"], "x")
    assert len(classes(svg, "chart__line")) == 1
    assert len(classes(svg, "chart__dot")) == 3


def test_of_many_years_only_some_have_words_the_last_one_always():
    svg = columns([Column(str(year), (1,), "1") for year in range(2000, 2025)], "x")
    labels = [it.text for it in classes(svg, "chart__label")]
    assert labels == ["2000", "2004", "2008", "2012", "2016", "2020", "2024"]


def test_words_of_people_are_never_markup():
    svg = bars([Bar("<script>", 1, "<b>")], '"><script>')
    assert "<script>" not in svg
    assert words(svg) == ["<script>", "<b>"]


@given(st.lists(st.tuples(texts, figures, figures, texts), max_size=12), texts)
def test_whatever_is_drawn_stays_in_its_place_and_has_no_style(rows, text):
    drawn = [
        columns([Column(label, (a, b), said, mark=b) for label, a, b, said in rows], text),
        line([r[0] for r in rows], [r[1] for r in rows], [r[3] for r in rows], text),
        spans(
            [r[0] for r in rows],
            [None if None in r[1:3] else tuple(sorted(r[1:3])) for r in rows],
            text,
        ),
        bars([Bar(label, a, said, whole=b) for label, a, b, said in rows], text),
    ]
    for svg in drawn:
        height = int(read(svg).get("viewBox").split()[3])
        for it in read(svg).iter():
            assert "style" not in it.attrib
            for place, most in (("x", WIDTH), ("cx", WIDTH), ("y", height), ("cy", height)):
                assert 0 <= float(it.get(place, 0)) <= most
    assert int(read(drawn[0]).get("viewBox").split()[3]) == HEIGHT
