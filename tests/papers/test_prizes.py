"""Cheques and diplomas: the decided sum in figures and words, whatever the texts, on one page."""

import io
from datetime import date

import pikepdf
import pytest

from idesluss.funding.reads.celebrating import Celebrated
from idesluss.logic.money import format_amount
from idesluss.logic.sums_in_words import in_words
from idesluss.papers.look import capital
from idesluss.papers.prizes import cheques_pdf, diplomas_pdf
from idesluss.people.models import Body, Organisation
from idesluss.programmes.models import Programme, Round
from tests.papers.reading import tags_of, text_of

LONG = (
    "Helhedsorienteret sagsbehandling: æ ø å, et forsøg med fælles borgersamtaler på tværs af "
    "jobcenter, familieafdelingen og socialpsykiatrien i hele kommunen"
)
WORD = "Samhällsbyggnadsförvaltningens" * 5
NAMES = tuple(f"Søren Bækgaard-Åström nummer {number}" for number in range(1, 10))


def round_of(**organisation):
    here = Organisation(
        **{"name": "Burlövs kommun", "colour": "#0b5d8a", "language": "sv", **organisation}
    )
    body = Body(name="Kommunens centrala ledningsgrupp", organisation=here)
    programme = Programme(name="Innovationsanslaget", organisation=here, body=body)
    return Round(name="Utlysning 2023", programme=programme)


def project(title="Elmotorer på cyklar", **fields):
    usual = {
        "application_id": 1,
        "title": title,
        "register_number": "INN 2022/0001",
        "department": "Social omsorg",
        "people": ("Anna Åkesson", "Bo Ek"),
        "sums": {"SEK": 60_900_00},
        "decided_on": date(2022, 12, 14),
        "invented": False,
    }
    return Celebrated(**{**usual, **fields})


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def words(content):
    """The words of each page; where a line was broken does not matter."""
    return [" ".join(page.split()) for page in text_of(opened(content)).split("\n\n")]


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def squeezed(text):
    """Without spaces, and without what shows where a line was broken."""
    return "".join(text.replace("\N{SOFT HYPHEN}", "").replace("\u200b", "").split())


def test_a_cheque_says_to_whom_what_for_and_how_much():
    [page] = words(cheques_pdf(round_of(), [project()], names=True))
    for told in (
        "Burlövs kommun",
        "Innovationsanslaget · Utlysning 2023",
        "Elmotorer på cyklar",
        "Anna Åkesson och Bo Ek",
        "Social omsorg",
        "60 900 kr",
        "Sextio tusen nio hundra kronor",
        "14 december 2022",
        "INN 2022/0001",
    ):
        assert told in plain(page)


def test_a_round_named_after_its_fund_names_it_once():
    round = round_of()
    round.name = "Innovationsanslaget 2023"
    [page] = words(cheques_pdf(round, [project()], names=False))
    assert page.count("Innovationsanslaget") == 1


def test_without_names_the_department_is_told_and_nobody_else():
    for made in (cheques_pdf, diplomas_pdf):
        [page] = words(made(round_of(), [project()], names=False))
        assert "Social omsorg" in page
        assert "Anna" not in page
        assert "Bo Ek" not in page


@pytest.mark.parametrize("make", [cheques_pdf, diplomas_pdf])
@pytest.mark.parametrize(
    ("language", "country", "sums"),
    [
        ("sv", "SE", {"SEK": 1_000_00}),
        ("da", "DK", {"DKK": 99_999_999_99}),
        ("en", "SE", {"SEK": 12_345_678_50, "DKK": 7_777_777_77}),
    ],
)
@pytest.mark.parametrize("title", ["Ö", LONG, WORD])
def test_everything_fits_on_its_own_page(make, language, country, sums, title):
    one = project(title, people=NAMES, department=LONG[:120], sums=sums)
    pages = words(make(round_of(language=language, country=country), [one], names=True))
    assert len(pages) == 1
    told = squeezed(pages[0])
    for currency, minor in sums.items():
        assert squeezed(format_amount(minor, currency, language)) in told
        assert squeezed(capital(in_words(minor, currency, language))) in told
    assert squeezed(NAMES[-1]) in told
    assert squeezed(title) in told


def test_a_round_is_one_document_with_a_page_for_each():
    projects = [project(f"Förslag {number}", application_id=number) for number in range(1, 8)]
    for make in (cheques_pdf, diplomas_pdf):
        pages = words(make(round_of(), projects, names=True))
        assert [f"Förslag {number}" in page for number, page in enumerate(pages, 1)] == [True] * 7


def test_cheques_lie_across_on_a3_and_diplomas_stand_on_a4():
    def size(content):
        return [tuple(round(float(it)) for it in page.MediaBox) for page in opened(content).pages]

    assert size(cheques_pdf(round_of(), [project()], names=True)) == [(0, 0, 1191, 842)]
    assert size(diplomas_pdf(round_of(), [project()], names=True)) == [(0, 0, 595, 842)]


@pytest.mark.parametrize("make", [cheques_pdf, diplomas_pdf])
def test_they_are_tagged_for_everybody_and_fit_for_the_archive(make):
    pdf = opened(make(round_of(), [project(), project("Två")], names=True))
    with pdf.open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert "Utlysning 2023 · Burlövs kommun" in xmp["dc:title"]
    assert pdf.Root.Lang == "sv-SE"
    assert tags_of(pdf).count("H1") == 2


def test_what_is_invented_says_so():
    told = "Påhittat för demonstrationen"
    for make in (cheques_pdf, diplomas_pdf):
        [shown, hidden] = words(make(round_of(), [project(invented=True), project()], names=True))
        assert told in shown
        assert told not in hidden


def test_the_same_round_gives_the_same_bytes():
    once, again = (cheques_pdf(round_of(), [project()], names=True) for _ in range(2))
    assert once == again


def test_a_light_colour_is_written_on_in_black():
    """What is written on the organisation's colour has its contrast (``logic.themes``)."""
    from idesluss.logic.themes import contrast
    from idesluss.papers.look import brand

    for colour in ("#ffd400", "#0b5d8a", "#ffffff", "#000000", "#7a1f3d"):
        tones = brand(colour)["colours"]
        assert contrast(tones["brand"], tones["on"]) >= 4.5


def test_texts_are_never_read_as_the_typesetters_language():
    sly = '#panic("x") *fet* _kursiv_ $x$ <b>'
    [page] = words(cheques_pdf(round_of(), [project(sly)], names=False))
    assert sly in page


def test_without_projects_there_is_nothing_to_print():
    with pytest.raises(ValueError, match="Nothing to print"):
        cheques_pdf(round_of(), [], names=True)
