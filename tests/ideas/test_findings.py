"""What is found out about a need: by whom, in which fields, and what two who write at once keep."""

import pytest

from idesluss.ideas.models import Finding
from idesluss.ideas.reads.findings import cards, may_come, sheet
from idesluss.ideas.usecases.findings import (
    NoLink,
    OneIsThere,
    TooMany,
    add_finding,
    bring_back_finding,
    change_finding,
    remove_finding,
)
from idesluss.ideas.usecases.write import NotChoosable
from idesluss.ideas.vocab import (
    FACT_LENGTH,
    FINDING_FIELDS,
    HEAD_LENGTH,
    MOST_FINDINGS,
    ConflictState,
    FindingKind,
)
from idesluss.logic.merging import Clash, fingerprints
from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, PersonFactory, declare, person_as, sluice_case

pytestmark = pytest.mark.django_db

CANVAS, SCAN, INSIGHT = FindingKind.CANVAS, FindingKind.SCAN, FindingKind.INSIGHT
INTERVIEW = FindingKind.INTERVIEW


@pytest.fixture
def giver():
    return PersonFactory()


@pytest.fixture
def idea(giver):
    return sluice_case(owner=giver)


def add(idea, kind, by=None, **wanted):
    return add_finding(idea.pk, kind, wanted, by=by or idea.responsible, at=NOON)


def change(finding, by, seen=None, **wanted):
    seen = fingerprints(sheet(finding)) if seen is None else seen
    return change_finding(finding.pk, wanted, seen=seen, by=by, at=NOON)


@pytest.mark.parametrize("kind", list(FindingKind), ids=str)
def test_every_kind_is_written_down_in_its_own_fields_and_shown_as_a_card(idea, giver, kind):
    told = {it.key: f"Om {it.key}" for it in FINDING_FIELDS[kind.value]}
    told |= {"link": "https://lerum.example/"} if kind is SCAN else {}
    told |= {"result": "adapt"} if kind is SCAN else {}
    add(idea, kind, giver, **told)
    [card] = cards(idea.findings.all())
    assert {asked.key: text for asked, text in card.rows} == {
        key: text for key, text in told.items() if key not in ("head", "result")
    }
    assert card.finding.head == told.get("head", "")
    assert [it.verb for it in Entry.objects.about(idea)] == ["ideas.found"]


def test_a_case_has_one_canvas_that_everybody_writes_on(idea, giver):
    canvas = add(idea, CANVAS, giver, who="Nattpersonal")
    with pytest.raises(OneIsThere):
        add(idea, CANVAS, who="Boende")
    assert CANVAS not in may_come(idea.findings.all())
    assert INTERVIEW in may_come(idea.findings.all())
    remove_finding(canvas.pk, by=giver, at=NOON)
    assert CANVAS in may_come(idea.findings.all())


def test_two_who_write_on_the_canvas_at_once_lose_nothing(idea, giver):
    canvas = add(idea, CANVAS, giver, who="Nattpersonal")
    seen = fingerprints(sheet(canvas))
    change(canvas, giver, seen, who="Nattpersonal", when="På natten")
    merged = change(canvas, idea.responsible, seen, who="Alla", where="Ekbacken", when="")
    canvas.refresh_from_db()
    assert canvas.facts == {"who": "Alla", "when": "På natten", "where": "Ekbacken"}
    assert (canvas.version, merged.clashes) == (2, {})
    clashing = change(canvas, giver, seen, who="Nattpersonal och boende")
    assert clashing.clashes == {"who": Clash(theirs="Alla", mine="Nattpersonal och boende")}
    canvas.refresh_from_db()
    assert (canvas.facts["who"], canvas.version) == ("Alla", 2)


def test_the_records_say_which_fields_were_changed_and_not_to_what(idea, giver):
    canvas = add(idea, CANVAS, giver, who="Nattpersonal")
    change(canvas, giver, who="Nattpersonal", when="På natten")
    assert Entry.objects.about(idea).last().data == {
        "finding": canvas.pk,
        "fields": ["when"],
        "version": 1,
    }
    change(canvas, giver, fingerprints(sheet(Finding.objects.get())), when="På natten")
    assert Entry.objects.about(idea).count() == 2


@pytest.mark.parametrize(
    ("kind", "wanted", "no", "field"),
    [
        (CANVAS, {"who": " ", "when": ""}, Missing, "who"),
        (INTERVIEW, {"text": "Det är tungt"}, Missing, "head"),
        (SCAN, {"head": "Lyftbokning"}, Missing, "result"),
        (SCAN, {"head": "Lyftbokning", "result": "kanske"}, NotChoosable, "result"),
        (INTERVIEW, {"head": "x" * (HEAD_LENGTH + 1)}, TooLong, "head"),
        (CANVAS, {"who": "x" * (FACT_LENGTH + 1)}, TooLong, "who"),
        (INSIGHT, {"head": "Vi letar", "sources": (999_999,)}, NotChoosable, "sources"),
        *[
            (SCAN, {"head": "X", "result": "new", "link": link}, NoLink, "link")
            for link in ("javascript:alert(1)", "lerum.se", "https://", "http://[", "https://a b")
        ],
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(idea, kind, wanted, no, field):
    with pytest.raises(no) as refusal:
        add(idea, kind, **wanted)
    assert refusal.value.field == field
    assert idea.findings.count() == 0


def test_a_field_that_the_kind_does_not_have_is_a_mistake_in_the_program(idea):
    with pytest.raises(KeyError):
        add(idea, CANVAS, who="Vi", link="https://x.example")


def test_an_insight_says_which_interviews_it_comes_from_also_when_one_is_gone(idea, giver):
    one = add(idea, INTERVIEW, giver, head="Nattsköterska")
    two = add(idea, INTERVIEW, giver, head="Boende")
    insight = add(idea, INSIGHT, giver, head="Vi letar", sources=(two.pk, one.pk))
    assert [it.head for it in cards(idea.findings.all())[-1].sources] == ["Nattsköterska", "Boende"]
    remove_finding(one.pk, by=giver, at=NOON)
    change(insight, giver, head="Vi letar i timmar", sources=(one.pk, two.pk))
    assert [it.head for it in cards(idea.findings.all())[-1].sources] == ["Boende"]
    bring_back_finding(one.pk, by=giver, at=NOON)
    assert len(cards(idea.findings.all())[-1].sources) == 2


def test_what_is_kept_inside_is_for_those_who_handle_it_alone(idea, giver):
    coach = idea.responsible
    with pytest.raises(NotAllowed):
        add(idea, INTERVIEW, giver, head="Chef", inside=1)
    kept = add(idea, INTERVIEW, coach, head="Chef", inside=1)
    with pytest.raises(NotAllowed):
        change(kept, giver, head="Chefen")
    with pytest.raises(NotAllowed):
        remove_finding(kept.pk, by=giver, at=NOON)
    with pytest.raises(NotChoosable):
        add(idea, INSIGHT, giver, head="Vi letar", sources=(kept.pk,))
    add(idea, INSIGHT, coach, head="Vi letar", sources=(kept.pk,))
    change(kept, coach, inside=0)
    assert Finding.objects.get(pk=kept.pk).inside is False


def test_taking_away_is_undone_unless_there_is_another_canvas(idea, giver):
    canvas = add(idea, CANVAS, giver, who="Vi")
    with pytest.raises(AlreadyDone):
        bring_back_finding(canvas.pk, by=giver, at=NOON)
    remove_finding(canvas.pk, by=giver, at=NOON)
    with pytest.raises(AlreadyDone):
        remove_finding(canvas.pk, by=giver, at=NOON)
    with pytest.raises(AlreadyDone):
        change(canvas, giver, who="Ni")
    other = add(idea, CANVAS, giver, who="Andra")
    with pytest.raises(OneIsThere):
        bring_back_finding(canvas.pk, by=giver, at=NOON)
    remove_finding(other.pk, by=giver, at=NOON)
    bring_back_finding(canvas.pk, by=giver, at=NOON)
    assert [it.finding for it in cards(idea.findings.all())] == [canvas]


def test_a_case_holds_only_so_many(idea):
    Finding.objects.bulk_create(
        Finding(idea=idea, kind="stakeholder", head=str(n), by=idea.responsible, at=NOON)
        for n in range(MOST_FINDINGS)
    )
    with pytest.raises(TooMany):
        add(idea, INTERVIEW, head="En till")


def conflicted(idea):
    person = person_as(Role.COACH, idea.programme.organisation)
    declare(idea, person, ConflictState.DECIDED)
    return person


WRITERS = {
    "giver": (lambda idea, giver: giver, True, False),
    "coach": (lambda idea, giver: idea.responsible, True, True),
    "administrator": (
        lambda idea, giver: person_as(Role.ADMINISTRATOR, idea.programme.organisation), True, True
    ),
    "registrar": (
        lambda idea, giver: person_as(Role.REGISTRAR, idea.programme.organisation), False, False
    ),
    "employee": (
        lambda idea, giver: person_as(Role.EMPLOYEE, idea.programme.organisation), False, False
    ),
    "conflict": (lambda idea, giver: conflicted(idea), False, False),
}  # fmt: skip


@pytest.mark.parametrize("who", WRITERS)
@pytest.mark.parametrize("stage", ["received", "declined"])
def test_givers_write_while_it_goes_on_and_those_who_work_with_it_always(giver, who, stage):
    idea = sluice_case(stage, owner=giver, visibility="inside")
    make, live, ended = WRITERS[who]
    writer, may = make(idea, giver), live if stage == "received" else ended
    if may:
        assert add(idea, INTERVIEW, writer, head="Boende").by == writer
    else:
        with pytest.raises(NotAllowed):
            add(idea, INTERVIEW, writer, head="Boende")
