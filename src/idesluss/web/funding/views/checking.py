"""The formal check of one application: read it, choose an answer, see what is told, do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idesluss.funding.models import Application
from idesluss.funding.reads.contents import (
    Contents,
    asked_in,
    contents_of,
    fill_partners,
    with_belongings,
    with_people,
)
from idesluss.funding.reads.endorsing import SILENCE_MEANS, changed_at, said_of, says_against
from idesluss.funding.reads.handling import next_to_check, with_signals
from idesluss.funding.reads.history import history_of
from idesluss.funding.reads.rulebook import rulebook_of, said_in
from idesluss.funding.usecases.find_complete import find_complete
from idesluss.funding.usecases.incomplete import close_incomplete
from idesluss.ideas import usecases as ideas
from idesluss.ideas.models import Completion
from idesluss.ideas.rules import CHECKABLE, COMPLETABLE
from idesluss.jobs.rehearse import rehearse
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Refusal
from idesluss.logic.terms import verdicts
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.records.listed import Listed, fill, moment_of
from idesluss.records.models import Letter
from idesluss.web.assessment.found import office_case, office_cases
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.handling import AgainstForm, AskForm, CloseForm, SendOnForm
from idesluss.web.funding.rules_told import checked


@dataclass(frozen=True, slots=True)
class Act:
    """One answer of the formal check: when it can be given, and what it is called."""

    do: Callable[..., object]  # takes a number, the form's fields, by and at
    title: Promise
    hint: Promise
    button: Promise
    done: Promise
    stages: tuple[Stage, ...]
    form: type[forms.Form] = forms.Form
    of_application: bool = False  # the number is the application's, not the idea's
    while_asked: bool | None = None  # only with (True) or without (False) an open request
    against: bool | None = None  # only with (True) or without (False) a manager who is against it

    def fits(self, application: Application, request: Completion | None, *, against: bool) -> bool:
        """Whether it can be given in the case as it is now."""
        asked = self.while_asked is None or self.while_asked is (request is not None)
        fits = self.against is None or self.against is against
        return asked and fits and application.idea.stage in self.stages


ACTS: Mapping[str, Act] = {
    "accept": Act(
        find_complete,
        _("Complete"),
        _("Everything that is needed is there. The case goes on to be assessed."),
        _("Find complete"),
        _("The application is complete and goes on."),
        (Stage.RECEIVED, Stage.EXPLORING),
        of_application=True,
        against=False,
    ),
    "accept_against": Act(
        find_complete,
        _("Complete, against what a manager says"),
        _("A manager has said no, or has not answered. The case goes on all the same."),
        _("Find complete"),
        _("The application is complete and goes on."),
        (Stage.RECEIVED, Stage.EXPLORING),
        AgainstForm,
        of_application=True,
        against=True,
    ),
    "ask": Act(
        ideas.ask_completion,
        _("Ask for completion"),
        _("Something is missing. The clock towards the promised answer stands still meanwhile."),
        _("Ask for completion"),
        _("The applicant is asked to complete the application. The clock stands still."),
        COMPLETABLE,
        AskForm,
        while_asked=False,
    ),
    "go_on": Act(
        ideas.go_on_without,
        _("Go on without the completion"),
        _("The request ends without an answer, and the clock runs again."),
        _("Go on without it"),
        _("The request has ended. The clock runs again."),
        COMPLETABLE,
        while_asked=True,
    ),
    "close": Act(
        close_incomplete,
        _("Incomplete"),
        _("It cannot be tried as it is. The case is closed, with a reason."),
        _("Close as incomplete"),
        _("The application is closed as incomplete."),
        CHECKABLE,
        CloseForm,
        of_application=True,
    ),
    "send_on": Act(
        ideas.redirect,
        _("Wrong door"),
        _("It belongs somewhere else. It is sent on, and the applicant can still read it here."),
        _("Send on"),
        _("The case is sent on."),
        CHECKABLE,
        SendOnForm,
    ),
    "undo": Act(
        ideas.undo_accept,
        _("Found complete by mistake?"),
        _("The case comes back to the formal check, as long as the applicant has not been told."),
        _("Undo"),
        _("The case is back at the formal check. Nobody has been told anything."),
        (Stage.ASSESSING,),
    ),
    "take_back": Act(
        ideas.take_back,
        _("Came back?"),
        _("The case comes back to the formal check here."),
        _("Take it back"),
        _("The case is back at the formal check."),
        (Stage.REDIRECTED,),
    ),
}


class Way(NamedTuple):
    """An answer as the page offers it; ``open`` when somebody has begun to fill it in."""

    name: str
    act: Act
    form: forms.Form
    open: bool


@access(MEMBER)
def check(request: Request, org: str, pk: int) -> HttpResponse:
    """The application on one side, the answers of the formal check on the other."""
    cases = office_cases(request, among=_whole())
    application = get_object_or_404(with_people(cases), pk=pk)
    application.round.programme = application.idea.programme  # the same: read once
    fill_partners(application)
    fill(application.idea, "completions", [_completion(**it) for it in application.completions])
    if request.method != "POST":
        checked = application.idea.stage != Stage.RECEIVED.value
        following = next_to_check(application, cases) if checked else None
        return _page(request, application, following=following)
    chosen = request.POST.get("do", "")
    if chosen not in ACTS or not _checks(request):
        raise Http404
    act = ACTS[chosen]
    form = act.form(request.POST, prefix=chosen)
    if not form.is_valid():
        return _page(request, application, {chosen: form}, status=422)
    if request.POST.get("then") == "change":
        kept = act.form(initial=form.cleaned_data, prefix=chosen)
        return _page(request, application, {chosen: kept})
    number = application.pk if act.of_application else application.idea_id
    do = partial(act.do, number, **form.cleaned_data, by=request.user, at=request.at)
    try:
        letters = [] if "sure" in request.POST else rehearse(do, by=request.user, at=request.at)
        if letters:
            return _preview(request, application, chosen, form, letters)
        do()
    except Refusal as refusal:
        if act.form is forms.Form:
            messages.error(request, say(refusal, request.organisation.timezone))
        else:
            refused(form, refusal, request.organisation.timezone)
        return _page(request, application, {chosen: form}, status=422)
    messages.success(request, str(act.done))
    return redirect("funding:check", org, pk)


def _preview(
    request: Request,
    application: Application,
    chosen: str,
    form: forms.Form,
    letters: Sequence[Letter],
) -> HttpResponse:
    """What will be told to whom, before it is done."""
    readers = Person.objects.in_bulk([letter.person_id for letter in letters])
    context = {
        "application": application,
        "act": ACTS[chosen],
        "do": chosen,
        "form": form,
        "letters": [(letter, readers[letter.person_id]) for letter in letters],
    }
    return render(request, "funding/check_preview.html", context)


@cache
def _whole() -> QuerySet[Any]:
    """Cases with all that the page shows of them; the same for everybody, so put together once."""
    asked = Completion.objects.filter(idea=OuterRef("idea")).order_by("-pk")
    facts = ("pk", "what", "asked_by_id", "asked_at", "due", "answer", "answered_at")
    whole = with_signals(with_belongings(Application.objects.all()))
    return whole.select_related("idea__unit", "idea__programme", "idea__project", "round").annotate(
        completions=Listed(asked, **{fact: fact for fact in facts})
    )


def _completion(*, asked_at: str, due: str, answered_at: str | None, **facts: Any) -> Completion:
    answered = moment_of(answered_at) if answered_at else None
    day = date.fromisoformat(due)
    return Completion(asked_at=moment_of(asked_at), due=day, answered_at=answered, **facts)


def _checks(request: Request) -> bool:
    return request.user.has_role(request.organisation.pk, Role.ADMINISTRATOR, at=request.at)


def _page(
    request: Request,
    application: Application,
    typed: Mapping[str, Any] | None = None,
    *,
    following: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; ``typed`` holds the form that somebody has begun to fill in.

    ``following`` is the number of the application to be checked after this one.
    """
    typed = typed or {}
    changed = changed_at(application) if application.round.endorsed else None
    said = said_of(application, changed_at=changed, at=request.at)
    against = says_against(said, application.round.silence)
    completions = list(application.idea.completions.all())
    open_request = next((one for one in completions if one.answered_at is None), None)
    ways = [
        Way(name, act, typed.get(name) or act.form(prefix=name), name in typed)
        for name, act in ACTS.items()
        if name in typed or act.fits(application, open_request, against=against)
    ]
    contents = contents_of(application, asked=asked_in(application))
    context = {
        "application": application,
        "idea": application.idea,
        "round": application.round,
        "contents": contents,
        **_rules(application, contents),
        "completions": completions,
        "open_request": open_request,
        "ways": ways if _checks(request) else [],
        "typed": list(typed.values()),
        "form": next(iter(typed.values()), None),  # the title says when it must be put right
        "checks": _checks(request),
        "next_to_check": following,
        "said": said,
        "silence": SILENCE_MEANS[application.round.silence],
    }
    return render(request, "funding/check.html", context, status=status)


def _rules(application: Application, contents: Contents) -> dict[str, Any]:
    """Whether the case keeps the rules of its round, its level, and whose mandate it is in.

    What has got its answer is held against nothing any more.
    """
    if application.outcome:
        return {}
    rulebook = rulebook_of(application.round)
    said = said_in(application, contents.budget)
    return {
        "rules": checked(rulebook.terms, verdicts(rulebook.terms, said)),
        "level": rulebook.level(application),
        "mandate": rulebook.mandate(application),
        "mandates": len(rulebook.mandates) > 1,
    }


@access(MEMBER)
def history(request: Request, org: str, pk: int) -> HttpResponse:
    """What has happened in the case, act by act."""
    application = office_case(request, pk)
    context = {"application": application, "events": history_of(application)}
    return render(request, "funding/history.html", context)
