"""One letter a day: what is held is told once, on the morning of a working day."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from idesluss.logic.windows import latest_working_morning
from idesluss.mail.daily import gather_daily
from idesluss.mail.send import send_waiting
from idesluss.people.models import MailPreference, Person
from idesluss.records.models import Letter
from idesluss.records.usecases import write_letter
from idesluss.records.vocab import LetterState
from tests.factories import NOON, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 10, 6, 5, 0, tzinfo=UTC)  # 7.00 in Stockholm, the day after NOON
AFTER = MORNING + timedelta(minutes=1)


@pytest.fixture
def town():
    return OrganisationFactory(name="Slusstad", contact_mail="fonden@slusstad.example")


@pytest.fixture
def anna():
    return PersonFactory(name="Anna Ek", email="anna@slusstad.example")


def held(person, town, *, subject="Elcyklar är komplett", kind="accepted", at=NOON, **changes):
    return write_letter(
        kind=kind,
        person_id=person.pk,
        to=person.email or "",
        subject=subject,
        text=f"Hej!\n\n{subject}, sa vi.\n",
        words=f"{subject}, sa vi.",
        link=f"http://localhost:8000/{len(subject)}/",
        language="sv",
        organisation_id=town.pk,
        at=at,
        state=LetterState.HELD,
        **changes,
    )


def states():
    return list(Letter.objects.order_by("pk").values_list("kind", "state"))


def test_several_are_told_in_one_letter_with_the_words_and_the_link_of_each(anna, town):
    one = held(anna, town, subject="Elcyklar är komplett")
    two = held(anna, town, subject="Två nya att bedöma", kind="assigned")
    assert gather_daily(AFTER) == 1
    daily = Letter.objects.get(kind="daily")
    assert (daily.to, daily.state) == ("anna@slusstad.example", "queued")
    assert daily.reply_to == "fonden@slusstad.example"
    assert daily.subject == "2 nyheter från Slusstad"
    assert daily.text == (
        "Hej Anna Ek,\n\n"
        "Det här har hänt sedan förra brevet:\n\n"
        "• Elcyklar är komplett\n\n"
        "Elcyklar är komplett, sa vi.\n\n"
        f"Här är det: {one.link}\n\n"
        "• Två nya att bedöma\n\n"
        "Två nya att bedöma, sa vi.\n\n"
        f"Här är det: {two.link}\n\n"
        "Allt som väntar på dig:\n"
        "http://localhost:8000/mine/\n\n"
        "Slusstad\n"
    )
    assert states() == [("accepted", "gathered"), ("assigned", "gathered"), ("daily", "queued")]
    assert list(daily.tells.order_by("pk")) == [one, two]


def test_a_single_one_goes_out_as_it_is(anna, town):
    letter = held(anna, town)
    assert gather_daily(AFTER) == 1
    assert states() == [("accepted", "queued")]
    assert Letter.objects.get().text == letter.text


def test_nothing_is_told_twice_however_often_the_clock_comes_by(anna, town):
    held(anna, town)
    held(anna, town)
    assert [gather_daily(AFTER + timedelta(minutes=n)) for n in range(5)] == [1, 0, 0, 0, 0]
    assert Letter.objects.filter(kind="daily").count() == 1


@pytest.mark.parametrize(
    ("written", "looked", "told"),
    [
        (NOON, MORNING, 0),  # a minute is left for what is just being written
        (NOON, AFTER, 1),
        (NOON, NOON + timedelta(hours=11), 0),  # the evening of the same day
        (MORNING, AFTER, 0),  # at seven sharp: the next morning
        (datetime(2026, 10, 9, 10, tzinfo=UTC), datetime(2026, 10, 11, 10, tzinfo=UTC), 0),
        (datetime(2026, 10, 9, 10, tzinfo=UTC), datetime(2026, 10, 12, 6, tzinfo=UTC), 1),
        (datetime(2026, 12, 23, 10, tzinfo=UTC), datetime(2026, 12, 27, 10, tzinfo=UTC), 0),
        (datetime(2026, 12, 23, 10, tzinfo=UTC), datetime(2026, 12, 28, 10, tzinfo=UTC), 1),
    ],
)
def test_it_comes_on_the_next_working_mornings_clock_of_the_organisation(
    anna, town, written, looked, told
):
    held(anna, town, at=written)
    assert gather_daily(looked) == told


def test_each_organisation_has_its_own_letter_and_its_own_clock(anna, town):
    nuuk = OrganisationFactory(country="DK", zone="America/Nuuk", language="da")
    for place in (town, nuuk):
        held(anna, place)
        held(anna, place)
    assert gather_daily(AFTER) == 1
    assert Letter.objects.get(kind="daily").organisation_id == town.pk
    assert gather_daily(AFTER + timedelta(hours=4)) == 1
    assert Letter.objects.filter(kind="daily").count() == 2


def test_what_was_turned_off_meanwhile_is_kept_and_not_told(anna, town):
    held(anna, town)
    held(anna, town, kind="assigned")
    MailPreference.objects.create(person=anna, kind="assigned", wish="never")
    assert gather_daily(AFTER) == 1
    assert states() == [("accepted", "queued"), ("assigned", "unwanted")]
    MailPreference.objects.create(person=anna, kind="accepted", wish="never")
    held(anna, town, at=AFTER)
    assert gather_daily(AFTER + timedelta(days=1)) == 0
    assert states()[-1] == ("accepted", "unwanted")


def test_it_goes_to_the_address_that_the_person_has_now(anna, town):
    held(anna, town)
    Person.objects.update(email="anna.ek@slusstad.example")
    gather_daily(AFTER)
    assert Letter.objects.get().to == "anna.ek@slusstad.example"


@pytest.mark.parametrize("letters", [1, 2])
def test_without_an_address_somebody_prints_it(anna, town, letters):
    for _ in range(letters):
        held(anna, town)
    Person.objects.update(email=None)
    gather_daily(AFTER)
    last = Letter.objects.latest("pk")
    assert (last.state, last.last_error, last.to) == ("failed", "no address", "")


def test_a_letter_that_cannot_be_written_holds_up_nobody_else(anna, town, monkeypatch, caplog):
    from idesluss.mail import daily

    bo = PersonFactory(name="Bo Ek")
    for person in (anna, bo):
        held(person, town)
        held(person, town)
    real = daily.daily_letter

    def broken(news, *, person, organisation):
        if person == anna:
            raise ValueError("no words")
        return real(news, person=person, organisation=organisation)

    monkeypatch.setattr(daily, "daily_letter", broken)
    assert gather_daily(AFTER) == 1
    assert Letter.objects.get(kind="daily").person_id == bo.pk
    assert set(Letter.objects.filter(person_id=anna.pk).values_list("state", flat=True)) == {"held"}
    assert "could not be written" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_daily_letter_can_be_turned_off_kind_by_kind(anna, town, postbox):
    held(anna, town)
    held(anna, town, kind="assigned")
    gather_daily(AFTER)
    assert send_waiting(AFTER) == 1
    [sent] = postbox.letters
    assert sent["Reply-To"] == "fonden@slusstad.example"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = sent["List-Unsubscribe"].strip("<>")
    text = sent.get_content().replace("\r\n", "\n")
    assert link in text
    assert "att din ansökan är komplett och går vidare; att du har ansökningar att bedöma" in text


class EveryLetter(TestCase):
    """Whatever is written when, and whenever the clock comes by."""

    @given(
        written=some.lists(
            some.tuples(
                some.integers(0, 2),  # person
                some.integers(0, 1),  # organisation
                some.integers(0, 14 * 24),  # hours
            ),
            max_size=12,
        ),
        looks=some.lists(some.integers(0, 15 * 24 * 60), max_size=20),
    )
    def test_is_told_exactly_once(self, written, looks):
        people = PersonFactory.create_batch(3)
        towns = OrganisationFactory.create_batch(2)
        moments = [(NOON + timedelta(hours=hour), who, where) for who, where, hour in written]
        visits = [(NOON + timedelta(minutes=minute), None, None) for minute in looks]
        last = NOON + timedelta(days=21)
        for at, who, where in sorted([*moments, *visits, (last, None, None)], key=lambda it: it[0]):
            if who is None:
                gather_daily(at)
            else:
                held(people[who], towns[where], at=at)
        letters = Letter.objects.filter(kind="accepted")
        assert letters.count() == len(written)
        for letter in letters:
            alone = letter.state == "queued" and letter.told_in_id is None
            together = letter.state == "gathered" and letter.told_in.kind == "daily"
            assert alone != together
            if together:
                told = letter.told_in
                assert (told.person_id, told.organisation_id) == (
                    letter.person_id,
                    letter.organisation_id,
                )
        for daily in Letter.objects.filter(kind="daily"):
            assert daily.tells.count() > 1


class Mornings(TestCase):
    @given(hours=some.integers(0, 24 * 800), hour=some.integers(0, 23))
    def test_the_latest_morning_is_the_last_one_that_a_plain_search_finds(self, hours, hour):
        from idesluss.logic.windows import is_working_day

        zone = OrganisationFactory.build().timezone
        at = NOON + timedelta(hours=hours)
        found = latest_working_morning(at, hour, "SE", zone)
        there = found.astimezone(zone)
        assert found <= at
        assert is_working_day(there.date(), "SE")
        moment, seen = at, []
        while moment > found:
            moment -= timedelta(minutes=60)
            clock = moment.astimezone(zone)
            if clock.hour == hour and clock.minute == 0 and is_working_day(clock.date(), "SE"):
                seen.append(moment)
        assert all(one == found for one in seen if one <= at and one != at)
