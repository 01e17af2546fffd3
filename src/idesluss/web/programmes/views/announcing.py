"""Announce several rounds of a fund at once, after one look at what each still lacks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from idesluss.logic.refusals import AlreadyDone, Refusal
from idesluss.programmes import usecases
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.reads import unannounced
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.programmes.views.funds import fund_of


@list_page
@access(MEMBER)
def announce_several(request: Request, org: str, pk: int) -> HttpResponse:
    """The rounds of the fund ``pk`` that wait to be announced; those that are ready can be chosen.

    Each is announced by itself: what one lacks keeps no other back.
    """
    fund = fund_of(request, pk)
    if request.method == "POST":
        return _announce(request, fund)
    zone, around = request.organisation.timezone, usecases.Around(fund)
    looked_at = [
        (one, [say(it, zone) for it in usecases.check_round(one, at=request.at, around=around)])
        for one in unannounced(fund)
    ]
    context = {
        "fund": fund,
        "ready": [one for one, problems in looked_at if not problems],
        "lacking": [(one, problems) for one, problems in looked_at if problems],
    }
    return render(request, "programmes/announce_several.html", context)


def _announce(request: Request, fund: Programme) -> HttpResponse:
    """Announce those that were chosen; one that is announced already was clicked twice."""
    chosen = {int(it) for it in request.POST.getlist("round") if it.isdecimal() and len(it) < 19}
    rounds = Round.objects.filter(programme=fund, pk__in=chosen).order_by("opens_at", "pk")
    made, already = 0, 0
    for one in rounds:
        try:
            usecases.announce_round(one.pk, by=request.user, at=request.at)
        except AlreadyDone:
            already += 1
        except Refusal as refusal:
            words = f"{one.name}: {say(refusal, request.organisation.timezone)}"
            messages.error(request, words)
        else:
            made += 1
    if made:
        told = ngettext("%(count)s round is announced.", "%(count)s rounds are announced.", made)
        messages.success(request, told % {"count": made})
    elif already:
        messages.info(request, gettext("They are announced already."))
    elif not rounds:
        messages.error(request, gettext("Choose at least one round."))
    return redirect("programmes:announce_several", request.organisation.slug, fund.pk)
