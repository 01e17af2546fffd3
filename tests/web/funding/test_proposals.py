"""The office proposes sums before the meeting; the body takes them over, or not."""

import pytest
from django.urls import reverse

from idesluss.ideas.vocab import ConflictState
from idesluss.people.models import Body
from idesluss.programmes.models import Mandate
from tests.factories import BodyFactory, SeatFactory, declare
from tests.funding.meeting import LATER, room
from tests.web.funding.meeting_pages import fields, open_room, text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def spoken(response):
    return text(response).replace("\N{NO-BREAK SPACE}", " ")


def proposing(here, *sums, **was):
    """What a browser sends: one typed sum for each case, in the order of the agenda."""
    pks = [here.decision(case).pk for case in here.cases]
    sent = {f"sum-{pk}": typed for pk, typed in zip(pks, sums, strict=True)}
    stood = {f"was-{pk}": was.get(f"was_{n}", "") for n, pk in enumerate(pks)}
    return sent | stood


def recommended(here):
    return [here.decision(case).recommended_minor for case in here.cases]


def test_the_administrator_writes_the_proposed_sums_and_everybody_sees_them(use):
    here = open_room(60_000, 40_000, 30_000)
    browser = use(here.administrator)
    page = url(here, "proposals")
    assert "Förslag 1" in text(browser.get(page))

    answer = browser.post(page, proposing(here, "50 000", "0", ""))

    assert answer.url == url(here)
    assert recommended(here) == [50_000_00, 0, None]
    for reader in (here.administrator, here.members[0]):
        shown = spoken(use(reader).get(url(here)))
        assert "Asked SEK 60,000 Proposed SEK 50,000" in shown
        assert shown.count("Proposed SEK") == 2
    assert "SEK 60,000 SEK 50,000" in spoken(use(here.administrator).get(url(here, "agenda")))


def test_what_cannot_be_proposed_comes_back_and_the_rest_is_saved(use):
    here = open_room(60_000, 40_000, 30_000)
    answer = use(here.administrator).post(
        url(here, "proposals"), proposing(here, "60 001", "mycket", "30 000")
    )

    assert answer.status_code == 422
    shown = text(answer)
    assert "More is granted than was asked for. Lower the sum." in shown
    assert "“mycket” cannot be read as a sum of money." in shown
    assert 'value="60 001"' in answer.content.decode()
    assert recommended(here) == [None, None, 30_000_00]


def test_what_somebody_else_has_proposed_meanwhile_is_not_written_over(use):
    here = open_room(60_000, 40_000)
    browser = use(here.administrator)
    browser.post(url(here, "proposals"), proposing(here, "50 000", ""))

    answer = browser.post(url(here, "proposals"), proposing(here, "40 000", ""))

    assert answer.status_code == 422
    assert "Somebody else changed this while you were working." in text(answer)
    assert recommended(here) == [50_000_00, None]


def test_only_those_who_prepare_propose(use):
    here = open_room()
    assert use(here.members[0]).get(url(here, "proposals")).status_code == 404
    here.meeting.secretary = here.members[1]
    here.meeting.save()
    assert use(here.members[1]).get(url(here, "proposals")).status_code == 200


def test_a_case_shut_to_the_administrator_is_only_counted(use):
    here = open_room(60_000, 40_000)
    declare(here.cases[0].idea, here.administrator, ConflictState.DECLARED)
    shown = text(use(here.administrator).get(url(here, "proposals")))
    assert "Förslag 1" not in shown
    assert "1 case is closed to you and not shown here." in shown
    assert "Proposed and saved in all" not in shown


def test_without_cases_there_is_nothing_to_propose(use):
    here = open_room(60_000)
    here.meeting.decisions.all().delete()
    assert "Nothing is on the agenda yet." in text(
        use(here.administrator).get(url(here, "proposals"))
    )


def test_the_proposals_are_taken_over_where_nothing_is_chosen_yet(use):
    here = open_room(60_000, 40_000, 30_000, 20_000)
    browser = use(here.administrator)
    browser.post(url(here, "proposals"), proposing(here, "60 000", "10 000", "0", "20 000"))
    here.choose(here.cases[3], "refused", reason="Nej.")
    page = browser.get(url(here))
    assert "Take over the proposals" in text(page)
    typed = {name: value for case in here.cases for name, value in fields(page, here, case).items()}

    filled = browser.post(url(here), typed | {"do": "propose"})

    assert filled.status_code == 200
    rows = filled.context["form"].rows
    chosen = [rows[here.decision(case).pk].choice for case in here.cases]
    assert [(it.outcome, it.granted_minor) for it in chosen] == [
        ("granted", 60_000_00),
        ("partly_granted", 10_000_00),
        ("refused", 0),
        ("refused", 0),
    ]
    assert [here.decision(case).outcome for case in here.cases[:3]] == ["", "", ""]

    sent = {
        name: value for case in here.cases for name, value in fields(filled, here, case).items()
    }
    assert browser.post(url(here), sent | {"do": "save"}).status_code == 302
    assert [here.decision(case).granted_minor for case in here.cases] == [
        60_000_00, 10_000_00, 0, 0,
    ]  # fmt: skip


def test_without_proposals_there_is_no_button(use):
    here = open_room()
    assert "Take over the proposals" not in text(use(here.administrator).get(url(here)))


@pytest.mark.list_page("funding:proposals")
def test_the_page_asks_as_much_for_three_cases_as_for_one(use, count_queries):
    here = open_room()
    browser = use(here.administrator)

    def add(count):
        for _ in range(count):
            case = here.case("Ett till")
            here.meeting.decisions.create(application=case)
            type(case.idea).objects.filter(pk=case.idea_id).update(stage="deciding")

    assert count_queries(lambda: browser.get(url(here, "proposals")), add) == 11


# --- Which body meets ----------------------------------------------------------------------------


def shared(*asked):
    here = room(cap=None)
    body = BodyFactory(organisation=here.organisation, name="Small body", quorum=1)
    SeatFactory(body=body, person=here.members[2], chair=True)
    programme = here.round.programme
    Mandate.objects.create(programme=programme, body=body, up_to_minor=25_000_00, reference="§ 12")
    for number, kronor in enumerate(asked, start=1):
        here.case(f"Förslag {number}", kronor)
    return here, body


def test_the_body_is_chosen_and_its_cases_are_ticked(use):
    here, body = shared(25_000, 60_000)
    browser = use(here.administrator)
    small, large = (str(case.pk) for case in here.cases)

    first = browser.get(url(here))
    main = here.round.programme.body.name
    assert f"{main} decides this round." in text(first)
    assert "Small body decides up to SEK 25,000 § 12" in spoken(first)
    assert first.context["cases"].initial["applications"] == [here.cases[1].pk]

    page = browser.get(url(here, body=body.pk))
    assert page.context["cases"].initial["applications"] == [here.cases[0].pk]
    shown = spoken(page)
    assert f"asks for SEK 60,000 · falls under {main} · more than this body may grant" in shown
    assert [it for it, _name in page.context["facts"].fields["chair"].choices] == [
        "", here.members[2].pk,
    ]  # fmt: skip

    answer = browser.post(url(here, body=body.pk), {"applications": [small]})
    assert answer.status_code == 302
    meeting = here.round.meetings.get()
    assert (meeting.body, [it.application_id for it in meeting.decisions.all()]) == (
        body,
        [int(small)],
    )
    assert large not in small
    shown = spoken(browser.get(url(here)))
    assert "May grant at most SEK 25,000 to one application (§ 12)" in shown


def test_more_than_the_mandate_is_refused_beside_the_sum(use):
    here, body = shared(60_000)
    [case] = here.cases
    browser = use(here.administrator)
    browser.post(url(here, body=body.pk), {"applications": [str(case.pk)]})
    here.meeting = here.round.meetings.get()
    page = browser.get(url(here))

    typed = fields(page, here, case, outcome="granted", granted="60000")
    answer = browser.post(url(here), typed | {"do": "save"})

    assert answer.status_code == 422
    assert "Small body may grant at most SEK 25,000 to one application, by § 12." in spoken(answer)
    assert here.decision(case).outcome == ""


def test_one_body_alone_is_not_chosen(use):
    here = room()
    here.case("Förslag")
    assert "Who meets?" not in text(use(here.administrator).get(url(here)))
    assert Body.objects.count() == 1


def test_a_case_that_has_its_answer_is_held_against_nothing(use):
    here, _body = shared(20_000)
    case = here.cases[0]
    case.outcome, case.decided_at = "refused", LATER
    case.save()
    page = reverse("funding:check", args=[here.organisation.slug, case.pk])
    assert "Falls under" not in text(use(here.administrator).get(page))


def test_the_check_tells_each_rule_the_level_and_whose_mandate_it_is(use):
    here, _body = shared(20_000)
    round = here.round
    round.material_percent, round.cofinancing_percent, round.floor_minor = 50, 20, 10_000_00
    round.save()
    round.levels.create(name="Liten", low_minor=0, high_minor=30_000_00)
    case = here.cases[0]
    case.budget_lines.create(what="Cyklar", amount_minor=20_000_00, kind="material")
    page = reverse("funding:check", args=[here.organisation.slug, case.pk])
    shown = spoken(use(here.administrator).get(page))

    for words in (
        "Kept: At least SEK 10,000 is asked for.",
        "Kept: The sum is on one of the levels of the round.",
        "Broken: Material is at most 50 % of what is asked for. Material may be at most 50 %",
        "of what you ask for: SEK 10,000 of SEK 20,000. You have SEK 20,000.",
        "Broken: Others pay at least 20 % of the whole.",
        "Level Liten",
        "Falls under Small body decides up to SEK 25,000, § 12",
    ):
        assert words in shown
