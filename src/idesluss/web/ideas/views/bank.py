"""From a need to an idea for it: hand one in, or say that a case is one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from idesluss.ideas.models import Idea
from idesluss.ideas.reads.bank import needs_to_choose
from idesluss.ideas.rules import has_own_part, may_work
from idesluss.ideas.usecases.bank import link_to_need, unlink
from idesluss.ideas.vocab import IdeaKind
from idesluss.logic.refusals import Refusal
from idesluss.programmes.models import Door
from idesluss.web.frame.access import PUBLIC, SIGNED_IN, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.bank import NeedForm
from idesluss.web.ideas.views.sluice import whom


@require_safe
@access(PUBLIC)
def answer_need(request: Request, org: str, pk: int) -> HttpResponse:
    """To the door for who one is, with the need filled in; straight there when there is one."""
    seen = Idea.objects.shown_to(request.user, at=request.at).sluiced()
    needs = seen.filter(programme__organisation=request.organisation, kind=IdeaKind.NEED.value)
    need = get_object_or_404(needs.select_related("programme"), pk=pk)
    doors = list(
        Door.objects.visible_to(request.user, at=request.at).filter(programme=need.programme_id)
    )
    ways = [
        (whom(door.audience), f"{reverse('ideas:door', args=[org, door.slug])}?need={need.pk}")
        for door in doors
    ]
    if len(ways) == 1:
        return redirect(ways[0][1])
    return render(request, "ideas/answer_need.html", {"need": need, "ways": ways})


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def link(request: Request, org: str, pk: int) -> HttpResponse:
    """Say which need a case is an idea for, or that it is for none."""
    seen = Idea.objects.visible_to(request.user, at=request.at).sluiced()
    here = seen.filter(programme__organisation=request.organisation)
    idea = get_object_or_404(here.select_related("programme", "answers_to"), pk=pk)
    person, at = request.user, request.at
    if not (has_own_part(person, idea) or may_work(person, idea, at=at)):
        raise Http404
    needs = needs_to_choose(idea.programme_id, person, at=at).exclude(pk=idea.pk)
    form: Any = open_form(NeedForm, request, needs=needs, initial={"need": idea.answers_to_id})
    if request.method == "POST" and form.is_valid():
        need = form.cleaned_data["need"]
        try:
            if need:
                link_to_need(pk, need.pk, by=person, at=at)
            else:
                unlink(pk, by=person, at=at)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("ideas:case", org, pk)
    context = {
        "idea": idea,
        "form": form,
        "title": _("An idea for which need?"),
        "lead": _(
            "Several ideas can be for the same need. Choose it, and each leads to the other."
        ),
        "button": _("Save"),
        "back": reverse("ideas:case", args=[org, pk]),
    }
    return render(request, "ideas/act.html", context, status=422 if form.errors else 200)
