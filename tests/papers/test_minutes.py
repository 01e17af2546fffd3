"""The minutes: fit for the archive, readable by everybody, by people and by machines."""

import io
import json

import pikepdf
import pytest
from django.utils import translation

from idesluss.funding.vocab import OutcomeName
from idesluss.logic.outcomes import Outcome
from idesluss.papers.look import capital
from idesluss.papers.minutes import minutes_pdf
from tests.funding.meeting import decided_room
from tests.papers.reading import tags_of, text_of
from tests.papers.samples import GOALS, PEOPLE, burlov, item, present, whole


def opened(minutes):
    return pikepdf.open(io.BytesIO(minutes_pdf(minutes)))


def text(minutes):
    return " ".join(text_of(opened(minutes)).split())


@pytest.fixture(scope="module")
def pdf():
    return opened(burlov())


def test_the_document_says_that_it_is_for_everybody_and_for_the_archive(pdf):
    with pdf.open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["dc:title"] == (
            "Protokoll · INN 2022/M3 · Kommunens centrala ledningsgrupp · Burlövs kommun"
        )
        assert xmp["dc:creator"] == ["Burlövs kommun"]
    assert pdf.Root.Lang == "sv-SE"
    assert pdf.Root.MarkInfo.Marked is True
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert {tuple(round(float(it)) for it in page.MediaBox) for page in pdf.pages} == {
        (0, 0, 595, 842)  # A4
    }


def test_every_font_is_embedded_and_ours(pdf):
    names = set()
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            names.add(str(descriptor.FontName).split("+")[-1])
    assert names == {"Inter-Regular", "Inter-SemiBold"}


def test_the_tags_make_headings_and_tables(pdf):
    tags = tags_of(pdf)
    assert [tag for tag in tags if tag in ("H1", "H2", "H3", "Table")] == [
        "H1",
        *("H2", "Table"),  # present
        *("H2", "Table"),  # in brief
        "H2",
        *["H3"] * 8,
        *("H2", "Table", "Table", "Table"),  # sums
        "H2",  # signatures
    ]
    assert tags.count("TH") == 2 + 5 + 2 + 4 + 4


def test_the_attachment_is_what_was_frozen(pdf):
    assert list(pdf.attachments) == ["beslut.json"]
    spec = pdf.attachments["beslut.json"]
    assert json.loads(spec.get_file().read_bytes()) == burlov()
    assert spec.get_file().mime_type == "application/json"
    assert spec.obj.AFRelationship == "/Data"
    assert [it.UF for it in pdf.Root.AF] == ["beslut.json"]


def test_the_same_minutes_give_the_same_bytes():
    assert minutes_pdf(burlov()) == minutes_pdf(burlov())
    other = dict(reversed(burlov().items()))  # a database may turn the keys around
    assert minutes_pdf(other) == minutes_pdf(burlov())


def test_the_day_of_the_document_is_the_day_of_the_release(pdf):
    assert str(pdf.docinfo.CreationDate).startswith("D:20221215")
    with opened({**burlov(), "released_at": "", "register_number": "", "released_by": ""}) as draft:
        assert str(draft.docinfo.CreationDate).startswith("D:20221214")
        assert "Utkast" in text_of(draft)


def test_what_was_decided_stands_in_the_words_of_the_organisation(pdf):
    said = " ".join(text_of(pdf).split())
    for words in (
        "Protokoll 14 december 2022 Kommunens centrala ledningsgrupp",
        "Plats Medborgarhuset, Arlöv",
        "Pott 500\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr",
        "Kommundirektören Ordförande Skolchefen Ledamot",
        "Frånvarande Kulturchefen Beslutför med 3",
        "72,5 av 100 poäng (60–85); uppfyller kriterierna; råd: 2 bevilja, 1 bevilja om den",
        "§ 5 Min utredning, egen bok för barn i omsorg INN 2022/0005 · Social omsorg",
        "Motivering Trycket kan göras i mindre upplaga.",
        "Jäv, deltog inte Socialchefen: leder eller arbetar i den enhet som söker",
        "Deltog i beslutet 4 ledamöter (beslutför med 3)",
        "§ 8 Väderstation på varje skolgård (påhittad)",
        "Skäl att gå över potten Ledningsgruppen ville inte skära ner",
        "Justering Protokollet är läst och justerat.",
        "Sida 1 av 3",
    ):
        assert " ".join(words.split()) in said


def test_the_sums_are_computed_from_the_items(pdf):
    said = " ".join(text_of(pdf).split())
    assert (
        "Pott för 2023 500 000 kr Beviljat vid detta möte 504 400 kr Över potten 4 400 kr" in said
    )
    assert (
        "Per förvaltning Ärenden Beviljat Belopp Samhällsbyggnad 2 2 143 500 kr "
        "Social omsorg 3 2 160 900 kr Utbildning och kultur 3 3 200 000 kr"
    ) in said
    assert "Summa 115 000 kr 504 400 kr" in said


def test_a_danish_board_gets_danish_minutes():
    minutes = whole(
        [item(1, "Helhedsorienteret sagsbehandling", granted_minor=123_450)],
        language="da",
        country="DK",
        currency="DKK",
        invented=False,
    )
    with opened(minutes) as danish:
        assert danish.Root.Lang == "da-DK"
        said = " ".join(text_of(danish).split())
    assert "Beslutningsprotokol 14. december 2022" in said
    assert "Bevilget: 1.234,50 kr." in said
    assert "Demonstration" not in said


def test_every_outcome_has_its_words():
    beside = {
        Outcome.GRANTED: ": 50 kr",
        Outcome.PARTLY_GRANTED: ": 50 kr av sökta 100 kr",
        Outcome.GRANTED_WITH_CONDITIONS: ": 50 kr av sökta 100 kr Villkor Redovisas i mars.",
        Outcome.GRANTED_LATER_POT: ": 50 kr av sökta 100 kr, ur potten för 2024",
    }
    with translation.override("sv"):
        words = [
            f"Beslut {capital(str(OutcomeName(it).label))}{beside.get(it, '')}" for it in Outcome
        ]
    outcomes = [*Outcome, ""]
    items = [
        item(
            number,
            f"Projekt {number}",
            outcome=str(outcome),
            asked_minor=5_000 if outcome == "granted" else 10_000,
            granted_minor=5_000 if "granted" in outcome else 0,
            later_year=2024 if outcome == "granted_later_pot" else None,
            conditions="Redovisas i mars." if "conditions" in outcome else "",
            voting=len(PEOPLE) if outcome else 2,
        )
        for number, outcome in enumerate(outcomes, 1)
    ]
    said = text(whole(items))
    for sentence in [*words, "Beslut Inte beslutat För få ledamöter kunde delta."]:
        assert sentence in said
    assert "Utlovat ur potten för 2024 50 kr" in said


def test_an_item_that_waits_for_its_decision_says_only_that():
    said = text(whole([item(1, "Odling", outcome="")]))
    assert "Beslut Inte beslutat" in said
    assert "För få ledamöter" not in said


def test_what_the_managers_said_stands_with_the_case_and_silence_is_called_silence():
    answers = [
        ("Bo Ek", "yes", "", False, "Tillstyrkt av Bo Ek"),
        (
            "Eva Lund",
            "limits",
            "Ej juli.",
            False,
            "Tillstyrkt av Eva Lund (med förbehåll: Ej juli.)",
        ),
        ("Ali Ahmed", "no", "Vi har inte tid.", False, "Avstyrkt av Ali Ahmed: Vi har inte tid."),
        ("Siv Torn", "yes", "", True, "Tillstyrkt genom tystnad: Siv Torn hade inte svarat i tid"),
        ("Per Ros", "no", "", True, "Avstyrkt genom tystnad: Per Ros hade inte svarat i tid"),
    ]
    for name, answer, words, by_silence, told in answers:
        one = {"name": name, "answer": answer, "words": words, "by_silence": by_silence}
        assert f"Chef {told} Beslut" in text(whole([item(1, "Odling", managers=[one])], shape=3))


def test_minutes_from_before_the_managers_stood_there_are_printed_without_them():
    assert burlov()["shape"] == 1
    assert "Tillstyrkt" not in text(burlov())


def test_an_item_led_by_another_and_over_the_cap_says_so():
    minutes = whole(
        [
            item(
                1,
                "Odling",
                granted_minor=20_000_000,
                over_cap_reason="Två skolor delar.",
                chair=PEOPLE[1],
                voting=1,
                recused=[{"name": PEOPLE[0], "ground": "party", "note": "Syskon till sökande"}],
                goals=GOALS[:2],
                unit="",
            )
        ],
        present=[present(PEOPLE[1], chairs=True), present("Biträdande", deputy_for=PEOPLE[2])],
        absent=[present("Vikarien", deputy_for=PEOPLE[3]), present(PEOPLE[4])],
        adjuster="",
        secretary="",
    )
    minutes["totals"]["bound_minor"] = 100
    said = text(minutes)
    assert "Skäl att gå över takbeloppet Två skolor delar." in said
    assert (
        "Kommundirektören: part i ärendet, närstående till en part eller berörd av beslutet. "
        "Syskon till sökande Ordförande i ärendet Skolchefen "
        "Deltog i beslutet 1 ledamot (beslutför med 3)"
    ) in said
    assert "Biträdande Ersättare för Socialchefen" in said
    assert "Frånvarande Vikarien (ersättare för Samhällschefen), Ekonomichefen" in said
    assert "Bundet vid tidigare möten 1 kr" in said
    assert "Per förvaltning Ärenden Beviljat Belopp ej angivet 1 1 200 000 kr" in said
    assert "Ett ärende med flera mål räknas i vart och ett av dem." in said


def test_a_withdrawn_case_was_decided_by_nobody():
    said = text(whole([item(1, "Odling", outcome="withdrawn", voting=0)]))
    assert "Återtagen" in said
    assert "Deltog i beslutet" not in said


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        ({"mean": None, "low": None, "high": None, "qualifies": None}, "Bedömning 1 bedömare"),
        (
            {"mean": 50.0, "low": 50.0, "high": 50.0, "qualifies": False},
            "Bedömning 50 av 100 poäng; uppfyller inte kriterierna; 1 bedömare",
        ),
    ],
)
def test_an_assessment_says_what_there_is_to_say(judged, words):
    judged = {"assessors": 1, "advice": {"fits": 0}, **judged}
    assert words in text(whole([item(1, "Odling", judged=judged)]))


def test_a_fund_without_pot_goals_or_overshoot_has_only_its_rows():
    minutes = whole([item(1, "Odling", goals=[], granted_minor=100)], pot=None)
    minutes["totals"]["overshoot_minor"] = 0
    said = text({**minutes, "overshoot_reason": ""})
    assert "Beviljat vid detta möte 1 kr" in said
    for absent in ("Pott för", "Över potten", "Kvar", "Per mål", "Takbelopp"):
        assert absent not in said


def test_money_left_is_said():
    assert "Kvar 499 999 kr" in text(whole([item(1, "Odling", granted_minor=100)]))


def test_an_item_that_is_shut_is_a_bare_number_and_no_sum_tells_of_it():
    minutes = burlov()
    minutes["items"][4] = {"number": 5, "shut": True}
    said = text({**minutes, "totals": None, "overshoot_reason": ""})
    assert said.count("§ 5 Stängt för dig på grund av jäv") == 2
    for secret in ("Min utredning", "60 900", "Summa", "504 400", "Sammanställning", "0005"):
        assert secret not in said


def test_an_unknown_ground_is_shown_as_it_is():
    aside = [{"name": "Anna", "ground": "något annat", "note": ""}]
    assert "Anna: något annat" in text(whole([item(1, "Odling", recused=aside)]))


@pytest.mark.django_db
def test_what_a_release_freezes_can_be_printed():
    here = decided_room()
    here.release()
    here.meeting.refresh_from_db()
    with opened(here.meeting.minutes) as pdf:
        said = " ".join(text_of(pdf).split())
        data = json.loads(pdf.attachments["beslut.json"].get_file().read_bytes())
    assert data == here.meeting.minutes
    assert here.meeting.register_number in said
    assert [f"§ {it['number']} {it['title']}" in said for it in data["items"]] == [True] * 3
