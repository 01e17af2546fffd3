"""The steps of an application in a round with rules: asked for, warned about, listed at the end."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from idesluss.people.vocab import Role
from idesluss.programmes.models import Level
from tests.factories import NOON, PotFactory, RoundFactory, UnitFactory, person_as
from tests.funding.applying import employee_of, fresh, whole_draft
from tests.funding.test_apply_terms import EVERY_RULE, granted_before
from tests.web.funding.applicant import Desk, hidden, text, whole_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def desk_of(**fields):
    round = RoundFactory(**{**EVERY_RULE, "ineligible": "Lokaler.\nRepresentation.", **fields})
    PotFactory(programme=round.programme)
    UnitFactory(organisation=round.programme.organisation, name="Partnerkontoret")
    asks = "Styrgrupp och uppföljning."
    Level.objects.create(
        round=round, name="Stor", low_minor=30_000_00, high_minor=60_000_00, asks=asks
    )
    return Desk(*whole_draft(round))


def budget(*lines):
    """Each line is (what, cost, sum, hours) as it is typed."""
    columns = zip(*lines, strict=True)
    names = ("what", "cost", "sum", "hours")
    return {f"lines-{name}": list(cells) for name, cells in zip(names, columns, strict=True)}


def spoken(words):
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_a_round_without_rules_asks_for_nothing_more():
    desk = Desk.with_draft(whole_round())
    html = "".join(desk.get("edit", step).content.decode() for step in ("need", "plan", "people"))
    for name in ("kind", "continues", "otherwise", "cofinanced", "partners", "lines-cost",
                 "lines-hours"):  # fmt: skip
        assert f'name="{name}"' not in html
    assert "This is not paid for" not in html


def test_what_the_round_asks_is_saved_from_the_steps():
    desk = desk_of()
    round = desk.application.round
    earlier = granted_before(round, owner=desk.person)
    partner = round.programme.organisation.units.get(name="Partnerkontoret")

    desk.write("need", title="T", need="N", kind="continuation", continues=str(earlier.pk))
    desk.write(
        "plan",
        otherwise="Ingen annan betalar.",
        cofinanced="10 000",
        cofinanced_by="Förvaltningen",
        **budget(
            ("Cyklar", "material", "20 000", "9"),
            ("Ledning", "work", "1", "40"),
            ("", "other", "", ""),
        ),
    )
    desk.write("people", unit=str(desk.idea.unit_id), partners=[str(partner.pk)])

    application = fresh(desk.application)
    assert (application.kind, application.continues) == ("continuation", earlier)
    assert (application.otherwise, application.cofinanced_minor, application.cofinanced_by) == (
        "Ingen annan betalar.",
        10_000_00,
        "Förvaltningen",
    )
    assert desk.lines == [("Cyklar", 20_000_00), ("Ledning", 18_000_00)]
    assert [line.hours for line in application.budget_lines.all()] == [None, 40]
    assert list(application.partners.all()) == [partner]


def test_own_work_is_reckoned_without_script_and_the_rate_is_told():
    desk = desk_of()
    desk.write("plan", **budget(("Ledning", "work", "", "40")))

    page = desk.get("edit", "plan")

    html = spoken(page.content.decode())
    assert 'data-rate="45000"' in html
    assert re.search(r"<output[^>]*>SEK 18,000</output>", html)
    assert "Own work counts SEK 450 an hour" in spoken(text(page))


def test_hours_that_are_not_whole_come_back_with_what_was_typed():
    desk = desk_of()
    answer = desk.write(
        "plan", **budget(("Ledning", "work", "", "7,5"), ("Kurs", "other", "x", ""))
    )

    assert answer.status_code == 422
    shown = text(answer)
    assert "“7,5” is not whole hours. Write digits, for example 80." in shown
    assert "“x” cannot be read as a sum of money." in shown
    assert 'value="7,5"' in answer.content.decode()
    assert desk.lines == [("Elmotorer", 25_000_00), ("Montering", 10_000_00)]


def test_what_breaks_a_rule_is_saved_with_its_sentence_beside_the_field():
    desk = desk_of()
    page = desk.get("edit", "plan")

    answer = desk.write(
        "plan",
        page=page,
        htmx=True,
        ends_on="2028-01-01",
        cofinanced="1 000",
        **budget(("Cyklar", "material", "25 000", ""), ("Möten", "work", "", "")),
    )

    assert answer.status_code == 200
    html = spoken(answer.content.decode())
    warned = dict(re.findall(r'id="warned-(\w+)"[^>]*>(.*?)</div>', html))
    assert {name: re.sub(r"<[^>]+>", "|", it) for name, it in warned.items() if it} == {
        "ends_on": "|The project must be finished within 2027. Its last day is 1 January 2028.|",
        "lines": "|You ask for SEK 25,000, which is on none of the levels of this round. The "
        "nearest is “Stor”: SEK 30,000 to SEK 60,000.||Own work counts SEK 450 an hour. Write how "
        "many hours “Möten” takes.||Material may be at most 50 % of what you ask for: SEK 12,500 "
        "of SEK 25,000. You have SEK 25,000.|",
        "cofinanced": "|Others must pay at least 20 % of the whole: SEK 6,250 of SEK 31,250. "
        "You have SEK 1,000.|",
    }
    assert fresh(desk.application).asked_minor == 25_000_00
    oob = re.search(r'hx-select-oob="([^"]*)"', page.content.decode())[1]
    assert {"#asked", "#warned-lines", "#warned-cofinanced"} <= set(oob.split(","))


def test_the_level_of_the_sum_is_told_with_what_it_asks_and_what_is_not_paid_for():
    desk = desk_of()
    shown = spoken(text(desk.get("edit", "plan")))
    assert "Level: Stor (SEK 30,000 to SEK 60,000) Styrgrupp och uppföljning." in shown
    assert "This is not paid for Lokaler. Representation." in shown


def test_everything_is_listed_with_its_step_when_one_looks_through():
    desk = desk_of()
    answer = desk.post("submit", data={})

    assert answer.status_code == 422
    lacks = answer.context["lacks"]
    assert [lack.url.rsplit("/", 2)[-2:] for lack in lacks] == [
        ["plan", "#id_otherwise"],
        ["plan", "#id_cofinanced"],
        ["people", "#id_partners"],
    ]
    assert spoken(lacks[1].text) == (
        "What others pay: Others must pay at least 20 % of the whole: SEK 8,750 of SEK 43,750. "
        "You have SEK 0."
    )
    assert fresh(desk.application).submitted_at is None


def test_what_only_this_round_asks_is_shown_wherever_the_application_is():
    desk = desk_of()
    round = desk.application.round
    earlier = granted_before(round, owner=desk.person, title="Cykelpiloten")
    partner = round.programme.organisation.units.get(name="Partnerkontoret")
    desk.write("need", title="T", need="N", kind="continuation", continues=str(earlier.pk))
    desk.write(
        "plan",
        otherwise="Ingen annan betalar.",
        cofinanced="10 000",
        cofinanced_by="Förvaltningen",
        **budget(("Cyklar", "material", "16 000", ""), ("Ledning", "work", "", "40")),
    )
    desk.write("people", unit=str(desk.idea.unit_id), partners=[str(partner.pk)])

    for page in ("application", "print"):
        shown = spoken(text(desk.get(page)))
        for words in (
            "Kind of application Continuation of an earlier project",
            f"Goes on from Cykelpiloten {earlier.idea.register_number}",
            "Departments that take part Partnerkontoret",
            "Why it would not happen without the money Ingen annan betalar.",
            "Ledning own work, 40 hours SEK 18,000",
            "Others pay: SEK 10,000. Paid by: Förvaltningen.",
            "Level: Stor",
        ):
            assert words in shown, (page, words)
    shown = spoken(text(desk.get("submit")))
    for words in ("Goes on from Cykelpiloten", "Others pay SEK 10,000", "Partnerkontoret"):
        assert words in shown


def test_the_kind_is_asked_for_right_after_the_first_page():
    round = RoundFactory(kinds=["new", "continuation"])
    owner = employee_of(round)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(owner)
    names = [round.programme.organisation.slug, round.slug]
    answer = client.post(reverse("funding:apply", args=names), {"title": "T", "need": "N"})

    assert answer.url.endswith("/edit/need/")
    page = client.get(answer.url)
    assert "What do you apply for?" in text(page)
    assert "No earlier project of yours or your department's was granted money." in text(page)
    assert "kind" in hidden(page)["fields"].split()


def test_a_round_that_takes_only_one_kind_does_not_ask_which():
    desk = desk_of(kinds=["implementation"])
    html = desk.get("edit", "need").content.decode()
    assert ('name="kind"' in html, 'name="continues"' in html) == (False, True)


def test_two_who_change_the_same_budget_see_both():
    desk = desk_of()
    page = desk.get("edit", "plan")
    other = budget(("Bilar", "material", "5", ""))
    assert desk.write("plan", **other).status_code == 302
    answer = desk.write("plan", page=page, cofinanced="7", **budget(("Tåg", "service", "6", "")))
    assert answer.status_code == 409
    assert "Bilar: SEK 5" in spoken(text(answer))
    assert fresh(desk.application).cofinanced_minor == 7_00


# --- For whom it is -----------------------------------------------------------------------------


def test_whoever_may_not_apply_is_told_plainly_who_may():
    round = RoundFactory(applicants="managers")
    organisation = round.programme.organisation
    unit = UnitFactory(organisation=organisation, name="Tekniska")
    round.units.add(unit)
    names = [organisation.slug, round.slug]
    page = reverse("funding:apply", args=names)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(employee_of(round))

    answer = client.get(page)

    assert answer.status_code == 403
    assert "Only managers may apply, and only those who work in: Tekniska" in text(answer)
    shown = text(client.get(reverse("funding:round", args=names)))
    assert "Only managers may apply, and only those who work in: Tekniska" in shown
    assert client.post(page, {"title": "T", "need": "N"}).status_code == 403
    assert not round.applications.exists()


@pytest.mark.parametrize(
    ("fields", "unit", "words"),
    [
        ({"applicants": "managers"}, "", "Only managers may apply."),
        ({}, "Tekniska", "Only those who work in these units may apply: Tekniska"),
    ],
)
def test_each_limit_is_told_by_itself(fields, unit, words):
    round = RoundFactory(**fields)
    organisation = round.programme.organisation
    if unit:
        round.units.add(UnitFactory(organisation=organisation, name=unit))
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(employee_of(round))
    names = [organisation.slug, round.slug]
    assert words in text(client.get(reverse("funding:apply", args=names)))


def test_before_a_round_is_announced_nobody_is_told_for_whom_it_is():
    round = RoundFactory(applicants="managers", announced_at=NOON + timedelta(days=1))
    client = Client()
    client.force_login(employee_of(round))
    names = [round.programme.organisation.slug, round.slug]
    assert client.get(reverse("funding:apply", args=names)).status_code == 404


def test_a_manager_applies_where_only_managers_may():
    round = RoundFactory(applicants="managers")
    client = Client()
    client.force_login(person_as(Role.MANAGER, round.programme.organisation))
    names = [round.programme.organisation.slug, round.slug]
    assert client.get(reverse("funding:apply", args=names)).status_code == 200


@pytest.mark.parametrize(("step", "queries"), [("need", 9), ("plan", 8), ("people", 9)])
def test_the_steps_ask_as_many_queries_however_much_there_is_to_choose(
    count_queries, step, queries
):
    desk = desk_of()
    round = desk.application.round
    organisation = round.programme.organisation

    def add(count):
        for _ in range(count):
            granted_before(round, owner=desk.person)
            unit = UnitFactory(organisation=organisation)
            desk.application.partners.add(unit)
            Level.objects.create(round=round, name=unit.name, low_minor=1, high_minor=2)

    assert count_queries(lambda: desk.get("edit", step), add) == queries
