"""News of a round: proposed from its figures, written, looked at, published, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from idesluss.funding.models import News
from idesluss.funding.reads.celebrating import occasion_of
from idesluss.funding.reads.press import proposed, received_in
from idesluss.funding.usecases import publish_news, save_news, take_back_news
from idesluss.funding.usecases.news import Saved
from idesluss.logic.merging import fingerprint
from idesluss.logic.placeholders import left_in
from idesluss.logic.refusals import Refusal
from idesluss.programmes.models import Round
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.celebrating import NewsForm
from idesluss.web.funding.views.celebrating import celebrate_url, celebrated_round, news_of


@access(MEMBER)
def news(request: Request, org: str, slug: str) -> HttpResponse:
    """The text to edit, with what it will look like; publish and take back."""
    round = celebrated_round(request, slug)
    saved = news_of(round)
    do = request.POST.get("do", "save")
    if request.method == "POST" and do == "publish":
        return _publish(request, round)
    if request.method == "POST" and do == "take_back":
        return _done(request, round, _("The news is taken back. The text stays here."),
                     lambda: take_back_news(round.pk, by=request.user, at=request.at))  # fmt: skip
    title, text, language = _begin(request, round, saved)
    form: Any = open_form(NewsForm, request, initial=_initial(title, text))
    clash: Saved | None = None
    if request.method == "POST" and form.is_valid():
        clash = _save(request, round, form, language)
        if clash is None and not form.errors:
            return redirect(celebrate_url(request, round, "news"))
        if clash is not None:
            saved, form = clash.news, _again(form, clash)
    return _page(request, round, saved, form, clash)


def _begin(request: Request, round: Round, saved: News | None) -> tuple[str, str, str]:
    """Title, text and language as they are saved, else as they are proposed."""
    if saved is not None:
        return saved.title, saved.text, saved.language
    occasion = occasion_of(round, person=request.user, at=request.at)
    language = request.organisation.language
    if occasion.hidden or not occasion.projects:
        return "", "", language  # a total without what is shut would be wrong
    proposal = proposed(round, occasion, received=received_in(round))
    return proposal.title, proposal.text, language


def _initial(title: str, text: str) -> dict[str, str]:
    return {
        "title": title,
        "text": text,
        "seen_title": fingerprint(title),
        "seen_text": fingerprint(text),
    }


def _save(request: Request, round: Round, form: Any, language: str) -> Saved | None:
    """Save the form; what clashes comes back, what is refused stands on the form."""
    data = form.cleaned_data
    try:
        saved = save_news(
            round.pk,
            title=data["title"],
            text=data["text"],
            seen=form.seen,
            language=language,
            by=request.user,
            at=request.at,
        )
    except Refusal as refusal:
        refused(form, refusal)
        return None
    if saved.clashes:
        return saved
    messages.success(request, _("Saved."))
    return None


def _again(form: Any, clash: Saved) -> Any:
    """The same words once more, now over what somebody else has saved: seen, since it is shown."""
    data = _initial(clash.news.title, clash.news.text)
    mine, seen = form.cleaned_data, form.seen
    data |= {name: mine[name] for name in seen if fingerprint(mine[name]) != seen[name]}
    again = NewsForm(data)
    for name in clash.clashes:
        again.add_error(
            name,
            _("Somebody else changed this while you wrote. Theirs stands below; save again to "
              "keep yours."),
        )  # fmt: skip
    return again


def _publish(request: Request, round: Round) -> HttpResponse:
    version = request.POST.get("version", "")
    number = int(version) if version.isdecimal() else -1
    return _done(
        request,
        round,
        _("The news is published on the page of the round."),
        lambda: publish_news(round.pk, version=number, by=request.user, at=request.at),
    )


def _done(request: Request, round: Round, told: str, act: Callable[[], None]) -> HttpResponse:
    """Do it and come back; a refusal is shown above the page as it is now."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, told)
    return redirect(celebrate_url(request, round, "news"))


def _page(
    request: Request, round: Round, saved: News | None, form: Any, clash: Saved | None
) -> HttpResponse:
    context = {
        "round": round,
        "news": saved,
        "form": form,
        "clash": clash,
        "public": round.results_at is not None and round.results_at <= request.at,
        "left": left_in(saved.title) + left_in(saved.text) if saved else [],
        "back": celebrate_url(request, round),
        "title": _("News of the round"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "funding/celebrate/news.html", context, status=status)
