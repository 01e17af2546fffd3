"""Compose letters: pure text from plain data, the same for a preview and for what is sent.

Each kind has a template ``mail/<kind>.txt`` whose first line is the subject. Sums are minor
units, days ISO dates; they are written out in the reader's language here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.conf import settings
from django.template import engines
from django.utils import translation

from idesluss.logic.money import format_amount
from idesluss.people.days import day
from idesluss.people.models import Organisation, Person

EDGE = "\x1e"  # the layout sets it before and after what a letter says, between the formalities


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter's words."""

    subject: str
    text: str
    language: str
    words: str = ""  # what it says, without greeting and signature
    link: str = ""  # where it is answered
    reply_to: str = ""  # who reads an answer by mail


class DecisionNews(TypedDict):
    """What the letter about a decision says; noted with ``funding.decided``, word for word."""

    title: str
    register_number: str
    round: str
    body: str  # who decided
    decided_on: str  # ISO date
    outcome: str  # logic.outcomes.Outcome
    asked_minor: int | None
    granted_minor: int
    currency: str
    reason: str
    conditions: str
    later_year: int | None
    project_year: int
    contact_name: str
    contact_mail: str
    path: str  # of the application's page


def language_for(person: Person | None, organisation: Organisation) -> str:
    """The language a letter is written in: the person's own choice, else the organisation's."""
    return (person.language if person else "") or organisation.language


def compose(
    kind: str, *, name: str, language: str, organisation: Organisation | None, **facts: Any
) -> Composed:
    """Write the letter ``kind`` to somebody called ``name``, signed by ``organisation`` or us.

    ``facts`` go to the template; those named ``*_minor`` become a local sum under the name
    without the ending, ISO dates under ``*_on`` become local dates, ``path`` becomes ``url``.
    """
    with translation.override(language):
        context: dict[str, Any] = {"name": name, "organisation": organisation, **facts}
        context["edge"] = EDGE
        for key, value in facts.items():
            if key.endswith("_minor") and value is not None:
                context[key[:-6]] = format_amount(value, facts["currency"], language)
            if key.endswith("_on") and value:
                context[key] = day(date.fromisoformat(value))
        if "path" in facts:
            context["url"] = settings.URL + facts["path"]
        text = engines["letters"].get_template(f"mail/{kind}.txt").render(context)
    subject, _, whole = text.strip().partition("\n")
    _, _, words = whole.partition(EDGE)
    words, _, _ = words.rpartition(EDGE)
    return Composed(
        subject=subject.strip(),
        text=tidy(whole.replace(EDGE, "")),
        language=language,
        words=tidy(words.replace(EDGE, "")).strip(),
        link=context.get("url", ""),
        reply_to=facts.get("reply_to")
        or facts.get("contact_mail")
        or (organisation.contact_mail if organisation else ""),
    )


def tidy(text: str) -> str:
    """Never more than one empty line, none at the ends."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def decision_letter(news: DecisionNews, *, person: Person, organisation: Organisation) -> Composed:
    """The letter about a decision, exactly as ``person`` will get it."""
    return compose(
        "decided",
        name=person.name,
        language=language_for(person, organisation),
        organisation=organisation,
        **news,
    )
