"""The words that offices use in headings and for outcomes, in five languages."""

import pytest

from idesluss.logic.outcomes import Outcome
from idesluss.logic.sheets.outcome_words import KNOWN, outcome_of
from idesluss.logic.sheets.words import FIELDS, heading, is_total


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_known_by_its_english_name(field):
    assert heading(field).field == field


@pytest.mark.parametrize(
    ("language", "headings"),
    {
        "sv": "Rubrik|Förvaltning|Sökande|Sökt|Beviljat|Beslut|Motivering|Valuta|År|Genomförare",
        "da": "Titel|Forvaltning|Ansøger|Ansøgt|Tilskud|Afgørelse|Begrundelse|Valuta|År|Ansvarlig",
        "nb": "Tittel|Virksomhet|Søker|Omsøkt|Innvilget|Vedtak|Begrunnelse|Valuta|År|Gjennomfører",
        "en": "Title|Department|Applicant|Asked|Awarded|Decision|Reason|Currency|Year|Responsible",
        "fi": "Hanke|Toimiala|Hakija|Haettu|Myönnetty|Päätös|Perustelut|Valuutta|Vuosi|Toteuttaja",
    }.items(),
)
def test_headings_are_understood_in_five_languages(language, headings):
    assert [heading(it).field for it in headings.split("|")] == list(FIELDS)


@pytest.mark.parametrize(
    ("text", "currency", "factor"),
    [
        ("Beviljat belopp (kr)", None, 1),
        ("BEVILJAT:", None, 1),
        ("Sökt, tkr", None, 1_000),
        ("Bevilget (1 000 kr)", None, 1_000),
        ("Tildelt i NOK", "NOK", 1),
        ("Myönnetty (€)", "EUR", 1),
        ("Beviljat kSEK", "SEK", 1_000),
        ("Sökt (mnkr)", None, 1_000_000),
        ("Bevilget MDKK", "DKK", 1_000_000),
    ],
)
def test_a_heading_may_say_what_its_sums_are_in(text, currency, factor):
    found = heading(text)
    assert (found.field in ("asked", "granted"), found.currency, found.factor) == (
        True,
        currency,
        factor,
    )


@pytest.mark.parametrize("text", ["Titel (tkr)", "Beskrivning", "", "kr", "Beviljat av"])
def test_other_headings_are_none(text):
    assert heading(text) is None


def test_headings_without_their_rings_and_dots_are_known_too():
    assert [heading(it).field for it in ("Sokt belopp", "Forvaltning", "Ar", "Sokande")] == [
        "asked",
        "department",
        "year",
        "applicant",
    ]


@pytest.mark.parametrize(
    ("outcome", "words"),
    {
        Outcome.GRANTED: "Beviljat|Beviljas|Bevilget|Innvilget|Granted|Myönnetty|BIFALL",
        Outcome.PARTLY_GRANTED: "Delvis beviljad.|Delvist imødekommet|Delvis innvilget|"
        "Partly granted|partly_granted|Osittain myönnetty",
        Outcome.GRANTED_WITH_CONDITIONS: "Beviljas med villkor|Bevilget på vilkår|"
        "Granted with conditions|Myönnetty ehdoin",
        Outcome.GRANTED_LATER_POT: "Beviljas ur nästa års pott|Bevilget fra næste års pulje|"
        "granted from a later pot|granted from next year’s pot|granted_later_pot",
        Outcome.REFUSED: "Avslag|Avslås|Afslag|Avslått|Refused|Hylätty|Ej beviljad|Nej",
        Outcome.POSTPONED: "Bordlagd|Uppskjuten|Udsat|Utsatt|Postponed|Lykätty|Återremiss",
        Outcome.INCOMPLETE: "Ofullständig|Mangelfuld|Ufullstendig|Incomplete|Puutteellinen",
        Outcome.WITHDRAWN: "Återtagen|Trukket tilbage|Trukket|Withdrawn|Peruttu",
    }.items(),
)
def test_outcomes_are_understood_in_five_languages(outcome, words):
    assert {outcome_of(word) for word in words.split("|")} == {outcome}


def test_no_outcome_word_means_two_things():
    assert set(KNOWN.values()) == set(Outcome)
    assert outcome_of("kanske") is None


@pytest.mark.parametrize("text", ["Summa", "TOTALT:", "I alt", "Til sammen", "Yhteensä"])
def test_words_before_a_total_are_known(text):
    assert is_total(text)
    assert not is_total(f"{text} beviljat till odling")
