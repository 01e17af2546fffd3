"""What the page of a case reads: its own few rows, however many cases there are beside it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from idesluss.ideas.models import Idea, Involvement
from idesluss.ideas.reads.case import case_page
from idesluss.ideas.vocab import Part
from tests.factories import NOON, PersonFactory, sluice_case

pytestmark = pytest.mark.django_db

OTHERS = 3_000
TABLES = {model._meta.db_table for model in (Idea, Involvement)}
LEFT_OUT = ("Rows Removed by Filter", "Rows Removed by Index Recheck")


@pytest.fixture
def idea():
    """A need with an idea for it, what was merged into it, and thousands of other cases."""
    idea = sluice_case(visibility="public")
    sluice_case(answers_to=idea, visibility="public")
    sluice_case("merged", merged_into=idea, answer="Samma behov.")
    copied = {it.attname: getattr(idea, it.attname) for it in Idea._meta.concrete_fields}
    del copied["id"]
    others = Idea.objects.bulk_create(Idea(**copied) for _ in range(OTHERS))
    somebody = PersonFactory()
    Involvement.objects.bulk_create(
        Involvement(idea=it, person=somebody, part=Part.OWNER.value, since=NOON) for it in others
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return idea


def looked_at(plan):
    """How many rows of the two tables a plan, once carried out, has looked at."""
    found = plan["Actual Rows"] + sum(plan.get(it, 0) for it in LEFT_OUT)
    here = found * plan["Actual Loops"] if plan.get("Relation Name") in TABLES else 0
    return here + sum(looked_at(it) for it in plan.get("Plans", ()))


@pytest.mark.parametrize("who", ["coach", "giver", "everybody"])
def test_a_case_among_thousands_is_read_without_reading_the_others(idea, who):
    if connection.vendor != "postgresql":
        pytest.skip("it is PostgreSQL that says how many rows it looked at")
    giver = Involvement.objects.filter(idea=idea).get().person
    person = {"coach": idea.responsible, "giver": giver, "everybody": None}[who]
    with CaptureQueriesContext(connection) as asked:
        page = case_page(idea.pk, person, idea.programme.organisation, at=NOON)
    assert page.linked("answers_to")
    with connection.cursor() as cursor:
        for query in [it["sql"] for it in asked]:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
            [told] = cursor.fetchone()[0]
            assert looked_at(told["Plan"]) < OTHERS / 10, query
