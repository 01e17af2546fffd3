"""What an assessor does: sees what waits, judges a case, locks the judgement."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from idesluss.assessment.models import Assessment
from idesluss.assessment.reads.sheet import sheet
from idesluss.assessment.reads.tasks import piles
from idesluss.assessment.rules import may_assess, sees_applicant, works_on
from idesluss.assessment.usecases import lock, save_draft, unfinished
from idesluss.funding.models import Application
from idesluss.funding.reads.contents import asked_in, contents_of, with_contents
from idesluss.logic.merging import Merged, fingerprints
from idesluss.logic.refusals import Refusal
from idesluss.web.assessment.forms.conflicts import DiscoverForm
from idesluss.web.assessment.forms.judging import JudgementForm, seen_in
from idesluss.web.assessment.found import Cases, handled_case, plain
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request


@list_page
@access(MEMBER)
def mine(request: Request, org: str) -> HttpResponse:
    """One's own assessments, in every round of every organisation."""
    found = piles(request.user, at=request.at)
    return render(request, "assessment/mine.html", {"piles": found})


def own_assessment(
    request: Request, pk: int, *, loaded: Callable[[Cases], Cases] = plain
) -> tuple[Application, Assessment]:
    """The application ``pk`` and one's own assessment of it, if one has the case now."""
    application = handled_case(request, pk, loaded=loaded)
    mine = Assessment.objects.filter(
        idea=application.idea_id, round=application.round_id, assessor=request.user.pk
    )
    assessment = get_object_or_404(mine.counted().prefetch_related("scores"))
    assessment.idea, assessment.round = application.idea, application.round
    return application, assessment


@access(MEMBER)
def assess(request: Request, org: str, pk: int) -> HttpResponse:
    """The application on one side, one's own paper on the other; saved as one goes."""
    loaded = plain if request.method == "POST" else _whole
    application, assessment = own_assessment(request, pk, loaded=loaded)
    if assessment.locked_at:
        return redirect("assessment:scores", org, pk)
    if not works_on(request.user, assessment):
        return render(
            request,
            "assessment/early.html",
            {"application": application},
            status=200 if request.method == "GET" else 422,
        )
    criteria = list(application.round.criteria.all())
    form = open_form(JudgementForm, request, criteria=criteria, initial=sheet(assessment, criteria))
    if request.method != "POST":
        return _paper(request, application, assessment, form)
    seen = seen_in(request.POST.get("seen", ""))
    if not form.is_valid():
        return _paper(request, application, assessment, form, seen=seen, status=422)
    try:
        merged = save_draft(
            assessment.pk, wanted=form.wanted(), seen=seen, by=request.user, at=request.at
        )
    except Refusal as refusal:
        refused(form, refusal, request.organisation.timezone)
        return _paper(request, application, assessment, form, seen=seen, status=422)
    return _saved(request, application, assessment, form, merged=merged, seen=seen)


def _saved(
    request: Request,
    application: Application,
    assessment: Assessment,
    form: JudgementForm,
    *,
    merged: Merged,
    seen: Mapping[str, str],
) -> HttpResponse:
    """Answer after saving: what clashes, what is missing before locking, or that it is saved."""
    saved = Assessment.objects.prefetch_related("scores").get(pk=assessment.pk)
    saved.idea, saved.round = application.idea, application.round
    if merged.clashes:
        form.show_clashes(merged.clashes)
        now = fingerprints(sheet(saved, form.criteria))
        # A page that only learns that there is a clash must not win it by saving once more.
        unseen = {name: seen.get(name, "") for name in merged.clashes} if request.htmx else {}
        return _paper(request, application, saved, form, seen=now | unseen, status=422)
    if request.POST.get("then") == "lock" and not request.htmx:
        missing = unfinished(saved)
        for refusal in missing:
            refused(form, refusal)
        if missing:
            return _paper(request, application, saved, form, status=422)
        return redirect("assessment:lock", request.organisation.slug, application.pk)
    if request.htmx:
        return _paper(request, application, saved, form)
    messages.success(request, _("Your draft is saved. Nobody else can see it before you lock it."))
    return redirect("assessment:assess", request.organisation.slug, application.pk)


def _whole(cases: Cases) -> Cases:
    return with_contents(cases, answers=False)


def _paper(
    request: Request,
    application: Application,
    assessment: Assessment,
    form: JudgementForm,
    *,
    seen: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    if request.method == "POST":  # one that is simply saved needs no contents
        application = handled_case(request, application.pk, loaded=_whole)
    names = sees_applicant(request.user, application.idea, application.round, at=request.at)
    if seen is None:
        seen = fingerprints(sheet(assessment, form.criteria))
    context = {
        "application": application,
        "idea": application.idea,
        "round": application.round,
        "assessment": assessment,
        "contents": contents_of(application, names=names, asked=asked_in(application)),
        "form": form,
        "parts": list(form.parts()),
        "seen": json.dumps(seen),
        "discover": DiscoverForm(prefix=f"case-{application.idea_id}"),
    }
    return render(request, "assessment/assess.html", context, status=status)


@access(MEMBER)
def lock_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Look at one's own judgement once more, and lock it."""
    application, assessment = own_assessment(request, pk)
    if assessment.locked_at:
        return redirect("assessment:scores", org, pk)
    if unfinished(assessment) or not may_assess(request.user, assessment, at=request.at):
        return redirect("assessment:assess", org, pk)
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            lock(
                assessment.pk,
                version=int(version) if version.isdecimal() else -1,
                by=request.user,
                at=request.at,
            )
        except Refusal as refusal:
            messages.error(request, say(refusal, request.organisation.timezone))
            return redirect("assessment:lock", org, pk)
        messages.success(request, _("Your assessment is locked. Now you can read the others'."))
        return redirect("assessment:scores", org, pk)
    context = {
        "application": application,
        "assessment": assessment,
        "scores": list(assessment.scores.select_related("criterion").order_by("criterion")),
    }
    return render(request, "assessment/lock.html", context)
