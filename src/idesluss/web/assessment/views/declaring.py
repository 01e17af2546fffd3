"""Conflicts of interest: declared before anything opens; suspected and decided by the office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from idesluss.assessment.reads.conflicts import Headline, Known, headlines, known_conflicts
from idesluss.funding.models import Application
from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import decide_conflict, declare, suspect
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.refusals import Refusal
from idesluss.papers.minutes import ground_told
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.web.assessment.forms.conflicts import (
    CONFLICT,
    DecideForm,
    DeclareForm,
    DiscoverForm,
    SuspectForm,
)
from idesluss.web.assessment.found import office_case, round_here
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request


class Row:
    """One case on the page, with its form."""

    def __init__(self, headline: Headline, data: Any) -> None:
        self.headline = headline
        kind = DiscoverForm if headline.answered else DeclareForm
        prefix = f"case-{headline.idea.pk}"
        sent = data is not None and bool(data.get(f"{prefix}-answer"))
        self.form = kind(data if sent else None, prefix=prefix)
        self.sent = sent

    def settle(self, request: Request) -> bool:
        """Save the answer; what is wrong stands in its form."""
        if not self.form.is_valid():
            return False
        given = self.form.cleaned_data
        try:
            declare(
                self.headline.idea.pk,
                conflict=given["answer"] == CONFLICT,
                ground=given["ground"],
                note=given["note"],
                by=request.user,
                at=request.at,
            )
        except Refusal as refusal:
            number, words = self.headline.idea.register_number, say(refusal)
            field = refusal.field if refusal.field in self.form.fields else None
            self.form.add_error(field, f"{number}: {words}")  # the summary lists several cases
            return False
        return True


@list_page
@access(MEMBER)
def declare_page(request: Request, org: str, slug: str) -> HttpResponse:
    """Every case where one must say whether one has a conflict of interest, all at once."""
    round = round_here(request, slug)
    found = headlines(round, request.user, at=request.at)
    if not found and not _takes_part(request, round):
        raise Http404
    data = request.POST if request.method == "POST" else None
    rows = [Row(headline, data) for headline in found]
    sent = [row for row in rows if row.sent]
    wrong = [row for row in sent if not row.settle(request)]
    saved = len(sent) - len(wrong)
    if saved:
        words = ngettext(
            "Your answer for %(n)s case is saved.", "Your answers for %(n)s cases are saved.", saved
        )
        messages.success(request, words % {"n": saved})
    if data is not None and not wrong:
        if not sent:
            messages.info(request, _("You have not answered for any case yet."))
        return redirect("assessment:declare", org, slug)
    if saved:  # what was saved has gone from the page, or down on it
        kept = {row.headline.idea.pk: row for row in wrong}
        again = headlines(round, request.user, at=request.at)
        rows = [kept.get(headline.idea.pk) or Row(headline, None) for headline in again]
    context = {
        "round": round,
        "waiting": [row for row in rows if not row.headline.answered],
        "answered": [row for row in rows if row.headline.answered],
        "wrong": [row.form for row in wrong],
        "form": wrong[0].form if wrong else None,
    }
    return render(request, "assessment/declare.html", context, status=422 if wrong else 200)


def _takes_part(request: Request, round: Any) -> bool:
    """Whether the page is anything to the person at all, also when nothing is left on it."""
    cases = Idea.objects.declarable_by(request.user, at=request.at)
    if cases.filter(applications__round=round).exists():
        return True
    decided = Round.objects.decided_by(request.user, at=request.at)
    return decided.filter(pk=round.pk).exists()


@access(MEMBER)
def conflicts(request: Request, org: str, pk: int) -> HttpResponse:
    """What is known in one case; the administrator records, decides, and says their own."""
    application = office_case(request, pk)
    known = known_conflicts(application.idea, at=request.at)
    page = ConflictsPage(request, application, known)
    if request.method == "POST" and page.carry_out():
        if not Application.objects.handled_by(request.user, at=request.at).filter(pk=pk).exists():
            return redirect("funding:handle", org, application.round.slug)
        return redirect("assessment:conflicts", org, pk)
    return render(
        request,
        "assessment/conflicts.html",
        page.context(),
        status=422 if request.method == "POST" else 200,
    )


class ConflictsPage:
    """The forms of the page about the conflicts in one case."""

    def __init__(self, request: Request, application: Application, known: list[Known]) -> None:
        self.request = request
        self.application = application
        self.known = known
        self.decides = request.user.has_role(
            application.organisation_id, Role.ADMINISTRATOR, at=request.at
        )
        doing = request.POST.get("do", "")
        suspectable = [
            it.person
            for it in known
            if it.parts and it.state in ("", ConflictState.CLEAR, ConflictState.DISMISSED)
        ]
        others = [person for person in suspectable if person.pk != request.user.pk]
        self.suspect = SuspectForm(
            request.POST if doing == "suspect" else None, prefix="suspect", people=others
        )
        self.own = DiscoverForm(request.POST if doing == "own" else None, prefix="own")
        self.decide = {
            it.person.pk: DecideForm(
                request.POST if doing == f"decide-{it.person.pk}" else None,
                prefix=f"decide-{it.person.pk}",
            )
            for it in known
            if it.state not in ("", ConflictState.CLEAR) and it.person.pk != request.user.pk
        }
        self.bound = [
            form for form in (self.suspect, self.own, *self.decide.values()) if form.is_bound
        ]

    def carry_out(self) -> bool:
        """Do what was asked for; what is wrong stands in its form."""
        form = self.bound[0] if self.bound else None
        if form is None:
            raise Http404
        if not form.is_valid():
            return False
        given = form.cleaned_data
        idea, who = self.application.idea_id, {"by": self.request.user, "at": self.request.at}
        try:
            if form is self.own:
                declare(idea, conflict=True, ground=given["ground"], note=given["note"], **who)
                words = _("Your conflict of interest is noted, and the case is shut for you.")
            elif form is self.suspect:
                suspect(
                    idea,
                    person_id=given["person"],
                    ground=given["ground"],
                    note=given["note"],
                    **who,
                )
                words = _("The suspicion is recorded. Decide about it as soon as you can.")
            else:
                person = next(pk for pk, it in self.decide.items() if it is form)
                decide_conflict(idea, person_id=person, **given, **who)
                words = _("The decision is noted.")
        except Refusal as refusal:
            refused(form, refusal, self.request.organisation.timezone)
            return False
        messages.success(self.request, words)
        return True

    def context(self) -> dict[str, Any]:
        """What the template needs."""
        return {
            "application": self.application,
            "idea": self.application.idea,
            "known": [
                {
                    "known": it,
                    "ground": ground_told(it.declaration.ground) if it.declaration else "",
                    "form": self.decide.get(it.person.pk) if self.decides else None,
                }
                for it in self.known
            ],
            "suspect": self.suspect if self.decides else None,
            "own": self.own,
            "wrong": self.bound,
            "form": next(iter(self.bound), None),
            "decides": self.decides,
        }
