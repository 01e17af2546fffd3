"""Before the meeting: what is ready and what is missing, its facts, and cases that come later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from idesluss.funding.models import Meeting
from idesluss.funding.reads.meetings import readiness_of, seated_in
from idesluss.funding.rules import may_prepare
from idesluss.funding.usecases import change_meeting, open_meeting, take_up
from idesluss.logic.refusals import Refusal
from idesluss.people.models import Organisation, Person, Seat
from idesluss.programmes.models import Round
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.meeting import CasesForm, FactsForm
from idesluss.web.funding.views.lookups import meeting_of, meeting_url


def opening(request: Request, round: Round) -> HttpResponse:
    """What opening the meeting takes and does, and the form that opens it."""
    wish = request.GET.get("body", "")
    body = int(wish) if wish.isdecimal() and len(wish) < 10 else None
    readiness = readiness_of(round, request.user, body=body, at=request.at)
    meets = readiness.mandate.body if readiness.mandate else None
    usual = _usual(meets, request)
    cases: Any = open_form(CasesForm, request, readiness=readiness)
    facts: Any = open_form(
        FactsForm, request, initial=usual, **_people(round, readiness.people, request)
    )
    if request.method == "POST" and cases.is_valid() and facts.is_valid():
        try:
            meeting = open_meeting(
                round.pk,
                applications=cases.cleaned_data["applications"],
                facts=facts.facts,
                body_id=meets,
                by=request.user,
                at=request.at,
            )
        except Refusal as refusal:
            refused(facts if refusal.field in facts.fields else cases, refusal)
        else:
            messages.success(request, _("The meeting is open. The members have been told."))
            return redirect(meeting_url(request, meeting))
    forms = [cases, facts]
    context = {
        "round": round,
        "readiness": readiness,
        "cases": cases,
        "facts": facts,
        "forms": forms,
        "title": _("Open the meeting"),
    }
    wrong = any(form.errors for form in forms)
    return render(request, "funding/meeting/opening.html", context, status=422 if wrong else 200)


@access(MEMBER)
def facts(request: Request, org: str, slug: str) -> HttpResponse:
    """When and where, and who leads, writes and checks."""
    meeting = _prepared(request, slug)
    round = meeting.round
    initial = FactsForm.initial_of(meeting)
    members = seated_in(meeting.body_id, at=request.at)
    people = _people(round, members, request)
    form: Any = open_form(FactsForm, request, initial=initial, **people)
    if request.method == "POST" and form.is_valid():
        try:
            change_meeting(
                meeting.pk,
                facts=form.facts,
                version=form.cleaned_data["version"] or 0,
                by=request.user,
                at=request.at,
            )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(meeting_url(request, meeting))
    context = {
        "form": form,
        "meeting": meeting,
        "round": round,
        "back": meeting_url(request, meeting),
        "title": _("Day, place and people"),
    }
    return render(
        request, "funding/meeting/facts.html", context, status=422 if form.errors else 200
    )


@list_page
@access(MEMBER)
def cases(request: Request, org: str, slug: str) -> HttpResponse:
    """Cases that became ready after the meeting was opened."""
    meeting = _prepared(request, slug)
    readiness = readiness_of(meeting.round, request.user, body=meeting.body_id, at=request.at)
    form: Any = open_form(CasesForm, request, readiness=readiness)
    if request.method == "POST" and form.is_valid():
        try:
            count = take_up(
                meeting.pk,
                applications=form.cleaned_data["applications"],
                by=request.user,
                at=request.at,
            )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            told = ngettext("%(count)s case comes up too.", "%(count)s cases come up too.", count)
            messages.success(request, told % {"count": count})
            return redirect(meeting_url(request, meeting))
    context = {
        "form": form,
        "readiness": readiness,
        "meeting": meeting,
        "round": meeting.round,
        "back": meeting_url(request, meeting),
        "title": _("More cases"),
    }
    return render(
        request, "funding/meeting/cases.html", context, status=422 if form.errors else 200
    )


def _prepared(request: Request, slug: str) -> Meeting:
    """The open meeting that this person prepares; else 404."""
    meeting = meeting_of(request, slug)
    if not may_prepare(request.user, meeting, at=request.at):
        raise Http404
    return meeting


def _people(round: Round, members: Sequence[Person], request: Request) -> dict[str, Any]:
    """Who may lead and who may write."""
    return {
        "members": members,
        "offices": _offices(round.programme.organisation, request),
    }


def _offices(organisation: Organisation, request: Request) -> list[Person]:
    found = organisation.appointments.valid(request.at.date())
    offices = found.filter(role__in=("administrator", "registrar")).select_related("person")
    return [appointment.person for appointment in offices.order_by("person__name")]


def _usual(body: int | None, request: Request) -> dict[str, Any]:
    """The body's own chair leads, whoever opens writes."""
    chair = Seat.objects.valid(request.at.date()).filter(body=body, chair=True).first()
    return {"chair": chair.person_id if chair else None, "secretary": request.user.pk}
