"""Rounds in and out as tables: choose a file, see everything it would do, say yes."""

from __future__ import annotations

from typing import Any, Literal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from idesluss.funding.models import Application
from idesluss.funding.reads.imports import applications_of, plan, rows_of
from idesluss.funding.usecases.import_round import About, import_round, round_named
from idesluss.logic.refusals import Refusal
from idesluss.logic.sheets import Reading, read_round, read_table, write_rows
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme, Round
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.importing import ImportForm

Kind = Literal["csv", "xlsx"]
KINDS: dict[Kind, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@access(MEMBER)
def import_page(request: Request, org: str) -> HttpResponse:
    """The form; then everything that the file would do; then it is done."""
    organisation = request.organisation
    if not request.user.has_role(organisation.pk, Role.ADMINISTRATOR, at=request.at):
        raise Http404
    programmes = Programme.objects.funds().filter(organisation=organisation, archived_at=None)
    initial = {
        "currency": organisation.currency,
        "year": request.at.year,
        "programme": programmes.first(),
    }
    form = open_form(ImportForm, request, initial=initial, programmes=programmes)
    if request.method != "POST" or not form.is_valid():
        return _page(request, {"form": form})
    try:
        reading, about = _read(form)
    except Refusal as refusal:
        form.add_error("file", say(refusal))
        return _page(request, {"form": form})
    if request.POST.get("do") == "take" and not reading.problems:
        try:
            taken = import_round(reading, about, by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, organisation.timezone)
        else:
            messages.success(request, _told(taken.new, taken.corrected, taken.unchanged))
            return redirect("funding:handle", org, taken.round.slug)
    return _preview(request, form, reading, about)


def _read(form: ImportForm) -> tuple[Reading, About]:
    facts = form.cleaned_data
    name, data = facts["file"]
    reading = read_round(
        read_table(data, name),
        currency=facts["currency"],
        year=facts["year"],
        stated_total=facts["stated_total"],
    )
    about = About(
        programme_id=facts["programme"].pk,
        name=facts["name"],
        year=facts["year"],
        file_name=name,
        decided_on=facts["decided_on"],
        publish=facts["publish"],
    )
    return reading, about


def _preview(request: Request, form: ImportForm, reading: Reading, about: About) -> HttpResponse:
    name, _data = form.cleaned_data["file"]
    round = round_named(form.cleaned_data["programme"], about.name)
    planned = plan(reading.cases, round, year=about.year)

    context = {
        "form": form,
        "reading": reading,
        "problems": [(p.row, p.column, say(p.what)) for p in reading.problems],
        "remarks": [(p.row, p.column, say(p.what)) for p in reading.remarks],
        "plan": planned,
        "stops": bool(reading.problems or planned.in_the_way),
        "kept": form.keep(),
        "file_name": name,
        "difference": abs(reading.difference or 0),
    }
    return _page(request, context)


def _page(request: Request, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors or context.get("stops") else 200
    return render(request, "funding/import.html", context, status=status)


def _told(new: int, corrected: int, unchanged: int) -> str:
    if not new and not corrected:
        return _("The round held all of it already. Nothing was changed.")
    return _(
        "The round is taken in: %(new)s new, %(corrected)s put right, %(unchanged)s there already."
    ) % {"new": new, "corrected": corrected, "unchanged": unchanged}


@access(MEMBER)
def export(request: Request, org: str, slug: str, kind: Kind) -> HttpResponse:
    """The round's applications that are open to this person by office, as a file."""
    rounds = Round.objects.visible_to(request.user, at=request.at)
    round = get_object_or_404(rounds, slug=slug, programme__organisation=request.organisation)
    may_see = Application.objects.handled_by(request.user, at=request.at)
    rows = rows_of(applications_of(round, may_see))
    if not rows and not request.user.has_role(
        request.organisation.pk, Role.ADMINISTRATOR, Role.REGISTRAR, at=request.at
    ):
        raise Http404
    response = HttpResponse(write_rows(rows, kind), content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{round.slug}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
