"""What managers have said is before those who decide, in a line; and costs no query of its own."""

import pytest

from idesluss.funding.models import Application, Endorsement
from idesluss.funding.reads.agenda import agenda_of
from idesluss.funding.reads.minutes import minutes_of
from idesluss.funding.usecases.endorse import Reply, answer
from idesluss.programmes.models import Round
from tests.factories import NOON, PersonFactory
from tests.funding.endorsing import asked
from tests.funding.meeting import LATER
from tests.web.funding.meeting_pages import open_room, text, url

pytestmark = pytest.mark.django_db


def endorse(here, case, name, reply, **fields):
    """The manager ``name`` has answered."""
    Round.objects.update(endorsed=True)
    return Endorsement.objects.create(
        application=case,
        unit=case.idea.unit,
        manager=PersonFactory(name=name),
        asked_at=NOON,
        due_at=LATER,
        answer=reply.answer,
        words=reply.words,
        answered_at=NOON,
        **fields,
    )


@pytest.fixture
def here():
    return open_room(60_000, 40_000, 20_000, 10_000)


def meeting(here, client):
    client.force_login(here.members[0])
    return client.get(url(here), headers={"Accept-Language": "en"})


def test_the_case_says_who_endorses_it_and_with_which_limits(here, client):
    one, two, three, four = here.cases
    endorse(here, one, "Bo Ek", Reply("yes"))
    endorse(here, two, "Eva Lund", Reply("limits", "Inga helger."))
    endorse(here, three, "Ali Ahmed", Reply("no", "Vi har inte tid."))
    endorse(here, four, "Siv Torn", Reply("yes"), by_silence=True)
    said = text(meeting(here, client))

    assert "Endorsed by Bo Ek " in said
    assert "Endorsed by Eva Lund, with limits : Inga helger." in said.replace("limits:", "limits :")
    assert "Ali Ahmed says no : Vi har inte tid." in said
    assert "Endorsed by Siv Torn (by silence)" in said


def test_what_was_taken_back_or_passed_on_or_is_awaited_says_nothing(here, client):
    one, two, _three, _four = here.cases
    endorse(here, one, "Bo Ek", Reply("yes"), ended_at=LATER)
    Endorsement.objects.create(
        application=two, manager=PersonFactory(name="Eva Lund"), asked_at=NOON, due_at=LATER
    )
    said = text(meeting(here, client))

    assert "Bo Ek" not in said
    assert "Eva Lund" not in said


def test_the_minutes_keep_what_was_answered_as_it_was(here):
    one, two, _three, _four = here.cases
    endorse(here, one, "Eva Lund", Reply("limits", "Inga helger."))
    endorse(here, two, "Siv Torn", Reply("yes"), by_silence=True)

    minutes = minutes_of(agenda_of(here.fresh(), here.administrator, at=LATER), at=LATER)

    assert minutes["shape"] == 3
    assert [one["managers"] for one in minutes["items"]] == [
        [{"name": "Eva Lund", "answer": "limits", "words": "Inga helger.", "by_silence": False}],
        [{"name": "Siv Torn", "answer": "yes", "words": "", "by_silence": True}],
        [],
        [],
    ]


def test_it_costs_no_query_of_its_own(here, client, django_assert_num_queries):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            assert meeting(here, client).status_code == 200
        return len(seen)

    meeting(here, client)
    before = queries()
    for number, case in enumerate(here.cases):
        endorse(here, case, f"Chef {number}", Reply("yes"))
    assert queries() == before


@pytest.mark.parametrize("who", ["owner", "administrator"])
def test_the_pages_of_a_case_stay_within_their_budget(now, use, who, django_assert_max_num_queries):
    it = asked()
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=NOON)
    page = {"owner": "", "administrator": "check/"}[who]
    address = f"/slusstad/applications/{Application.objects.get().pk}/{page}"
    client = use(getattr(it, who))
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200
