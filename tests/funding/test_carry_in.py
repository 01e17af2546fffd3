"""An idea of a sluice asks a fund for money: nothing is typed twice, and the outcome comes back."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from idesluss.assessment.reads.assigning import table_of
from idesluss.assessment.vocab import Hint
from idesluss.funding.models import Application
from idesluss.funding.reads.sheet import questions_of, sheet
from idesluss.funding.usecases.carry_in import NobodyApplies, bring_back, carry_in
from idesluss.funding.usecases.forget import forget_discarded
from idesluss.funding.usecases.write import write
from idesluss.ideas.models import Attachment, Finding, Idea, StepAnswer
from idesluss.ideas.usecases.attach import attach
from idesluss.ideas.usecases.masking import mask, unmask
from idesluss.ideas.usecases.worked import NotAtWork
from idesluss.ideas.vocab import Part
from idesluss.logic.merging import fingerprints
from idesluss.logic.refusals import Closed, NotAllowed
from idesluss.people.vocab import Role
from idesluss.programmes.models import StepQuestion
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    ApplicationFactory,
    AppointmentFactory,
    DoorFactory,
    EditionFactory,
    GoalFactory,
    PersonFactory,
    ProgrammeFactory,
    QuestionFactory,
    RoundFactory,
    UnitFactory,
    involve,
    person_as,
    sluice_case,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def door():
    stages = ("received", "exploring", "deciding", "testing")
    return DoorFactory(edition=EditionFactory(stages=stages))


@pytest.fixture
def round(door):
    fund = ProgrammeFactory(organisation=door.organisation)
    round = RoundFactory(programme=fund)
    for key in ("for-whom", "evidence", "what"):
        QuestionFactory(round=round, key=key, max_length=40)
    return round


@pytest.fixture
def giver(door):
    return person_as(Role.EMPLOYEE, door.organisation)


@pytest.fixture
def case(door, giver):
    unit = UnitFactory(organisation=door.organisation)
    return sluice_case(
        "exploring", door=door, owner=giver, unit=unit, for_whom="Boende", how_many=34
    )


def told(application):
    return dict(application.idea.answers.values_list("question__key", "text"))


def test_a_draft_is_made_with_nothing_typed_twice(case, round, giver, door):
    friend = person_as(Role.EMPLOYEE, door.organisation)
    involve(case, friend, Part.CO_APPLICANT)
    case.goals.add(GoalFactory(programme=door.programme, name="Trygg vardag"))
    same = GoalFactory(programme=round.programme, name="trygg vardag ")
    GoalFactory(programme=round.programme, name="Ren luft")
    question = StepQuestion.objects.create(step=case.at_step, key="what", text="Vad vill ni göra?")
    StepAnswer.objects.create(idea=case, question=question, text="Ring " * 20, by=giver, at=NOON)
    Finding.objects.create(
        idea=case, kind="canvas", facts={"know": "Räknat i en vecka"}, by=giver, at=NOON
    )
    application = carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON)
    draft = application.idea
    assert (draft.title, draft.need, draft.unit, draft.grown_from, draft.stage) == (
        case.title,
        case.need,
        case.unit,
        case,
        "draft",
    )
    assert list(draft.goals.all()) == [same]
    assert told(application) == {
        "for-whom": "Boende (34)",
        "evidence": "Räknat i en vecka",
        "what": ("Ring " * 20)[:40],
    }
    parts = draft.involvements.values_list("person", "part")
    coach = case.responsible.pk
    assert set(parts) == {(giver.pk, "owner"), (friend.pk, "co_applicant"), (coach, "coach")}


def test_files_come_along_as_the_same_stored_ones_and_outlive_the_draft(case, round, giver):
    file = Attachment(
        idea=case, name="a.txt", content_type="text/plain", size=2, sha256="0" * 64,
        added_by=giver, added_at=NOON,
    )  # fmt: skip
    file.file.save(str(file.pk), ContentFile(b"hi"), save=False)
    file.save(force_insert=True)
    application = carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON)
    [copied] = application.idea.attachments.all()
    assert (copied.file.name, copied.name) == (file.file.name, "a.txt")
    application.idea.involvements.update(ended_at=NOON)
    assert forget_discarded(at=NOON + 400 * DAY) == 1
    with Attachment.objects.get().file as kept:
        assert kept.read() == b"hi"


def test_the_case_comes_to_be_decided_until_the_round_closes(case, round, giver):
    carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON)
    case.refresh_from_db()
    assert (case.stage, case.at_step.stage, case.next_on) == (
        "deciding",
        "deciding",
        date(2026, 11, 4),
    )
    assert case.next_what == f"Söker pengar i {round.name}"
    assert "ideas.money_asked" in Entry.objects.about(case).values_list("verb", flat=True)


def test_a_model_without_such_a_step_leaves_the_case_where_it_is(round, giver):
    door = DoorFactory(edition=EditionFactory(programme__organisation=round.programme.organisation))
    case = sluice_case(door=door, owner=giver)
    carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON)
    before = (case.stage, case.next_on)
    case.refresh_from_db()
    assert (case.stage, case.next_on) == before
    assert case.next_what == f"Söker pengar i {round.name}"
    planned = sluice_case(door=door, owner=giver, next_what="Möte på torsdag")
    carry_in(planned.pk, round.pk, applicant=giver, by=giver, at=NOON)
    planned.refresh_from_db()
    assert planned.next_what == "Möte på torsdag"


def test_twice_is_once_and_after_it_was_taken_back_once_more(case, round, giver, door):
    first = carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON)
    again = carry_in(case.pk, round.pk, applicant=giver, by=door.receiver, at=NOON)
    assert first == again
    Idea.objects.filter(pk=first.idea_id).update(stage="withdrawn", register_number="INN 1")
    assert carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON) != first
    assert Application.objects.count() == 2


def test_a_resident_is_named_and_somebody_who_works_here_applies(door, round):
    resident = PersonFactory(name="Nadia Holm", guest=True, email=None)
    case = sluice_case("exploring", door=door, owner=resident, name_shown="public")
    coach = door.receiver
    with pytest.raises(NobodyApplies):
        carry_in(case.pk, round.pk, applicant=resident, by=coach, at=NOON)
    application = carry_in(case.pk, round.pk, applicant=coach, by=coach, at=NOON)
    assert application.idea.on_behalf_of == "Nadia Holm"
    assert [it.person for it in application.idea.involvements.all()] == [coach]
    hidden = sluice_case("exploring", door=door, owner=resident)
    assert not carry_in(hidden.pk, round.pk, applicant=coach, by=coach, at=NOON).idea.on_behalf_of
    firm = sluice_case("exploring", door=door, owner=resident, on_behalf_of="Fullt Koll AB")
    carried = carry_in(firm.pk, round.pk, applicant=coach, by=coach, at=NOON)
    assert carried.idea.on_behalf_of == "Fullt Koll AB"


def test_only_who_gives_or_works_with_a_live_case_carries_it(case, round, giver, door):
    for person in (person_as(Role.EMPLOYEE, door.organisation), PersonFactory(guest=True)):
        with pytest.raises(NotAllowed):
            carry_in(case.pk, round.pk, applicant=giver, by=person, at=NOON)
    ended = sluice_case("declined", door=door, owner=giver)
    with pytest.raises(NotAtWork):
        carry_in(ended.pk, round.pk, applicant=giver, by=giver, at=NOON)
    with pytest.raises(Closed):
        carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON + 60 * DAY)
    elsewhere = RoundFactory()
    AppointmentFactory(person=giver, organisation=elsewhere.programme.organisation)
    again = type(giver).objects.get(pk=giver.pk)
    with pytest.raises(NobodyApplies):
        carry_in(case.pk, elsewhere.pk, applicant=again, by=again, at=NOON)


def test_whoever_applies_writes_on_as_usual(case, round, giver):
    application = carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON)
    seen = fingerprints(sheet(application, questions_of(round)))
    write(application.pk, values={"asked": 40_000_00}, seen=seen, by=giver, at=NOON)
    application.refresh_from_db()
    assert application.asked_minor == 40_000_00


@pytest.mark.parametrize(
    ("outcome", "words", "what"),
    [
        ("granted", "beviljar 40 000 kr", "Kom överens om försöket"),
        ("refused", "beviljar inga pengar", "Prata om hur idén går vidare"),
        ("postponed", "tar upp ansökan igen", "Prata om hur idén går vidare"),
        ("withdrawn", "är avslutad", "Prata om hur idén går vidare"),
    ],
)
def test_what_became_of_it_is_said_on_the_case_once(case, round, giver, outcome, words, what):
    application = carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON)
    for _ in range(2):
        bring_back(application.pk, outcome, granted_minor=40_000_00, by=None, at=NOON)
    case.refresh_from_db()
    [message] = case.messages.all()
    assert words in message.text.replace("\xa0", " ")
    assert (case.next_what, case.next_on) == (what, date(2026, 10, 19))
    verbs = Entry.objects.about(case).filter(verb="ideas.money_answered")
    assert verbs.count() == 1


def test_an_ended_case_is_told_and_owes_nothing_again(case, round, giver):
    application = carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON)
    Idea.objects.filter(pk=case.pk).update(
        stage="parked", answer="Sen", next_on=None, responsible=None
    )
    assert bring_back(application.pk, "granted", granted_minor=1, by=giver, at=NOON)
    case.refresh_from_db()
    assert (case.next_on, case.messages.count()) == (None, 1)


def test_what_the_clock_brings_back_to_a_case_that_nobody_has_is_noted_alone(case, round, giver):
    application = carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON)
    Idea.objects.filter(pk=case.pk).update(
        stage="parked", answer="Sen", next_on=None, responsible=None
    )
    assert bring_back(application.pk, "granted", granted_minor=1, by=None, at=NOON)
    assert case.messages.count() == 0
    assert Entry.objects.about(case).filter(verb="ideas.money_answered").count() == 1


def test_an_application_that_grew_from_nothing_tells_nobody(round, giver):
    application = ApplicationFactory(round=round, owner=giver)
    assert not bring_back(application.pk, "granted", by=giver, at=NOON)


def test_whoever_has_coached_the_idea_is_pointed_out_to_whoever_gives_it_to_assessors(
    case, round, giver, door
):
    coach = case.responsible
    AppointmentFactory(person=coach, organisation=door.organisation, role=Role.ASSESSOR.value)
    idea = carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON).idea
    Idea.objects.filter(pk=idea.pk).update(stage="assessing", register_number="INN 2026/1")
    administrator = person_as(Role.ADMINISTRATOR, door.organisation)
    (table_case,) = table_of(round, administrator, at=NOON).cases
    (cell,) = [it for it in table_case.cells if it.assessor.person == coach]
    assert (cell.hints, cell.obstacle) == ((Hint.COACH,), None)


def test_a_coach_who_applies_themselves_is_no_coach_of_it(case, round, door):
    coach = case.responsible
    idea = carry_in(case.pk, round.pk, applicant=coach, by=coach, at=NOON).idea
    assert list(idea.involvements.filter(person=coach).values_list("part", flat=True)) == ["owner"]


def test_what_is_masked_in_the_idea_is_masked_in_what_grew_from_it_and_its_files_put_away(
    case, round, giver
):
    words = "Bo Ek har cancer"
    Idea.objects.filter(pk=case.pk).update(need=f"Lyften är trasig. {words}.")
    case.refresh_from_db()
    Finding.objects.create(idea=case, kind="canvas", facts={"know": words}, by=giver, at=NOON)
    content = ContentFile(words.encode(), name="journal.txt")
    file = attach(case, name=content.name, content=content, size=content.size, by=giver, at=NOON)
    draft = carry_in(case.pk, round.pk, applicant=giver, by=giver, at=NOON).idea
    assert draft.attachments.filter(removed_at=None).count() == 1
    next_year = ApplicationFactory(idea__grown_from=draft, idea__need=f"Igen: {words}").idea
    coach = case.responsible
    mask(case.pk, words, reason="Sjukdom", files=[file.pk], by=coach, at=NOON + DAY)
    mark = f"[maskat {case.pk}.1]"
    draft.refresh_from_db()
    assert draft.need == f"Lyften är trasig. {mark}."
    assert draft.answers.get(question__key="evidence").text == mark
    assert not draft.attachments.filter(removed_at=None).exists()
    next_year.refresh_from_db()
    assert next_year.need == f"Igen: {mark}"
    registrar = person_as(Role.REGISTRAR, case.programme.organisation)
    unmask(case.maskings.first().pk, by=registrar, at=NOON + DAY)
    draft.refresh_from_db()
    assert draft.need == f"Lyften är trasig. {words}."
    assert draft.answers.get(question__key="evidence").text == words
    assert draft.attachments.filter(removed_at=None).count() == 1
