"""Look through the whole application and hand it in."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from idesluss.funding.models import Application
from idesluss.funding.reads.contents import contents_of
from idesluss.funding.reads.sheet import Gap, gaps
from idesluss.funding.rules import may_discard, may_submit
from idesluss.funding.usecases import submit as hand_in
from idesluss.funding.usecases.carry import round_to_go_on_into
from idesluss.funding.usecases.submit import NotComplete
from idesluss.ideas.models import Idea
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Missing, Refusal
from idesluss.logic.terms import level_of
from idesluss.logic.windows import State
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.applying import label_of
from idesluss.web.funding.forms.steps import Sources
from idesluss.web.funding.views.desk import (
    SUBMIT,
    application_url,
    chambers,
    own_application,
    sources_of,
    step_of,
    step_url,
    steps_of,
    zone_of,
)


class Lack(NamedTuple):
    """One thing to mend, and the address of its field."""

    text: str
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def submit(request: Request, org: str, pk: int) -> HttpResponse:
    """Everything on one page, with what is missing; handed in, the receipt."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            hand_in(pk, by=request.user, at=request.at, within=request.organisation.pk)
        except Idea.DoesNotExist:
            raise Http404 from None
        except Refusal as told_no:
            refusal = told_no
        else:
            return redirect("funding:receipt", org, pk)
    application = own_application(request, pk)
    if application.idea.stage != Stage.DRAFT.value:
        if refusal is not None:
            messages.info(request, say(refusal, zone_of(application)))
        return redirect(application_url(application))
    return _look_through(request, application, refusal)


def _look_through(
    request: Request, application: Application, refusal: Refusal | None
) -> HttpResponse:
    sources = sources_of(request, application)
    steps = steps_of(sources)
    urls = {step: step_url(application, step) for step in steps}
    found = gaps(application, sources.questions, sources.terms, units=sources.units)
    context = {
        "application": application,
        "idea": application.idea,
        "round": application.round,
        "contents": contents_of(application, questions=sources.questions),
        "level": level_of(sources.terms.levels, application.asked_minor),
        "chambers": chambers(sources, SUBMIT, links=True),
        "urls": urls,
        "lacks": [lack(gap, sources) for gap in found],
        "attend": isinstance(refusal, NotComplete),
        "refusal": say(refusal, zone_of(application))
        if refusal is not None and not isinstance(refusal, NotComplete)
        else "",
        "window": application.round.window.state(request.at),
        "is_open": application.round.window.state(request.at) is State.OPEN,
        "goes_on": round_to_go_on_into(application, request.user, at=request.at),
        "may_submit": may_submit(request.user, application, at=request.at),
        "may_discard": may_discard(request.user, application),
        "beyond": _beyond(application),
    }
    return render(request, "funding/submit.html", context, status=422 if refusal else 200)


def lack(gap: Gap, sources: Sources) -> Lack:
    """A gap in words, with the address of the field where it is mended."""
    text = label_of(gap.field, sources.questions)
    if not isinstance(gap.refusal, Missing):
        mark = "" if text[-1] in "?!.:" else ":"
        text = f"{text}{mark} {say(gap.refusal)}"
    field = "lines" if gap.field == "asked" and sources.written["lines"] else gap.field
    target = "id_lines_0" if field == "lines" else f"id_{field}"
    return Lack(text, f"{step_url(sources.application, step_of(field, sources))}#{target}")


def _beyond(application: Application) -> bool:
    """Whether the project goes on after the year that the money is for: worth a second look."""
    ends_on: Any = application.ends_on
    return ends_on is not None and ends_on.year > application.round.project_year
