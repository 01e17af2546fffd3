"""Follow one's applications: the list, the case, its receipt, and the ways to take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from idesluss.assessment.rules import sees_applicant
from idesluss.funding.models import Application
from idesluss.funding.reads.applying import (
    Way,
    coaches,
    entries_of,
    history,
    mine,
    next_date,
    open_request,
    thrown_away,
    way_of,
    with_steps,
)
from idesluss.funding.reads.contents import Contents, contents_of
from idesluss.funding.reads.endorsing import SILENCE_MEANS, changed_at, last_change, said_of
from idesluss.funding.reads.rulebook import terms_of
from idesluss.funding.reads.sheet import questions_of
from idesluss.funding.rules import (
    may_discard,
    may_leave,
    may_submit,
    may_withdraw,
    may_write,
)
from idesluss.funding.usecases import discard, leave, restore, withdraw
from idesluss.funding.usecases.carry import round_to_go_on_into
from idesluss.funding.vocab import DAYS_THROWN_DRAFTS_ARE_KEPT, OutcomeName
from idesluss.ideas.rules import may_complete
from idesluss.ideas.usecases import complete as answer_request
from idesluss.ideas.vocab import StageName
from idesluss.logic.lifecycle import Stage
from idesluss.logic.outcomes import GIVES_MONEY
from idesluss.logic.refusals import AlreadyDone, Refusal
from idesluss.logic.terms import level_of
from idesluss.people.vocab import Role
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.frame.templatetags.frame import Step
from idesluss.web.funding.forms.beside import CompleteForm, WithdrawForm
from idesluss.web.funding.history import told
from idesluss.web.funding.views.desk import (
    application_url,
    here,
    own_application,
    step_url,
    zone_of,
)

ON_A_PAGE = 20
OFFICE = (Role.ADMINISTRATOR, Role.REGISTRAR)
TURNED_DOWN = {OutcomeName.REFUSED.value, OutcomeName.POSTPONED.value, OutcomeName.INCOMPLETE.value}


# --- The list ----------------------------------------------------------------------------------


@list_page
@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def my_applications(request: Request, org: str) -> HttpResponse:
    """One's own applications here; drafts can be thrown away and taken back from the list."""
    if request.method == "POST":
        return _throw_or_take_back(request)
    page = Paginator(mine(request.user, request.organisation), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    away = list(thrown_away(request.user, request.organisation)[:ON_A_PAGE])
    just_now = request.GET.get("thrown", "")
    context = {
        "page": page,
        "away": away,
        "days": DAYS_THROWN_DRAFTS_ARE_KEPT,
        "thrown": next((it for it in away if str(it.pk) == just_now), None),
    }
    return render(request, "funding/mine.html", context)


def _throw_or_take_back(request: Request) -> HttpResponse:
    """Do what the button says to the draft that it names; 404 when it is not one's own."""
    organisation = request.organisation
    own = mine(request.user, organisation)
    verb, drafts = (
        (discard, own) if "discard" in request.POST else
        (restore, thrown_away(request.user, organisation))
    )  # fmt: skip
    number = request.POST.get("discard") or request.POST.get("restore") or ""
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    application = get_object_or_404(drafts, pk=int(number))
    try:
        verb(application.pk, by=request.user, at=request.at)
    except Refusal as refusal:
        messages.error(request, say(refusal, organisation.timezone))
        return redirect("funding:mine", organisation.slug)
    if verb is restore:
        messages.success(request, gettext("Your draft is back, as it was."))
        return redirect(application_url(application))
    response = redirect("funding:mine", organisation.slug)
    response["Location"] += f"?thrown={application.pk}"
    return response


# --- One application ---------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def application(request: Request, org: str, pk: int) -> HttpResponse:
    """Where an application is and what it says, for those who hand it in.

    Those who handle it are shown to the page where they do.
    """
    seen = Application.objects.visible_to(request.user, at=request.at)
    found = here(request, with_steps(seen), pk)
    if request.method == "POST":
        return _leave(request, found)
    contents = contents_of(found)
    if request.user not in (contents.applicants or ()):
        office = request.user.has_role(request.organisation.pk, *OFFICE, at=request.at)
        return redirect("funding:check" if office else "funding:print", org, pk)
    return render(request, "funding/application.html", _case(request, found, contents))


def _leave(request: Request, application: Application) -> HttpResponse:
    """Step out as co-applicant."""
    try:
        leave(application.pk, by=request.user, at=request.at)
    except Refusal as refusal:
        messages.error(request, say(refusal, zone_of(application)))
        return redirect(application_url(application))
    told_so = gettext("You no longer hand in “%(title)s”.")
    messages.success(request, told_so % {"title": application.idea.title})
    return redirect("funding:mine", request.organisation.slug)


def _case(request: Request, application: Application, contents: Contents) -> dict[str, Any]:
    """Everything that the applicant's page shows."""
    person, at, outcome = request.user, request.at, application.outcome
    entries = entries_of(application)
    asked = open_request(application)
    questions = [answer.question for answer in application.idea.answers.all()]
    granted = outcome in GIVES_MONEY
    return {
        "application": application,
        "idea": application.idea,
        "round": application.round,
        "contents": contents,
        "chambers": chambers_of(way_of(application, entries)),
        "events": told(history(application, entries), questions),
        "said": said_of(application, changed_at=last_change(entries), at=at),
        "silence": SILENCE_MEANS[application.round.silence],
        "asked": asked,
        "next_date": next_date(application, asked),
        "granted": granted,
        "grants": list(application.grants.all()) if granted else [],
        "coaches": coaches(request.organisation, at=at) if outcome in TURNED_DOWN else [],
        "level": level_of(terms_of(application.round).levels, application.asked_minor),
        "is_draft": application.idea.stage == Stage.DRAFT.value,
        "is_open": application.round.window.is_open(at),
        "goes_on": round_to_go_on_into(application, person, at=at),
        "first_step": step_url(application, "need"),
        "may_write": may_write(person, application, at=at),
        "may_submit": may_submit(person, application, at=at),
        "may_withdraw": may_withdraw(person, application),
        "may_discard": may_discard(person, application),
        "may_leave": may_leave(person, application),
    }


def chambers_of(way: Way) -> list[Step]:
    """The way of a case as the frame draws it, in the programme's own words."""
    words = dict(StageName.choices)

    def state(place: int) -> str:
        if place != way.now:
            return "done" if place < way.now else "later"
        return "stopped" if way.ended else "now"

    return [
        Step(str(it.name or words[it.stage.value]).capitalize(), state(place))
        for place, it in enumerate(way.chambers)
    ]


@require_safe
@access(SIGNED_IN)
def print_view(request: Request, org: str, pk: int) -> HttpResponse:
    """The whole application on paper, for those who hand it in and those who handle it."""
    seen = Application.objects.visible_to(request.user, at=request.at)
    found = here(request, seen, pk)
    named = sees_applicant(request.user, found.idea, found.round, at=request.at)
    changed = changed_at(found) if found.round.endorsed else None
    context = {
        "application": found,
        "idea": found.idea,
        "round": found.round,
        "contents": contents_of(found, names=named, questions=questions_of(found.round)),
        "said": said_of(found, changed_at=changed, at=request.at),
        "silence": SILENCE_MEANS[found.round.silence],
        "level": level_of(terms_of(found.round).levels, found.asked_minor),
    }
    return render(request, "funding/print.html", context)


@require_safe
@access(SIGNED_IN)
def receipt(request: Request, org: str, pk: int) -> HttpResponse:
    """The receipt of what was handed in: number, contact, promised date, what happens next."""
    application = own_application(request, pk)
    if application.idea.stage == Stage.DRAFT.value:
        return redirect(step_url(application, "submit"))
    context = {
        "application": application,
        "idea": application.idea,
        "round": application.round,
        "contents": contents_of(application),
        "is_open": application.round.window.is_open(request.at),
    }
    return render(request, "funding/receipt.html", context)


# --- Taking back and completing ----------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def withdraw_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Ask once more, then take the application back."""
    application = own_application(request, pk)
    form: Any = open_form(WithdrawForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(pk, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, zone_of(application))
        else:
            messages.success(request, gettext("The application is withdrawn."))
            return redirect(application_url(application))
    elif not may_withdraw(request.user, application):
        return redirect(application_url(application))
    context = {
        "application": application,
        "form": form,
        "title": gettext("Withdraw the application?"),
        "after": gettext(
            "This cannot be undone. The application stays in the register, as withdrawn."
        ),
        "button": gettext("Withdraw the application"),
        "back": application_url(application),
        "dangerous": True,
    }
    return render(request, "funding/withdraw.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def complete(request: Request, org: str, pk: int) -> HttpResponse:
    """What the office asks for, and the answer; the application itself can be changed meanwhile."""
    application = own_application(request, pk)
    asked = open_request(application)
    form: Any = open_form(CompleteForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            answer_request(
                application.idea_id,
                answer=form.cleaned_data["answer"],
                by=request.user,
                at=request.at,
            )
        except AlreadyDone as refusal:
            messages.info(request, say(refusal))
            return redirect(application_url(application))
        except Refusal as refusal:
            refused(form, refusal, zone_of(application))
        else:
            messages.success(request, gettext("Thank you. Your answer has reached us."))
            return redirect(application_url(application))
    if asked is None or not may_complete(request.user, application.idea, at=request.at):
        return redirect(application_url(application))
    context = {
        "application": application,
        "idea": application.idea,
        "round": application.round,
        "asked": asked,
        "form": form,
        "first_step": step_url(application, "need"),
        "late": asked.due < request.at.astimezone(zone_of(application)).date(),
    }
    return render(request, "funding/complete.html", context, status=422 if form.errors else 200)
