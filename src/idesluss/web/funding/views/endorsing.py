"""What one is asked as manager: the list, one question, and whom the office names."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from idesluss.assessment.rules import sees_applicant
from idesluss.funding.models import Application, Endorsement
from idesluss.funding.reads.contents import contents_of
from idesluss.funding.reads.endorsing import (
    SILENCE_MEANS,
    asked_of,
    asks_of,
    changed_at,
    colleague_called,
    said_of,
)
from idesluss.funding.rules import is_asked_about, may_change_answer
from idesluss.funding.usecases.endorse import answer, name_manager, pass_on
from idesluss.ideas.models import OWN
from idesluss.logic.refusals import ChangedMeanwhile, Refusal
from idesluss.people.vocab import Role
from idesluss.web.assessment.found import office_case
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.endorsing import AskOtherForm, EndorseForm, NameForm, initial_of
from idesluss.web.funding.views.desk import here

ON_A_PAGE = 20


@list_page
@require_safe
@access(MEMBER)
def endorsing(request: Request, org: str) -> HttpResponse:
    """Everything that one is asked as manager: what waits first, then what one has answered."""
    asked = asked_of(request.user, request.organisation, at=request.at)
    page = Paginator(asked, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "funding/endorsing.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def endorse(request: Request, org: str, pk: int) -> HttpResponse:
    """One question: what it asks of the unit, the answer, and the application below."""
    endorsement = _asked(request, pk)
    if endorsement is None:
        return _gone(request, pk)
    currency = endorsement.application.currency
    answering: Any = open_form(
        partial(EndorseForm, currency=currency, initial=initial_of(endorsement, _wish(request))),
        request,
    )
    passing: Any = AskOtherForm(prefix="pass")
    if request.method == "POST":
        if request.POST.get("do") == "pass":
            answering = EndorseForm(currency=currency, initial=initial_of(endorsement, ""))
            passing = AskOtherForm(request.POST, prefix="pass")
            done = _pass_on(request, endorsement, passing)
        else:
            done = _answer(request, endorsement, answering)
        if done is not None:
            return done
        endorsement = _asked(request, pk)
        if endorsement is None:  # passed on in another window meanwhile
            return _gone(request, pk)
    return _page(request, endorsement, answering, passing)


def _answer(request: Request, endorsement: Endorsement, form: Any) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        answer(
            endorsement.pk,
            form.reply(),
            version=_version(request),
            by=request.user,
            at=request.at,
        )
    except Refusal as refusal:
        refused(form, refusal, request.organisation.timezone)
        return None
    messages.success(
        request, gettext("Thank you. Your answer is saved, and the applicant is told.")
    )
    return redirect("funding:endorse", request.organisation.slug, endorsement.pk)


def _pass_on(request: Request, endorsement: Endorsement, form: Any) -> HttpResponse | None:
    if not form.is_valid():
        return None
    organisation = request.organisation
    try:
        to = colleague_called(organisation, form.cleaned_data["who"], at=request.at)
        pass_on(
            endorsement.pk,
            to=to,
            why=form.cleaned_data["why"],
            version=_version(request),
            by=request.user,
            at=request.at,
        )
    except Refusal as refusal:
        refused(form, refusal, organisation.timezone)
        return None
    told = gettext("%(name)s is asked now, and you do not see the application any more.")
    messages.success(request, told % {"name": to.name})
    return redirect("funding:endorsing", organisation.slug)


def _page(request: Request, endorsement: Endorsement, answering: Any, passing: Any) -> HttpResponse:
    seen = Application.objects.visible_to(request.user, at=request.at)
    application = here(request, seen, endorsement.application_id)
    endorsement.application = application
    answered = endorsement.answered_at
    named = sees_applicant(request.user, application.idea, application.round, at=request.at)
    changed = changed_at(application) if answered else None
    wrong = bool(answering.errors or passing.errors)
    context = {
        "endorsement": endorsement,
        "application": application,
        "idea": application.idea,
        "round": application.round,
        "contents": contents_of(application, names=named),
        "asks": asks_of(application),
        "silence": SILENCE_MEANS[application.round.silence],
        "changed_after": changed if changed and answered and changed > answered else None,
        "is_asked": is_asked_about(application) and not _applies(request, application),
        "may_change": may_change_answer(endorsement, at=request.at),
        "is_late": answered is None and endorsement.due_at <= request.at,
        "form": answering,
        "passing": passing,
        "typed": [answering, passing],
    }
    return render(request, "funding/endorse.html", context, status=422 if wrong else 200)


def _applies(request: Request, application: Application) -> bool:
    return any(
        one.person_id == request.user.pk and one.part in OWN and one.ended_at is None
        for one in application.idea.involvements.all()
    )


def _gone(request: Request, pk: int) -> HttpResponse:
    """Somebody else is asked now: who, since when; and whatever was typed. Else 404."""
    given = Endorsement.objects.given_away_by(request.user, at=request.at).filter(
        application__round__programme__organisation=request.organisation
    )
    endorsement = get_object_or_404(
        given.select_related("passed_to__manager", "unit", "application__idea"), pk=pk
    )
    context = {
        "endorsement": endorsement,
        "typed_words": request.POST.get("words", ""),
        "refusal": say(ChangedMeanwhile()) if request.method == "POST" else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "funding/endorse_gone.html", context, status=status)


def _asked(request: Request, pk: int) -> Endorsement | None:
    asked = Endorsement.objects.asked_of(request.user, at=request.at).live()
    ours = asked.filter(application__round__programme__organisation=request.organisation)
    return ours.select_related("manager", "unit", "application__round").filter(pk=pk).first()


def _version(request: Request) -> int:
    """The version that the page showed; -1, which no row has, when it does not say."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _wish(request: Request) -> str:
    return str(request.GET.get("answer", ""))


# --- Whom the office names ---------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def name(request: Request, org: str, pk: int, unit: int) -> HttpResponse:
    """Say who answers for a department (0: the one that is not said)."""
    application = office_case(request, pk, Role.ADMINISTRATOR)
    told = said_of(application, at=request.at)
    said = next((one for one in told if (one.unit_id or 0) == unit), None)
    if said is None or not (said.waits or said.pk is None):
        raise Http404
    form: Any = open_form(NameForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            person = colleague_called(request.organisation, form.cleaned_data["who"], at=request.at)
            name_manager(
                application.pk,
                unit_id=said.unit_id,
                person=person,
                why=form.cleaned_data["why"],
                by=request.user,
                at=request.at,
            )
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, gettext("%(name)s is asked now.") % {"name": person.name})
            return redirect("funding:check", org, pk)
    context = {"application": application, "idea": application.idea, "said": said, "form": form}
    return render(request, "funding/endorse_name.html", context, status=422 if form.errors else 200)
