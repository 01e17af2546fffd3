"""Those who carry a project out tell how it goes; the office for whoever has no account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from idesluss.logic.refusals import Refusal
from idesluss.pilots.models import Report
from idesluss.pilots.reads.following import Reader
from idesluss.pilots.reads.money import currency_of, money_of
from idesluss.pilots.rules import RUNNING
from idesluss.pilots.usecases import Photo, report
from idesluss.pilots.vocab import ReportKind
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.pilots.forms import ReportForm, is_unfinished, keeps_photo
from idesluss.web.pilots.found import project_for, project_url


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def report_page(request: Request, org: str, pk: int, kind: ReportKind) -> HttpResponse:
    """The report on one page; what waits for an answer, or came back, is written further."""
    project, reader = project_for(request, pk, "reports")
    reports = Report.objects.visible_to(request.user, at=request.at).filter(project=project)
    last = reports.select_related("photo").order_by("-pk").first()
    currency = currency_of(project.idea_id, request.organisation.currency)
    told_by = project.coordinator_name if reader.stands_in else None
    form: Any = open_form(
        ReportForm, request, kind=kind, currency=currency, last=last, told_by=told_by
    )
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, pk, kind, form)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, _thanks(reader))
            return redirect(project_url(request, project))
    elif project.idea.stage not in RUNNING:
        messages.info(request, gettext("The project has ended, so no more reports are taken."))
        return redirect(project_url(request, project))
    if form.errors and "file" in request.FILES:
        form.add_error(
            "file",
            gettext(
                "Choose the photo again: it is not kept when something else must be put right."
            ),
        )
    context = {
        "project": project,
        "idea": project.idea,
        "form": form,
        "final": kind is ReportKind.FINAL,
        "stands_in": reader.stands_in,
        "last": last if is_unfinished(last) else None,
        "photo": last.photo if last and keeps_photo(last) else None,
        "money": money_of([project.idea_id]).get(project.idea_id, ()),
    }
    return render(request, "pilots/report.html", context, status=422 if form.errors else 200)


def _thanks(reader: Reader) -> str:
    if reader.stands_in:
        return gettext("The report is kept. Read it through and answer it as any other.")
    return gettext("Thank you. Your report has reached us.")


def _send(request: Request, pk: int, kind: ReportKind, form: Any) -> None:
    sent = form.cleaned_data["file"]
    photo = Photo(sent.name, sent.file, sent.size) if sent else None
    without = form.cleaned_data.get("without_photo", False)
    report(
        pk,
        kind=kind,
        told=form.told,
        photo=photo,
        without_photo=without,
        by=request.user,
        at=request.at,
    )
