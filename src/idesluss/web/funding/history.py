"""What has happened to an application, in the applicant's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from idesluss.funding.reads.applying import Event
from idesluss.funding.vocab import Answer, OutcomeName
from idesluss.ideas.vocab import StageName
from idesluss.programmes.models import Question
from idesluss.web.frame.formats import day
from idesluss.web.funding.forms.applying import label_of

SAID: Mapping[str, Promise] = {
    "ideas.started": _("The draft was begun"),
    "ideas.attached": _("File attached: %(name)s"),
    "ideas.detached": _("File removed: %(name)s"),
    "ideas.put_back": _("File put back: %(name)s"),
    "ideas.involved": _("%(name)s hands it in too"),
    "ideas.part_ended": _("%(name)s no longer hands it in"),
    "ideas.accepted": _("Checked: the application is complete and goes on"),
    "ideas.redirected": _("Sent on to %(to)s"),
    "ideas.came_back": _("Came back here"),
    "ideas.completion_asked": _("You were asked to complete it by %(due)s"),
    "ideas.completion_ended": _("The request for completion ended without an answer"),
    "ideas.completed": _("Completed"),
    "ideas.stepped": _("Now: %(stage)s"),
    "funding.carried": _("Went on from %(round)s into %(to)s"),
    "funding.submitted": _("Handed in, with register number %(register_number)s"),
    "funding.changed": _("Changed: %(fields)s"),
    "funding.endorsement_asked": _("%(name)s was asked as manager, to answer by %(due)s"),
    "funding.endorsed": _("%(name)s answered as manager: %(answer)s"),
    "funding.incomplete": _("Closed as incomplete"),
    "funding.decided": _("Decided: %(outcome)s"),
    "funding.withdrawn": _("Withdrawn"),
}
BY_SILENCE = _("No manager answered in time, which counts as: %(answer)s")
TEXTS = ("message", "what", "answer", "reason")
"""What of an act's data is text that somebody wrote."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history; ``texts`` is what somebody wrote then."""

    said: str
    at: datetime
    by: str
    texts: Sequence[str]


def told(events: Sequence[Event], questions: Sequence[Question]) -> list[Line]:
    """``events`` as sentences in the active language."""
    return [_line(event, questions) for event in events]


def _line(event: Event, questions: Sequence[Question]) -> Line:
    data = event.data
    words = {
        **data,
        "due": day(date.fromisoformat(data["due"])) if "due" in data else "",
        "stage": StageName(data["to"]).label if event.verb == "ideas.stepped" else "",
        "outcome": OutcomeName(data["outcome"]).label if data.get("outcome") else "",
        "answer": Answer(data["answer"]).label if event.verb == "funding.endorsed" else "",
        "fields": ", ".join(label_of(name, questions) for name in data.get("was", ())),
    }
    return Line(
        said=gettext(str(_sentence(event))) % words,
        at=event.at,
        by=event.by,
        texts=[str(data[name]) for name in _texts(event) if data.get(name)],
    )


def _sentence(event: Event) -> Promise:
    if event.verb == "funding.endorsed" and event.data["by_silence"]:
        return BY_SILENCE
    return SAID[event.verb]


def _texts(event: Event) -> Sequence[str]:
    """The texts of an act; a manager's answer is a word of ours and stands in the line itself."""
    return ("reason",) if event.verb == "funding.endorsed" else TEXTS
