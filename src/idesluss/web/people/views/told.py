"""How one is told: mail by kind, the link that turns a kind off, the calendar's address."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from idesluss.logic.refusals import Refusal
from idesluss.mail.kinds import AT_ONCE, BY_NAME, DAILY, KINDS, NEVER, may_be_off, wishes_of
from idesluss.people import usecases
from idesluss.web.frame.access import PUBLIC, SIGNED_IN, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, status_of
from idesluss.web.people.forms.told import MailForm


@access(SIGNED_IN)
def mail(request: Request) -> HttpResponse:
    """Choose for every kind of letter: at once, once a day, or not by mail."""
    form = open_form(MailForm, request, initial=wishes_of(request.user))

    def choose() -> None:
        usecases.choose_mail(form.cleaned_data, by=request.user, at=request.at)

    if carried_out(request, form, choose):
        messages.success(request, gettext("Saved."))
        return redirect("people:mail")
    always = [kind.label for kind in KINDS if not kind.may_be_off]
    context = {"form": form, "always": always, "wishes": [AT_ONCE, DAILY, NEVER]}
    return render(request, "people/mail.html", context, status=status_of(form))


@csrf_exempt  # mail programs press the button themselves (RFC 8058): the signed link is the proof
@access(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def mail_off(request: Request, link: str) -> HttpResponse:
    """Where a letter's link leads: what it turns off, and one button. Signed in or not.

    Opening it changes nothing: programs that read letters for people follow every link.
    """
    try:
        person, kinds = usecases.read_mail_off_link(link)
    except Refusal as refusal:
        return render(request, "people/bad_link.html", {"words": say(refusal)}, status=410)
    kinds = [name for name in kinds if may_be_off(name)]
    by_program = "List-Unsubscribe" in request.POST
    if request.method == "POST":
        chosen = kinds if by_program else request.POST.getlist("kind")
        usecases.turn_mail_off(link, [name for name in kinds if name in chosen], at=request.at)
        if not by_program:
            return redirect("people:mail_off", link)
    wishes = wishes_of(person)
    context = {
        "on": [BY_NAME[name] for name in kinds if wishes[name] is not NEVER],
        "off": [BY_NAME[name] for name in kinds if wishes[name] is NEVER],
        "name": person.name,
    }
    return render(request, "people/mail_off.html", context)


@access(SIGNED_IN)
def calendar(request: Request) -> HttpResponse:
    """The address of one's calendar of deadlines: make it, renew it, end it."""
    if request.method == "POST":
        if request.POST.get("do") == "end":
            usecases.take_calendar_key(by=request.user, at=request.at)
            messages.success(request, gettext("The old address shows nothing any more."))
        else:
            usecases.give_calendar_key(by=request.user, at=request.at)
            messages.success(request, gettext("Here is the address of your calendar."))
        return redirect("people:calendar")
    url = ""
    if request.user.calendar_key:
        url = settings.URL + reverse("insight:calendar", args=[request.user.calendar_key])
    context = {"url": url, "webcal": url.replace("https:", "webcal:").replace("http:", "webcal:")}
    return render(request, "people/calendar.html", context)
