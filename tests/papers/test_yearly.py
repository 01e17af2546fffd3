"""The yearly report on paper: every sentence and figure of it, tagged and fit for the archive."""

import io
import json
import re
from datetime import UTC, date, datetime

import pikepdf
import pytest

from idesluss.insight.data import report_data
from idesluss.insight.reads.report import report_of
from idesluss.insight.reads.rounds import choose
from idesluss.insight.words import sentences
from idesluss.papers.yearly import yearly_pdf
from idesluss.records.usecases.invented import mark_invented
from tests.insight.fund import Fund
from tests.papers.reading import tags_of, text_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, 10, tzinfo=UTC)


def report(fund, year=2025, person=None):
    chosen = choose(fund.organisation, person, at=AT, first=year - 1, last=year)
    return report_of(chosen, person, at=AT)


def words(data):
    text = text_of(pikepdf.open(io.BytesIO(data)))
    return re.sub(r"\s+", " ", text.replace("\xad", "").replace("\u200b", ""))


@pytest.fixture
def fund():
    fund = Fund()
    fund.pot(2025, 500_000)
    fund.cases(fund.round(2024), 6, "granted", unit=fund.care, goals=[fund.near])
    round = fund.round(2025)
    kept, going, _ = (
        fund.case(round, "granted", unit=fund.school, goals=[fund.green], idea__title=title)
        for title in ("Läshundar #set", "Odling 🐞", "Utan sida")
    )
    for one in (kept, going):
        fund.project(one, ends_on=date(2026, 12, 31))
    fund.permanent(kept)
    kept.idea.__class__.objects.filter(pk=kept.idea_id).update(stage="permanent")
    fund.cases(round, 7, unit=fund.care, goals=[fund.near])
    return fund


def test_the_paper_says_what_the_report_says(fund):
    told = report(fund)
    data = yearly_pdf(told, at=AT)
    text = words(data)
    for sentence in sentences(told, fund.organisation):
        assert re.sub(r"\s+", " ", sentence) in text
    assert "Läshundar #set" in text
    assert "Permanent sedan 1 januari 2026, hos Omsorg" in text
    assert "Genomförs" in text
    assert "Färre" not in text
    assert "Beviljat 180 000 kr 360 000 kr −180 000 kr" in text
    assert f"{fund.programme.name} 2025" in text


def test_the_figures_travel_inside_as_data(fund):
    told = report(fund)
    pdf = pikepdf.open(io.BytesIO(yearly_pdf(told, at=AT)))
    inside = json.loads(pdf.attachments["arsrapport.json"].get_file().read_bytes())
    assert inside == report_data(told, sentences(told, fund.organisation))


def test_it_is_tagged_and_fit_for_the_archive(fund):
    pdf = pikepdf.open(io.BytesIO(yearly_pdf(report(fund), at=AT)))
    tags = tags_of(pdf)
    assert tags.count("H1") == 1
    assert tags.count("Table") == 4  # figures, granted, departments, goals
    assert {"H2", "TH", "L", "LI"} <= set(tags)
    meta = pdf.open_metadata()
    assert (meta.pdfa_status, meta["pdfuaid:part"]) == ("3A", "1")
    assert str(pdf.Root.Lang).startswith("sv")


def test_the_same_report_gives_the_same_bytes(fund):
    assert yearly_pdf(report(fund), at=AT) == yearly_pdf(report(fund), at=AT)


def test_it_speaks_the_organisations_language(fund):
    fund.organisation.language = "da"
    fund.organisation.save()
    text = words(yearly_pdf(report(fund), at=AT))
    assert "kom der 10 ansøgninger ind" in text
    assert "Forvaltninger" in text


def test_an_invented_year_says_so_and_so_does_one_with_invented_cases(fund):
    told = words(yearly_pdf(report(fund), at=AT))
    assert "Demonstration" not in told
    mark_invented(fund.programme.rounds.get(project_year=2025).applications.latest("pk").idea)
    assert "En del av de här siffrorna är påhittade" in words(yearly_pdf(report(fund), at=AT))
    mark_invented(fund.programme.rounds.get(project_year=2025))
    assert "De här siffrorna är påhittade" in words(yearly_pdf(report(fund), at=AT))


def test_a_year_that_is_not_published_says_so(fund):
    fund.cases(fund.round(2026, published=False), 2, "granted", unit=fund.care)
    text = words(yearly_pdf(report(fund, 2026, fund.administrator), at=AT))
    assert "Inte publicerat än" in text


def test_the_first_year_of_all_has_nothing_to_be_compared_with(fund):
    text = words(yearly_pdf(report(fund, 2024), at=AT))
    assert "2024 Året före Förändring" in text


def test_more_than_two_hundred_are_counted_and_the_largest_listed(fund, monkeypatch):
    monkeypatch.setattr("idesluss.insight.reads.report.MOST", 2)
    told = report(fund)
    assert (len(told.granted), told.unlisted) == (2, 1)
    assert "1 projekt till beviljades pengar och står inte i listan" in words(
        yearly_pdf(told, at=AT)
    )
