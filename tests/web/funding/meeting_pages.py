"""What the tests of the meeting pages have in common."""

import html
import re

from django.urls import reverse

from tests.factories import AssessmentFactory, CriterionFactory
from tests.funding.meeting import LATER, room


def url(here, page="meeting", **query):
    address = reverse(f"funding:{page}", args=[here.organisation.slug, here.round.slug])
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{address}?{words}" if words else address


def open_room(*asked, **fields):
    here = room(**fields)
    for number, sum_asked in enumerate(asked or (60_000, 40_000), start=1):
        here.case(f"Förslag {number}", sum_asked)
    here.all_declare_clear()
    here.open()
    return here


def text(response):
    """The words of a page as they are read."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r"\s+", " ", words)


def fields(response, here, case, **typed):
    """What a browser would send for one row, with some of it typed over."""
    pk = here.decision(case).pk
    form = response.context["form"].rows[pk]
    names = {**form.texts, "was": form.was, **typed}
    return {f"{name}-{pk}": value for name, value in names.items()}


def judged(here, case, *values):
    criterion = here.round.criteria.first() or CriterionFactory(round=here.round, weight=1)
    for value in values:
        assessment = AssessmentFactory(
            idea=case.idea, round=here.round, locked_at=LATER, advice="fits"
        )
        assessment.scores.create(criterion=criterion, value=value, reason="Bra.")
