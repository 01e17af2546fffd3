"""What is found out on a case: written down, changed by several, taken away and brought back."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from idesluss.ideas.models import Finding
from idesluss.ideas.reads.case import CasePage
from idesluss.ideas.reads.findings import sheet
from idesluss.ideas.usecases.findings import (
    OneIsThere,
    add_finding,
    bring_back_finding,
    change_finding,
    remove_finding,
)
from idesluss.ideas.vocab import FindingKind
from idesluss.logic.merging import fingerprints
from idesluss.logic.refusals import AlreadyDone, Refusal
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.findings import FindingForm
from idesluss.web.ideas.views.case import page_for


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def add(request: Request, org: str, pk: int, kind: str) -> HttpResponse:
    """Write down one more of a kind; of those that a case has one of, open what is there."""
    page = _page(request, pk)
    if kind not in FindingKind.values:
        raise Http404
    form = _form(request, page, FindingKind(kind))
    if request.method == "POST" and form.is_valid():
        how: Any = {"by": request.user, "at": request.at}
        try:
            finding = add_finding(pk, FindingKind(kind), form.wanted(), **how)
        except OneIsThere as refusal:
            form.add_error(None, say(refusal))
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return redirect(_back(request, page, finding))
    return _shown(request, page, form, FindingKind(kind))


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def change(request: Request, org: str, pk: int, number: int) -> HttpResponse:
    """Change it; what somebody else wrote meanwhile stands, and what clashes is shown."""
    page = _page(request, pk)
    finding = _finding(page, number)
    kind = FindingKind(finding.kind)
    form = _form(request, page, kind, finding)
    seen = _seen_in(request.POST.get("seen", ""))
    if request.method == "POST" and form.is_valid():
        how: Any = {"by": request.user, "at": request.at}
        try:
            merged = change_finding(number, form.wanted(), seen=seen, **how)
        except AlreadyDone:
            messages.info(request, gettext("It has been taken away. You can bring it back here."))
            return redirect(_back(request, page))
        except Refusal as refusal:
            refused(form, refusal)
        else:
            if not merged.clashes:
                return redirect(_back(request, page, finding))
            form.show_clashes(merged.clashes)
            seen = fingerprints(sheet(Finding.objects.get(pk=number)))
    if request.method != "POST":
        seen = fingerprints(sheet(finding))
    return _shown(request, page, form, kind, finding=finding, seen=seen)


@require_POST
@access(SIGNED_IN)
def remove(request: Request, org: str, pk: int, number: int) -> HttpResponse:
    """Take it away; the case offers it back."""
    return _turn(request, pk, number, remove_finding, gettext("It is taken away."))


@require_POST
@access(SIGNED_IN)
def bring_back(request: Request, org: str, pk: int, number: int) -> HttpResponse:
    """Undo that it was taken away."""
    return _turn(request, pk, number, bring_back_finding, gettext("It is back."))


def _turn(request: Request, pk: int, number: int, act: Any, words: str) -> HttpResponse:
    page = _page(request, pk)
    finding = _finding(page, number, gone=True)
    try:
        act(number, by=request.user, at=request.at)
    except Refusal as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, words)
    there = finding if act is bring_back_finding else None
    return redirect(_back(request, page, there))


def _page(request: Request, pk: int) -> CasePage:
    """The case, when the reader writes on it."""
    page = page_for(request, pk)
    if not page.finds:
        raise Http404
    return page


def _finding(page: CasePage, number: int, *, gone: bool = False) -> Finding:
    """One of the findings that the reader sees."""
    for it in page.findings:
        if it.pk == number and (gone or it.removed_at is None):
            return it
    raise Http404


def _form(
    request: Request, page: CasePage, kind: FindingKind, finding: Finding | None = None
) -> Any:
    interviews = [
        it
        for it in page.findings
        if it.kind == FindingKind.INTERVIEW.value and it.removed_at is None
    ]
    # To a checkbox a nought is something, and would be ticked.
    there: Any = {**sheet(finding), "inside": finding.inside} if finding else {}
    return open_form(
        FindingForm,
        request,
        kind=kind,
        interviews=interviews,
        office=page.works,
        initial=there,
    )


def _seen_in(text: str) -> dict[str, str]:
    """The fingerprints that the page carried; nothing if they cannot be read."""
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _back(request: Request, page: CasePage, finding: Finding | None = None) -> str:
    url = reverse("ideas:case", args=[request.organisation.slug, page.idea.pk])
    return f"{url}#f{finding.pk}" if finding else f"{url}#findings"


def _shown(
    request: Request,
    page: CasePage,
    form: Any,
    kind: FindingKind,
    *,
    finding: Finding | None = None,
    seen: dict[str, str] | None = None,
) -> HttpResponse:
    context = {
        "page": page,
        "idea": page.idea,
        "form": form,
        "kind": kind,
        "finding": finding,
        "seen": json.dumps(seen or {}),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "ideas/finding.html", context, status=status)
