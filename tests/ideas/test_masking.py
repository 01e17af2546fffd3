from datetime import timedelta

import pytest
from django.core import serializers
from django.core.files.base import ContentFile

from idesluss.ideas.models import (
    Arrival,
    Finding,
    Idea,
    Masking,
    Message,
    Support,
)
from idesluss.ideas.usecases import end, say
from idesluss.ideas.usecases.attach import attach
from idesluss.ideas.usecases.masking import NotThere, PlaceGone, mask, preview, unmask
from idesluss.ideas.usecases.merging import merge
from idesluss.ideas.usecases.splitting import Goes, NewPart, split
from idesluss.ideas.vocab import ArrivalState, Channel, FindingKind
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Disqualified, Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry, Letter
from idesluss.records.usecases import note, write_letter
from idesluss.records.vocab import LetterState
from tests.factories import NOON, PersonFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db
WORDS = "Bo Ek på rum 4 har cancer"
WHY = "Sjukdom"
DAY = timedelta(days=1)


@pytest.fixture
def told(settings, tmp_path):
    """A case that tells of somebody's illness wherever it can."""
    settings.MEDIA_ROOT = tmp_path
    owner = PersonFactory()
    idea = sluice_case(owner=owner, title=f"{WORDS}!", need=f"Lyften. {WORDS}, sa hon.")
    coach = idea.responsible
    say(idea.pk, f"Jag såg att {WORDS.upper()}.", by=owner, at=NOON)
    Finding.objects.create(
        idea=idea,
        kind=FindingKind.CANVAS.value,
        head="Rum 4",
        facts={"who": f"{WORDS}", "n": "två"},
        by=coach,
        at=NOON,
    )
    Support.objects.create(idea=idea, person=PersonFactory(), reason=f"Ja, {WORDS}", at=NOON)
    arrival = Arrival.objects.create(
        organisation=idea.programme.organisation,
        channel=Channel.MAIL.value,
        state=ArrivalState.TAKEN.value,
        arrived_at=NOON,
        subject=WORDS,
        text=WORDS,
        fields={"need": WORDS},
        idea=idea,
    )
    arrival.raw.save("m.eml", ContentFile(WORDS.encode()))
    end(idea.pk, Stage.DECLINED, answer=f"Nej. {WORDS}.", by=coach, at=NOON)
    return idea


def letter(idea, state, kind="ideas.answered"):
    entry = Entry.objects.about(idea).filter(verb="ideas.answered").last()
    one = write_letter(
        kind=kind,
        person_id=1,
        to="a@b.example",
        subject=f"Om {WORDS}",
        text=f"Hej! {WORDS}.",
        language="sv",
        words=WORDS,
        entry=entry,
        at=NOON,
    )
    Letter.objects.filter(pk=one.pk).update(state=state.value)
    return one


def everything():
    """All that the database holds but what is sealed, as one text."""
    models = (Idea, Message, Finding, Support, Arrival, Entry, Letter)
    return "".join(serializers.serialize("jsonl", it.objects.all()) for it in models).lower()


def test_the_words_leave_every_text_the_records_and_the_letters(told):
    queued, held = letter(told, LetterState.QUEUED), letter(told, LetterState.HELD, "b")
    sent = letter(told, LetterState.SENT, "c")
    assert "cancer" in everything()
    done = mask(told.pk, f" {WORDS} ", reason=WHY, by=told.responsible, at=NOON + DAY)
    assert "cancer" not in everything()
    assert (done.places, done.letters_left) == (10, 1)
    told.refresh_from_db()
    sign = Masking.objects.filter(idea=told).first().mark
    assert (told.title, told.need) == (f"{sign}!", f"Lyften. {sign}, sa hon.")
    for one in (queued, held, sent):
        one.refresh_from_db()
        assert one.text == f"Hej! {sign}."
    entry = Entry.objects.about(told).last()
    assert (entry.verb, entry.data) == (
        "ideas.masked",
        {"places": 10, "mark": sign, "reason": WHY},
    )


def test_a_registrar_reads_the_words_and_puts_them_back_letter_for_letter(told):
    before = (
        [(it.need, it.title, it.answer) for it in Idea.objects.filter(pk=told.pk)],
        list(Message.objects.values_list("text")),
    )
    raw = Arrival.objects.get().raw.name
    mask(told.pk, WORDS, reason=WHY, by=told.responsible, at=NOON + DAY)
    assert Arrival.objects.get().raw.name == ""
    registrar = person_as(Role.REGISTRAR, told.programme.organisation)
    number = Masking.objects.first().pk
    assert unmask(number, by=registrar, at=NOON + 2 * DAY) == 10
    after = (
        [(it.need, it.title, it.answer) for it in Idea.objects.filter(pk=told.pk)],
        list(Message.objects.values_list("text")),
    )
    assert after == before
    assert Arrival.objects.get().raw.name == raw
    assert Finding.objects.get().facts == {"who": WORDS, "n": "två"}
    assert Entry.objects.about(told).last().verb == "ideas.unmasked"
    assert unmask(number, by=registrar, at=NOON + 2 * DAY) == 0


def test_twice_in_one_text_each_comes_back_as_it_was():
    idea = sluice_case(need="bo ek. Bo Ek! BO\nEK?")
    mask(idea.pk, "Bo Ek", reason=WHY, by=idea.responsible, at=NOON)
    registrar = person_as(Role.REGISTRAR, idea.programme.organisation)
    unmask(Masking.objects.get().pk, by=registrar, at=NOON)
    idea.refresh_from_db()
    assert idea.need == "bo ek. Bo Ek! BO\nEK?"


def test_what_was_rewritten_meanwhile_is_not_put_back_half():
    idea = sluice_case(need=f"{WORDS}.")
    mask(idea.pk, WORDS, reason=WHY, by=idea.responsible, at=NOON)
    Idea.objects.filter(pk=idea.pk).update(need="Nytt behov")
    registrar = person_as(Role.REGISTRAR, idea.programme.organisation)
    with pytest.raises(PlaceGone):
        unmask(Masking.objects.get().pk, by=registrar, at=NOON)


def test_a_short_word_in_a_full_title_leaves_room_for_its_mark():
    title = "Bo " + "x" * 157
    idea = sluice_case(title=title)
    mask(idea.pk, "Bo", reason=WHY, by=idea.responsible, at=NOON)
    idea.refresh_from_db()
    assert len(idea.title) == 160
    assert "Bo" not in idea.title
    registrar = person_as(Role.REGISTRAR, idea.programme.organisation)
    unmask(Masking.objects.get().pk, by=registrar, at=NOON)
    idea.refresh_from_db()
    assert idea.title == title


def test_whoever_was_editing_meanwhile_does_not_write_the_words_back():
    idea = sluice_case(need=WORDS)
    finding = Finding.objects.create(
        idea=idea, kind="canvas", text=WORDS, by=idea.responsible, at=NOON
    )
    before = idea.version, finding.version
    mask(idea.pk, WORDS, reason=WHY, by=idea.responsible, at=NOON)
    idea.refresh_from_db()
    finding.refresh_from_db()
    assert (idea.version, finding.version) == (before[0] + 1, before[1] + 1)


def test_files_that_hold_the_words_are_put_away_and_taken_out_again(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    idea = sluice_case()
    file = attach(
        idea, name="a.txt", content=ContentFile(b"x"), size=1, by=idea.responsible, at=NOON
    )
    mask(idea.pk, WORDS, reason=WHY, files=[file.pk], by=idea.responsible, at=NOON)
    file.refresh_from_db()
    assert file.removed_at == NOON
    registrar = person_as(Role.REGISTRAR, idea.programme.organisation)
    unmask(Masking.objects.get().pk, by=registrar, at=NOON)
    file.refresh_from_db()
    assert file.removed_at is None


def test_cases_that_the_words_were_copied_to_are_masked_too():
    idea = sluice_case()
    coach = idea.responsible
    said = say(idea.pk, WORDS, by=coach, at=NOON)
    part = NewPart("Ny", "Del", NOON.date(), messages={said.pk: Goes.COPY})
    new = split(idea.pk, part, by=coach, at=NOON)
    other = sluice_case(door=idea.door)
    Support.objects.create(idea=idea, person=PersonFactory(), reason=WORDS, at=NOON)
    merge(idea.pk, other.pk, answer="Samma", by=coach, at=NOON)
    assert mask(idea.pk, WORDS, reason=WHY, by=coach, at=NOON).places == 4
    assert "cancer" not in everything()
    assert new.messages.get().text == Message.objects.get(idea=idea).text
    registrar = person_as(Role.REGISTRAR, idea.programme.organisation)
    assert unmask(Masking.objects.first().pk, by=registrar, at=NOON) == 4
    assert new.messages.get().text == WORDS


def test_the_preview_shows_what_will_stand_there_and_what_is_left():
    idea = sluice_case(title="Bo Ek på …", need=f"Lyften. {WORDS}.")
    hit, remains = preview(idea, WORDS, by=idea.responsible, at=NOON)
    assert [it.words.startswith("Lyften. [") for it in hit] == [True]
    assert [it.words for it in remains] == ["Bo Ek"]
    hit, remains = preview(idea, "Bo Ekdahl fick kräfta", by=idea.responsible, at=NOON)
    assert (hit, remains) == ([], [])
    idea.title = "Bo Ekdahl …"
    idea.save()
    _, remains = preview(idea, "Bo Ekdahl fick kräfta", by=idea.responsible, at=NOON)
    assert [it.words for it in remains] == ["Bo Ekdahl"]


def test_the_reason_never_tells_the_words():
    idea = sluice_case(need=WORDS)
    mask(idea.pk, WORDS, reason=f"Det stod {WORDS}", by=idea.responsible, at=NOON)
    assert "cancer" not in Entry.objects.about(idea).last().data["reason"]
    assert "cancer" not in Masking.objects.get().reason


def test_letters_of_other_cases_are_left_alone():
    idea, other = sluice_case(need=WORDS), sluice_case()
    note("ideas.answered", about=other, by=None, at=NOON, answer=WORDS)
    mask(idea.pk, WORDS, reason=WHY, by=idea.responsible, at=NOON)
    assert Entry.objects.about(other).get().data["answer"] == WORDS


@pytest.mark.parametrize(
    ("passage", "reason", "no"),
    [
        ("", WHY, Missing),
        (" x ", WHY, Missing),
        ("y" * 2001, WHY, TooLong),
        (WORDS, " ", Missing),
        (WORDS, "x" * 301, TooLong),
        ("står inte här", WHY, NotThere),
    ],
)
def test_what_cannot_be_masked_says_why(passage, reason, no):
    idea = sluice_case(need=WORDS)
    with pytest.raises(no):
        mask(idea.pk, passage, reason=reason, by=idea.responsible, at=NOON)
    assert not Masking.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_staff_mask_and_only_registrars_put_back(role):
    idea = sluice_case(need=WORDS)
    person = person_as(role, idea.programme.organisation)
    if role not in (Role.COACH, Role.ADMINISTRATOR, Role.REGISTRAR):
        with pytest.raises(NotAllowed):
            mask(idea.pk, WORDS, reason=WHY, by=person, at=NOON)
        return
    mask(idea.pk, WORDS, reason=WHY, by=person, at=NOON)
    number = Masking.objects.get().pk
    if role is Role.REGISTRAR:
        assert unmask(number, by=person, at=NOON) == 1
        return
    with pytest.raises(NotAllowed):
        unmask(number, by=person, at=NOON)


def test_nobody_masks_in_their_own_case():
    idea = sluice_case(need=WORDS)
    own = sluice_case(need=WORDS, door=idea.door, owner=idea.responsible)
    with pytest.raises(Disqualified):
        mask(own.pk, WORDS, reason=WHY, by=idea.responsible, at=NOON)


def test_what_comes_from_a_place_that_is_gone_is_said():
    idea = sluice_case(need=WORDS)
    said = say(idea.pk, WORDS, by=idea.responsible, at=NOON)
    mask(idea.pk, WORDS, reason=WHY, by=idea.responsible, at=NOON)
    registrar = person_as(Role.REGISTRAR, idea.programme.organisation)
    number = Masking.objects.filter(idea=idea).first().pk
    Masking.objects.filter(about_id=said.pk, field="text").update(about_kind="ideas.gone")
    with pytest.raises(PlaceGone):
        unmask(number, by=registrar, at=NOON)
