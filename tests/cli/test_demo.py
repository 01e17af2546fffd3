"""The demonstration plays through the same doors as everybody; Burlöv comes out as it was."""

import argparse

import pytest
from django.utils import timezone

from idesluss.cli import demo
from idesluss.cli.demo.load import load
from idesluss.funding.models import Application
from idesluss.funding.reads.results import results_of
from idesluss.ideas.models import Idea
from idesluss.insight.reads.rounds import choose
from idesluss.insight.reads.years import years_of
from idesluss.people.models import Organisation, Person
from idesluss.programmes.models import Round
from idesluss.records.models import Entry, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demonstration, loaded once."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load(lambda text: None)
        yield
        transaction.set_rollback(True)


def test_burlov_comes_out_as_it_was(loaded):
    round = Round.objects.get(programme__organisation__slug="burlov", slug="2023")
    results = results_of(round, at=timezone.now())

    assert (results.received, len(results.granted), results.not_granted) == (16, 7, 9)
    assert results.totals == {"SEK": 50_440_000}
    assert results.overshoot_minor == 440_000
    assert [(one.title, sum(it.amount_minor for it in one.shares)) for one in results.granted] == [
        ("IoT - Internet of Things - framtidens information", 10_000_000),
        ("Interaktiv projektor för aktivt lärande", 10_000_000),
        ("Textilateljé på förskola", 10_000_000),
        ("Pedagogisk odling", 7_500_000),
        ("Min utredning, egen bok för barn i omsorg", 6_090_000),
        ("Digital plattform för kommunens egna möbelåterbruk TaGe", 4_350_000),
        ("Elmotorer på kommunens befintliga cyklar", 2_500_000),
    ]
    assert "4 400 kr" in results.overshoot_reason


def test_everything_invented_says_so(loaded):
    assert not Person.objects.filter(invented=False).exists()
    real = Idea.objects.filter(invented=False)
    assert real.count() == 7
    assert {one.applications.get().round.slug for one in real} == {"2023"}
    burlov = Application.objects.filter(round__programme__organisation__slug="burlov")
    for application in burlov.select_related("idea__unit"):
        assert "(påhittad)" in application.idea.unit.name
        assert application.idea.invented == ("(påhittat)" in application.idea.title)


def test_burlovs_other_years_are_invented_with_money_left_over_and_then_too_little(loaded):
    burlov = Organisation.objects.get(slug="burlov")
    years = years_of(choose(burlov, None, at=timezone.now()), at=timezone.now()).years
    told = [
        (one.year, one.invented, one.received, one.granted, one.left("SEK"), one.permanent)
        for one in years
    ]
    assert told == [
        (2019, True, 9, 6, 290_000_00, 3),
        (2020, True, 10, 6, 200_000_00, 3),
        (2021, True, 13, 7, 80_000_00, 3),
        (2022, True, 16, 7, 5_000_00, 2),
        (2023, False, 16, 7, -4_400_00, 0),
        (2024, True, 29, 8, 0, 0),
    ]
    assert years[-1].asked["SEK"] > 3 * years[-1].pot["SEK"]
    assert all(one.partly_invented for one in years)
    invented = Round.objects.filter(programme__organisation=burlov, invented=True)
    assert all("påhittat" in one.name for one in invented)
    names = Idea.objects.filter(applications__round__in=invented).values_list(
        "applicant_name", flat=True
    )
    assert all("(påhittad)" in name for name in names)


def test_a_project_stopped_that_somebody_without_an_account_told_of(loaded):
    stopped = Idea.objects.get(stage="stopped", edition=None)
    report = stopped.project.reports.get()
    assert (stopped.title, report.by.name) == (
        "Möte utan papper (påhittat)",
        "Maria Lind (påhittad)",
    )
    assert report.told_by == stopped.applicant_name


def test_slusstad_has_a_round_in_each_stage(loaded):
    rounds = Round.objects.filter(programme__organisation__slug="slusstad")
    stages = {
        round.name: sorted(round.applications.values_list("idea__stage", flat=True))
        for round in rounds
    }
    assert stages == {
        "Trygg hemma": ["declined", "permanent", "testing"],
        "Mötet med invånaren": ["deciding"] * 5,
        "Skolan ute": ["assessing"] * 3,
        "Nära vård": ["received"] * 4,
        "Digital vardag": ["draft", "draft", "received", "withdrawn"],
        "Gröna arbetsplatser": [],
        "Chefernas försök": [],
        "Starkare tillsammans": ["draft"],
        "Tid för nytt": ["received"] * 4,
    }


def test_slusstad_and_three_real_sluices_have_invented_cases_in_their_own_models(loaded):
    found = Idea.objects.sluiced().select_related("programme", "edition")
    told = {}
    for idea in found.order_by("pk"):
        told.setdefault((idea.programme.name, idea.edition.template), []).append(idea.stage)
    slusstad = told.pop(("Slusstads idésluss", "lerum"))
    steps = {"received", "exploring", "assessing", "testing", "declined", "parked", "permanent"}
    assert set(slusstad) >= steps
    assert told == {
        ("Idérum Lerum", "lerum"): ["received", "received", "exploring", "testing"],
        ("Innovationskraft Kungsbacka", "kungsbacka"): ["received", "exploring", "declined"],
        ("Idéslussen Sundsvall", "sundsvall"): ["received", "testing", "permanent"],
    }
    assert all(idea.invented for idea in found)


def test_every_effect_has_followed_and_every_letter_waits_unsent(loaded):
    assert not Entry.objects.filter(delivered_at=None).exists()
    assert Letter.objects.filter(kind="decided").count() == 16 + 3
    states = set(Letter.objects.values_list("state", flat=True))
    assert states <= {"queued", "held", "unwanted"}  # none is sent; some guests left no address


def test_a_folder_with_something_else_is_never_touched(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("dear")
    chosen = argparse.Namespace(home=tmp_path, fresh=True, host="127.0.0.1", port=1)
    assert demo.run(chosen) == 1
    assert (tmp_path / "letter.txt").read_text() == "dear"
    assert "--home" in capsys.readouterr().err
