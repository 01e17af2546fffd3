"""An applicant at their desk: a browser in English, at a moment of our choosing."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from idesluss.funding.models import Application
from idesluss.programmes.vocab import QuestionPart
from tests.factories import GoalFactory, PotFactory, QuestionFactory, RoundFactory, UnitFactory
from tests.funding.applying import employee_of, fresh, whole_draft


def whole_round(**fields):
    """A round with a question in each part, two goals, two units and a cap of 100 000 kr."""
    round = RoundFactory(**fields)
    for part in QuestionPart:
        QuestionFactory(round=round, part=part.value, key=part.value, text=f"Why {part.value}?")
    GoalFactory.create_batch(2, programme=round.programme)
    UnitFactory.create_batch(2, organisation=round.programme.organisation)
    PotFactory(programme=round.programme, year=round.project_year)
    return round


def whole_round_answered(**fields):
    """A round whose questions may be left out."""
    round = whole_round(**fields)
    round.questions.update(required=False)
    return round


class Desk:
    """A person's browser, and the application that they write."""

    def __init__(self, application, person):
        self.application = application
        self.person = person
        self.client = Client(headers={"Accept-Language": "en"})
        self.client.force_login(person)

    @classmethod
    def with_draft(cls, round=None):
        """A whole draft (see ``whole_draft``) and its owner's browser."""
        return cls(*whole_draft(round or RoundFactory()))

    def colleague(self, **fields):
        return Desk(self.application, employee_of(self.application.round, **fields))

    def url(self, page="application", *more):
        organisation = self.application.round.programme.organisation
        return reverse(f"funding:{page}", args=[organisation.slug, self.application.pk, *more])

    def get(self, page="application", *more, query="", **headers):
        return self.client.get(self.url(page, *more) + query, **headers)

    def post(self, page, *more, data, htmx=False):
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(self.url(page, *more), data, headers=headers)

    def write(self, step, *, page=None, htmx=False, **values):
        """Open a step (or go on from the ``page`` that was opened before) and send ``values``."""
        page = page or self.get("edit", step)
        values = {name.replace("answer_", "answer-"): value for name, value in values.items()}
        return self.post("edit", step, data=hidden(page) | values, htmx=htmx)

    @property
    def idea(self):
        return fresh(self.application).idea

    @property
    def lines(self):
        application = Application.objects.get(pk=self.application.pk)
        return [(line.what, line.amount_minor) for line in application.budget_lines.all()]


def text(response):
    """What the page says, without tags and with single spaces."""
    html = response.content.decode()
    main = re.search(r"<main.*?</main>", html, re.DOTALL)
    bare = re.sub(r"<[^>]+>", " ", main[0] if main else html)
    return " ".join(unescape(bare).split())


def hidden(response):
    """What the form of a step sends beside what is written: which fields, and what was seen."""
    html = response.content.decode()
    found = {}
    for name in ("fields", "seen", "application", "choosing", "go"):
        match = re.search(rf'<input type="hidden" name="{name}"[^>]* value="([^"]*)"', html)
        if match:
            found[name] = unescape(match[1])
    return found
