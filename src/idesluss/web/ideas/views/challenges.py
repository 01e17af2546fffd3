"""Challenges as everybody reads them: the list, one with its answers, and an offer's yes or no."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from idesluss.ideas.models import Challenge, Match, own
from idesluss.ideas.reads.challenges import When, challenge_page, challenges_of, when_of
from idesluss.ideas.rules import may_offer, may_pose, may_run, may_word
from idesluss.ideas.usecases.offering import answer_offer
from idesluss.logic.refusals import Refusal
from idesluss.people.models import Person
from idesluss.web.frame.access import PUBLIC, SIGNED_IN, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.ideas.views.sluice import sluice_of, whom
from idesluss.web.insight.reading import offer_of

MOST = 200  # challenges on one page


@list_page
@require_safe
@access(PUBLIC)
def challenges(request: Request, org: str, slug: str) -> HttpResponse:
    """The challenges of a sluice: open, coming, and what came of earlier ones."""
    programme = sluice_of(request, slug)
    if isinstance(programme, HttpResponse):
        return programme
    found = challenges_of(request.organisation, request.user, at=request.at)
    rows = list(found.filter(programme=programme)[:MOST])
    by_when = {when: [it for it in rows if when_of(it, request.at) is when] for when in When}
    person = request.user
    context = {
        "programme": programme,
        "groups": [
            (words, by_when[when])
            for when, words in (
                (When.DRAFT, _("Not opened yet")),
                (When.OPEN, _("Open now")),
                (When.COMING, _("Opens soon")),
                (When.CLOSED, _("Closed, the answers are looked at")),
                (When.ENDED, _("Ended, and what came of them")),
            )
            if by_when[when]
        ],
        "poses": isinstance(person, Person) and may_pose(person, programme, at=request.at),
    }
    return render(request, "ideas/challenges.html", context)


@list_page
@require_safe
@access(PUBLIC)
def challenge(request: Request, org: str, slug: str) -> HttpResponse:
    """One challenge: the problem, who stands behind it, how to answer, and what was answered."""
    try:
        one = challenge_of(request, slug)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    person, at = request.user, request.at
    page = challenge_page(one, person, at=at)
    known = isinstance(person, Person)
    poses = known and person.pk in (one.owner_id, one.posed_by_id)
    works = (page.office or poses) and one.ended_at is None
    context = {
        "challenge": one,
        "page": page,
        "offer": offer_of(request, one),
        "tried_url": reverse("ideas:challenge_tried", args=[org, slug]) if works else "",
        "doors": [(door, whom(door.audience)) for door in page.doors],
        "groups": [whom(audience.value) for audience in one.asked],
        "words": known and one.ended_at is None and may_word(person, one, at=at),
        "runs": known and one.ended_at is None and may_run(person, one, at=at),
        "offers": known and page.when is When.OPEN and may_offer(person, one, at=at),
    }
    return render(request, "ideas/challenge.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def match(request: Request, org: str, slug: str, number: int) -> HttpResponse:
    """A challenge that one's parked case may answer: yes or no, with one click."""
    mine = Match.objects.filter(own(request.user, idea="idea__"), challenge__slug=slug)
    here = mine.filter(challenge__programme__organisation=request.organisation)
    one = get_object_or_404(here.select_related("idea", "challenge"), pk=number)
    refusal = ""
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        yes = request.POST["answer"] == "yes"
        try:
            answer_offer(one.pk, yes=yes, by=request.user, at=request.at)
        except Refusal as no:
            refusal = say(no, request.organisation.timezone)
        else:
            told = (
                _("Thank you. Your idea is taken up again, as an answer to the challenge.")
                if yes
                else _("Thank you for saying so. Your idea stays where it is.")
            )
            messages.success(request, told)
            return redirect("ideas:case", org, one.idea_id)
    context = {
        "match": one,
        "refusal": refusal,
        "is_open": when_of(one.challenge, request.at) is When.OPEN,
    }
    return render(request, "ideas/match.html", context, status=422 if refusal else 200)


def challenge_of(request: Request, slug: str) -> Challenge:
    """The challenge of the address, as far as the reader may read it; else 404."""
    found = challenges_of(request.organisation, request.user, at=request.at)
    return get_object_or_404(found, slug=slug)
