"""Answer a case so that it ends: choose how, write why, see exactly what is read, send it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from idesluss.ideas.models import Idea
from idesluss.ideas.rules import may_work
from idesluss.ideas.usecases import end
from idesluss.ideas.usecases.answering import endings
from idesluss.ideas.vocab import ANSWERS, Offer
from idesluss.ideas.wordings import wording, wordings
from idesluss.jobs.rehearse import rehearse
from idesluss.logic.lifecycle import Stage
from idesluss.logic.reading import Ease, Reading, reading
from idesluss.logic.refusals import Refusal
from idesluss.people.models import Person
from idesluss.records.models import Letter
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.answering import ENDINGS, AnswerForm

GOOD = (Ease.VERY_EASY, Ease.EASY)


def worked_case(request: Request, pk: int) -> Idea:
    """A case of a sluice here that the reader works with; else 404."""
    cases = Idea.objects.sluiced().handled_by(request.user, at=request.at)
    here = cases.filter(programme__organisation=request.organisation)
    idea = get_object_or_404(
        here.select_related("programme__organisation", "responsible", "at_step"), pk=pk
    )
    if not may_work(request.user, idea, at=request.at):
        raise Http404
    return idea


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def answer(request: Request, org: str, pk: int) -> HttpResponse:
    """Write the answer that ends the case; nothing is done before its preview was seen."""
    idea = worked_case(request, pk)
    possible = endings(idea)
    if request.method != "POST":
        if not possible:
            messages.info(request, gettext("The case has ended already. Here is its answer."))
            return redirect("ideas:case", org, pk)
        first = {"ending": request.GET.get("to", "")}  # where the last step leads to
        form = open_form(AnswerForm, request, endings=possible, initial=first)
        return _page(request, idea, form, possible)
    chosen = request.POST.get("ending", "")
    if chosen in ANSWERS and Stage(chosen) not in possible:
        possible = [*possible, Stage(chosen)]  # somebody was faster: the refusal says so
    if "start" in request.POST or request.POST.get("then") in ("read", "change"):
        return _page(request, idea, _written(request, idea, possible), possible)
    form = AnswerForm(request.POST, endings=possible)
    if not form.is_valid():
        return _page(request, idea, form, possible)
    wish = form.cleaned_data
    do = partial(
        end,
        pk,
        Stage(wish["ending"]),
        answer=wish["answer"],
        offer=Offer(wish["offer"]),
        by=request.user,
        at=request.at,
    )
    try:
        if "sure" not in request.POST:
            letters = rehearse(do, by=request.user, at=request.at)
            return _preview(request, idea, form, letters)
        do()
    except Refusal as refusal:
        refused(form, refusal, request.organisation.timezone)
        return _page(request, idea, form, possible)
    messages.success(request, gettext("The answer is given. Whoever handed it in is told now."))
    return redirect("ideas:case", org, pk)


def _written(request: Request, idea: Idea, possible: Sequence[Stage]) -> AnswerForm:
    """What has been written so far, with the ready wording that was asked for."""
    told = {name: request.POST.get(name, "") for name in ("ending", "answer", "offer")}
    ready = wording(request.POST.get("start", ""), idea.language)
    if ready:
        told["ending"] = ready.ending
        parts = [told["answer"].rstrip(), ready.text]
        told["answer"] = "\n\n".join(part for part in parts if part.strip())
    return AnswerForm(initial=told, endings=possible)


def _page(request: Request, idea: Idea, form: Any, possible: Sequence[Stage]) -> HttpResponse:
    written = str(form["answer"].value() or "")
    ready = [
        (ENDINGS[stage][0], [it for it in wordings(idea.language) if it.ending == stage])
        for stage in possible
    ]
    context = {
        "idea": idea,
        "form": form,
        "wordings": ready,
        "may_send_on": Stage.REDIRECTED in possible,
        "told": reading(written) if written.strip() else None,
        "ease": ease_words(reading(written)),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "ideas/answer.html", context, status=status)


def ease_words(told: Reading) -> str:
    """How easy a text is, as a hint to whoever writes it; "" when it is too short to say."""
    if told.ease is None:
        return ""
    return {
        Ease.VERY_EASY: gettext("Very easy to read"),
        Ease.EASY: gettext("Easy to read"),
        Ease.MEDIUM: gettext("Like a newspaper: try shorter sentences"),
        Ease.HARD: gettext("Hard to read: use shorter sentences and shorter words"),
        Ease.VERY_HARD: gettext("Very hard to read: write as you would say it"),
    }[told.ease]


def _preview(
    request: Request, idea: Idea, form: AnswerForm, letters: Sequence[Letter]
) -> HttpResponse:
    """What the giver reads, in the letter and on the page, before anything is sent."""
    readers = Person.objects.in_bulk([letter.person_id for letter in letters])
    told = [(it, readers[it.person_id]) for it in letters if it.kind == "ideas.answered"]
    context = {
        "idea": idea,
        "form": form,
        "ending": ENDINGS[Stage(form.cleaned_data["ending"])][0],
        "answer": form.cleaned_data["answer"],
        "letters": told,
        "letter": next((letter for letter, _reader in told if letter.to), None),
        "offer": form.cleaned_data["offer"],
        "others": len(letters) - len(told),
        "told": reading(form.cleaned_data["answer"]),
        "ease": ease_words(reading(form.cleaned_data["answer"])),
    }
    return render(request, "ideas/answer_preview.html", context)
