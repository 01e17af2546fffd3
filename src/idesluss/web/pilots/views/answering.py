"""The office answers a report, changes a last day, and lets what was stopped go on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from idesluss.funding.reads.project_money import part_to_release
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Refusal
from idesluss.pilots.models import Report
from idesluss.pilots.reads.money import money_of
from idesluss.pilots.refusals import NotStopped
from idesluss.pilots.usecases import accept_report, extend, resume, return_report
from idesluss.pilots.vocab import Onward, ReportKind
from idesluss.records.models import Entry
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import amount, refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.pilots.forms import LastDayForm, ResumeForm, ReturnForm
from idesluss.web.pilots.found import project_for, project_url


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def answer(request: Request, org: str, pk: int, number: int) -> HttpResponse:
    """The report, and beside it: accept it, or say what is missing."""
    project, _reader = project_for(request, pk, "answers")
    seen = Report.objects.visible_to(request.user, at=request.at).filter(project=project)
    report = get_object_or_404(seen.select_related("photo", "by"), pk=number)
    accepting = request.POST.get("do") == "accept"
    form: Any = open_form(ReturnForm, request)
    if accepting:
        form.fields["words"].required = False
    if request.method == "POST" and form.is_valid():
        how = {"seen": request.POST.get("seen", ""), "by": request.user, "at": request.at}
        try:
            if accepting:
                said = _accepted(request, project, number, **how)
            else:
                return_report(number, words=form.cleaned_data["words"], **how)
                said = gettext("The report is sent back, with what is missing.")
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, said)
            return redirect(project_url(request, project))
    elif report.accepted_at or report.returned_at:
        messages.info(request, gettext("The report has been answered."))
        return redirect(project_url(request, project))
    context = {
        "project": project,
        "idea": project.idea,
        "report": report,
        "seen": report.at.isoformat(),
        "form": form,
        "money": money_of([project.idea_id]).get(project.idea_id, ()),
        "part": part_to_release(project.idea_id) if _goes_on(report) else None,
    }
    return render(request, "pilots/answer.html", context, status=422 if form.errors else 200)


def _goes_on(report: Report) -> bool:
    """Whether the next part of the money is released when it is accepted."""
    return report.kind == ReportKind.INTERIM.value and report.onward != Onward.STOP.value


def _accepted(request: Request, project: Any, number: int, **how: Any) -> str:
    """Accept it; what that came to, in words."""
    report = accept_report(number, **how)
    said = [gettext("The report is accepted.")]
    told = Entry.objects.about(project).filter(verb="pilots.accepted").last()
    sums = told.data if told else {}
    for name, words in (
        ("booked_minor", gettext("Booked as spent since the start: %(sum)s.")),
        ("released_minor", gettext("Released now: %(sum)s.")),
    ):
        if sums.get(name):
            said.append(words % {"sum": amount(sums[name], report.currency)})
    return " ".join(said)


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def last_day(request: Request, org: str, pk: int) -> HttpResponse:
    """Another last day, with the reason."""
    project, _reader = project_for(request, pk, "answers")
    form: Any = open_form(LastDayForm, request, initial={"ends_on": project.ends_on})
    if request.method == "POST" and form.is_valid():
        try:
            extend(pk, **form.cleaned_data, by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, gettext("The last day is changed, and they are told."))
            return redirect(project_url(request, project))
    context = {"project": project, "idea": project.idea, "form": form}
    return render(request, "pilots/last_day.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def resume_page(request: Request, org: str, pk: int) -> HttpResponse:
    """It was stopped by mistake: it goes on, with the reason."""
    project, _reader = project_for(request, pk, "answers")
    form: Any = open_form(ResumeForm, request)
    if request.method != "POST" and project.idea.stage != Stage.STOPPED.value:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            resume(pk, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
        except NotStopped as refusal:
            messages.info(request, say(refusal))
            return redirect(project_url(request, project))
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, gettext("The project goes on, and they are told."))
            return redirect(project_url(request, project))
    last = project.reports.order_by("-pk").first()
    context = {
        "project": project,
        "idea": project.idea,
        "form": form,
        "reported": last is not None and last.onward == Onward.STOP.value and last.accepted_at,
    }
    return render(request, "pilots/resume.html", context, status=422 if form.errors else 200)
