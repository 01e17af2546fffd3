"""The demonstration plays through the same doors as everybody; Burlöv comes out as it was."""

import argparse

import pytest
from django.utils import timezone

from idesluss.cli import demo
from idesluss.cli.demo.load import load
from idesluss.funding.models import Application
from idesluss.funding.reads.results import results_of
from idesluss.ideas.models import Idea
from idesluss.people.models import Person
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
    round = Round.objects.get(programme__organisation__slug="burlov")
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
    burlov = Application.objects.filter(round__programme__organisation__slug="burlov")
    for application in burlov.select_related("idea__unit"):
        assert "(påhittad)" in application.idea.unit.name
        assert application.idea.invented == ("(påhittat)" in application.idea.title)


def test_slusstad_has_a_round_in_each_stage(loaded):
    rounds = Round.objects.filter(programme__organisation__slug="slusstad")
    stages = {
        round.name: sorted(round.applications.values_list("idea__stage", flat=True))
        for round in rounds
    }
    assert stages == {
        "Trygg hemma": ["declined", "testing", "testing"],
        "Mötet med invånaren": ["deciding"] * 5,
        "Skolan ute": ["assessing"] * 3,
        "Nära vård": ["received"] * 4,
        "Digital vardag": ["draft", "received", "withdrawn"],
        "Gröna arbetsplatser": [],
    }


def test_every_effect_has_followed_and_every_letter_waits_unsent(loaded):
    assert not Entry.objects.filter(delivered_at=None).exists()
    assert Letter.objects.filter(kind="decided").count() == 16 + 3
    assert set(Letter.objects.values_list("state", flat=True)) == {"queued"}


def test_a_folder_with_something_else_is_never_touched(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("dear")
    chosen = argparse.Namespace(home=tmp_path, fresh=True, host="127.0.0.1", port=1)
    assert demo.run(chosen) == 1
    assert (tmp_path / "letter.txt").read_text() == "dear"
    assert "--home" in capsys.readouterr().err
