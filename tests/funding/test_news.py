"""News of a round: right figures proposed, nobody's words lost, and no empty quotes published."""

from datetime import timedelta

import pytest

from idesluss.funding.models import Application, Grant, News
from idesluss.funding.reads.celebrating import Occasion, occasion_of
from idesluss.funding.reads.press import proposed, received_in
from idesluss.funding.usecases import publish_news, save_news, take_back_news
from idesluss.funding.usecases.news import NotPublicYet, StillToFillIn
from idesluss.logic.merging import Clash, fingerprint
from idesluss.logic.placeholders import left_in
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import ApplicationFactory, PersonFactory, person_as
from tests.funding.celebrating import LATER_ON, feast

pytestmark = pytest.mark.django_db


def seen(title="", text=""):
    return {"title": fingerprint(title), "text": fingerprint(text)}


def save(party, title="Två projekt", text="Vi provar nytt.", *, before=None, by=None, at=LATER_ON):
    return save_news(
        party.here.round.pk,
        title=title,
        text=text,
        seen=before or seen(),
        language="sv",
        by=by or party.here.administrator,
        at=at,
    )


def publish(party, version=1, *, by=None, at=LATER_ON):
    publish_news(party.here.round.pk, version=version, by=by or party.here.administrator, at=at)


def proposal(party):
    occasion = occasion_of(party.here.round, person=party.here.administrator, at=LATER_ON)
    received = received_in(party.here.round)
    return proposed(party.here.round, occasion, received=received)


# --- Proposed ------------------------------------------------------------------------------------


def test_the_proposal_tells_the_figures_in_the_organisations_language():
    party = feast(organisation_fields={"name": "Slusstad"})
    ApplicationFactory(round=party.here.round)  # a draft does not count
    told = proposal(party)

    assert told.language == "sv"
    assert told.title.replace("\xa0", " ") == "2 projekt delar på 100 900 kr"
    words = told.text.replace("\xa0", " ")
    programme = party.here.round.programme
    assert words.startswith(
        f"Slusstad har fått 3 ansökningar till {programme.name}, {party.here.round.name}. "
        "2 av dem beviljas pengar: sammanlagt 100 900 kr.\n\n"
    )
    assert "- **Elmotorer på cyklar**, Hemtjänsten: 60 900 kr\n" in words
    assert words.endswith("Projekten genomförs under 2027.")
    assert len(left_in(told.text)) == 2
    assert left_in(told.title) == []


def test_a_danish_proposal_is_danish():
    party = feast(organisation_fields={"language": "da", "currency": "DKK", "country": "DK"})
    told = proposal(party)
    assert told.title.replace("\xa0", " ") == "2 projekter deler 100.900 kr."
    assert "- **Elmotorer på cyklar**, Hemtjänsten: 60.900" in told.text


def test_sums_of_two_currencies_stand_side_by_side():
    party = feast()
    Grant.objects.create(
        application=party.here.cases[0], year=2027, amount_minor=5_000_00, currency="DKK"
    )
    assert "5 000 DKK + 100 900 kr" in proposal(party).title.replace("\xa0", " ")


def test_a_project_without_a_department_has_no_comma():
    party = feast()
    idea = party.here.cases[1].idea
    idea.unit = None
    idea.save()
    assert "- **Läsfåtölj i korridoren**: 40 000 kr" in proposal(party).text.replace("\xa0", " ")


def test_of_one_application_one_is_told():
    party = feast()
    Application.objects.exclude(pk=party.here.cases[0].pk).update(outcome="withdrawn")
    occasion = occasion_of(party.here.round, person=party.here.administrator, at=LATER_ON)
    told = proposed(party.here.round, Occasion(occasion.projects), received=1)
    assert told.title.replace("\xa0", " ") == "1 projekt får 60 900 kr"
    assert "1 ansökan till" in told.text


# --- Saved ---------------------------------------------------------------------------------------


def test_what_is_saved_is_noted_with_its_words():
    party = feast()
    news = save(party, title="  Två \n projekt ", text="En rad\r\noch en till\n").news

    assert (news.title, news.text, news.version) == ("Två projekt", "En rad\noch en till", 1)
    assert (news.changed_by, news.changed_at) == (party.here.administrator, LATER_ON)
    entry = Entry.objects.about(news).get()
    assert (entry.verb, entry.data) == (
        "funding.news_written",
        {"title": "Två projekt", "text": "En rad\noch en till"},
    )
    assert News.objects.get() == news


def test_the_same_again_is_not_noted():
    party = feast()
    news = save(party).news
    assert save(party, before=seen("Två projekt", "Vi provar nytt.")).news.version == 1
    assert Entry.objects.about(news).count() == 1


def test_two_who_change_different_fields_both_have_their_way():
    party = feast()
    save(party)
    before = seen("Två projekt", "Vi provar nytt.")

    save(party, title="Två fina projekt", before=before)
    news = save(party, text="Vi provar något helt nytt.", before=before).news

    assert (news.title, news.text) == ("Två fina projekt", "Vi provar något helt nytt.")


def test_two_who_change_the_same_field_see_both_and_nothing_is_written():
    party = feast()
    save(party)
    before = seen("Två projekt", "Vi provar nytt.")
    save(party, text="Deras text.", before=before)

    saved = save(party, title="Min rubrik", text="Min text.", before=before)

    assert saved.clashes == {"text": Clash(theirs="Deras text.", mine="Min text.")}
    news = News.objects.get()
    assert (news.title, news.text, news.version) == ("Två projekt", "Deras text.", 2)


def test_two_who_begin_from_the_same_proposal_do_not_overwrite_each_other():
    party = feast()
    told = proposal(party)
    before = seen(told.title, told.text)
    save(party, title=told.title, text="Den förstas text.", before=before)
    saved = save(party, title=told.title, text="Den andras text.", before=before)
    assert set(saved.clashes) == {"text"}


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"title": " "}, Missing(field="title")),
        ({"text": "\n"}, Missing(field="text")),
        ({"title": "x" * 161}, TooLong(field="title", limit=160)),
        ({"text": "x" * 20_001}, TooLong(field="text", limit=20_000)),
    ],
)
def test_what_cannot_be_news_is_refused(words, refusal):
    party = feast()
    with pytest.raises(type(refusal)) as caught:
        save(party, **words)
    assert caught.value == refusal
    assert not News.objects.exists()


# --- Published -----------------------------------------------------------------------------------


def test_published_and_taken_back():
    party = feast()
    news = save(party).news
    publish(party)
    news.refresh_from_db()
    assert news.published_at == LATER_ON
    with pytest.raises(AlreadyDone):
        publish(party)

    take_back_news(party.here.round.pk, by=party.here.administrator, at=LATER_ON)

    news.refresh_from_db()
    assert news.published_at is None
    with pytest.raises(AlreadyDone):
        take_back_news(party.here.round.pk, by=party.here.administrator, at=LATER_ON)
    assert [entry.verb for entry in Entry.objects.about(news)] == [
        "funding.news_written",
        "funding.news_published",
        "funding.news_taken_back",
    ]


@pytest.mark.parametrize("field", ["title", "text"])
def test_a_quote_that_nobody_has_said_is_not_published(field):
    party = feast()
    save(party, **{field: "Så här: [[Citat: någon]]"})
    with pytest.raises(StillToFillIn) as caught:
        publish(party)
    assert caught.value.params == {"what": "Citat: någon"}
    assert News.objects.get().published_at is None


def test_what_is_published_gets_no_new_gaps():
    party = feast()
    save(party)
    publish(party)
    with pytest.raises(StillToFillIn):
        save(party, text="[[Citat]]", before=seen("Två projekt", "Vi provar nytt."))
    assert News.objects.get().text == "Vi provar nytt."


def test_what_was_not_looked_at_is_not_published():
    party = feast()
    save(party)
    save(party, text="Ändrat.", before=seen("Två projekt", "Vi provar nytt."))
    with pytest.raises(ChangedMeanwhile):
        publish(party, version=1)
    assert News.objects.get().published_at is None


def test_news_does_not_run_ahead_of_the_results():
    party = feast()
    save(party)
    for results_at in (None, LATER_ON + timedelta(days=1)):
        party.here.round.results_at = results_at
        party.here.round.save()
        with pytest.raises(NotPublicYet):
            publish(party)
    assert News.objects.get().published_at is None


def test_what_is_not_written_cannot_be_published_or_taken_back():
    party = feast()
    with pytest.raises(Missing):
        publish(party)
    with pytest.raises(Missing):
        take_back_news(party.here.round.pk, by=party.here.administrator, at=LATER_ON)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_write_and_publish(role):
    party = feast()
    person = person_as(role, party.here.organisation)
    for who in (person, PersonFactory(), party.here.members[0], party.owner):
        with pytest.raises(NotAllowed):
            save(party, by=who)
    save(party)
    with pytest.raises(NotAllowed):
        publish(party, by=person)
    publish(party)
    with pytest.raises(NotAllowed):
        take_back_news(party.here.round.pk, by=person, at=LATER_ON)
    assert News.objects.get().published_at == LATER_ON
