"""The release: who will be told what, word for word, and then once; and the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from idesluss.funding.models import Meeting
from idesluss.funding.reads.agenda import Case
from idesluss.funding.reads.minutes import Minutes, for_eyes, shut_in
from idesluss.funding.reads.plan import Plan, applicants_of, plan_of
from idesluss.funding.rules import may_celebrate, may_read_books, may_release
from idesluss.funding.usecases import release as release_meeting
from idesluss.logic.refusals import ChangedMeanwhile, Refusal
from idesluss.mail.letters import Composed, decision_letter
from idesluss.papers.minutes import minutes_pdf
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import moment, refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.meeting import ReleaseForm
from idesluss.web.funding.views.lookups import meeting_of, meeting_url


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it will go out; without ``person`` nobody has an account to write to."""

    case: Case
    person: Person | None
    letter: Composed | None


@list_page
@access(MEMBER)
def release(request: Request, org: str, slug: str) -> HttpResponse:
    """What a release would tell whom; the release itself; afterwards what it came to."""
    meeting = meeting_of(request, slug)
    if meeting.released_at is not None:
        return _released(request, meeting)
    if not may_release(request.user, meeting, at=request.at):
        raise Http404
    plan = plan_of(meeting, request.user, at=request.at)
    form: Any = open_form(ReleaseForm, request, initial={"fingerprint": plan.fingerprint})
    if request.method == "POST" and form.is_valid():
        try:
            done = release_meeting(
                meeting.pk,
                fingerprint=form.cleaned_data["fingerprint"],
                publish_at=form.publish_at(request.at),
                by=request.user,
                at=request.at,
            )
        except ChangedMeanwhile as refusal:
            return _again(request, meeting, say(refusal))
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            if done.first:
                messages.success(request, _("The decisions are released."))
                return redirect(meeting_url(request, meeting, "funding:release"))
            return _released(request, done.meeting)
    return _previewed(request, meeting, plan, form)


def _again(request: Request, meeting: Meeting, sentence: str) -> HttpResponse:
    """Something has changed since: show how it is now, with nothing confirmed."""
    messages.error(request, sentence)
    plan = plan_of(meeting, request.user, at=request.at)
    form = ReleaseForm(initial={"fingerprint": plan.fingerprint})
    return _previewed(request, meeting, plan, form, status=409)


def _previewed(
    request: Request, meeting: Meeting, plan: Plan, form: Any, status: int = 200
) -> HttpResponse:
    letters = previews(plan)
    context = {
        "meeting": meeting,
        "round": meeting.round,
        "plan": plan,
        "agenda": plan.agenda,
        "previews": letters,
        "letters": sum(one.letter is not None for one in letters),
        "minutes_url": meeting.held_at and meeting_url(request, meeting, "funding:minutes"),
        "problems": [say(one, request.organisation.timezone) for one in plan.problems],
        "form": form,
        "back": meeting_url(request, meeting),
        "title": _("Release the decisions"),
    }
    return render(
        request, "funding/meeting/release.html", context, status=422 if form.errors else status
    )


def _released(request: Request, meeting: Meeting) -> HttpResponse:
    """The same page for everybody who comes later: it is done, and by whom."""
    zone = request.organisation.timezone
    if request.method == "POST":
        words = _("The decisions were already released, by %(name)s on %(when)s.")
        by = meeting.released_by.name if meeting.released_by else ""
        messages.info(request, words % {"name": by, "when": moment(meeting.released_at, zone)})
        return redirect(meeting_url(request, meeting, "funding:release"))
    context = {
        "meeting": meeting,
        "round": meeting.round,
        "minutes": seen_minutes(request, meeting),
        "minutes_url": meeting_url(request, meeting, "funding:minutes"),
        "may_read_books": may_read_books(request.user, meeting.round.programme, at=request.at),
        "may_celebrate": may_celebrate(request.user, meeting.round, at=request.at),
        "may_see_letters": request.user.has_role(
            meeting.organisation_id, Role.ADMINISTRATOR, Role.REGISTRAR, at=request.at
        ),
        "back": meeting_url(request, meeting),
        "title": _("The decisions are released"),
    }
    return render(request, "funding/meeting/released.html", context)


def previews(plan: Plan) -> list[Preview]:
    """Every letter that the release brings about, case by case."""
    organisation = plan.agenda.meeting.round.programme.organisation
    people = applicants_of(plan)
    found = []
    for told in plan.told:
        news: Any = told.news
        applicants = people.get(told.case.decision.application.idea_id, [])
        found += [
            Preview(
                told.case, person, decision_letter(news, person=person, organisation=organisation)
            )
            for person in applicants
        ]
        if not applicants:
            found.append(Preview(told.case, None, None))
    return found


def seen_minutes(request: Request, meeting: Meeting) -> Minutes:
    """The frozen minutes, without what is shut to this person."""
    frozen: Any = meeting.minutes
    return for_eyes(frozen, shut_in(meeting, request.user, at=request.at))


@access(MEMBER)
def minutes(request: Request, org: str, slug: str) -> HttpResponse:
    """The minutes as PDF: as frozen, or while the meeting is open as they would be."""
    meeting = meeting_of(request, slug)
    if meeting.released_at is not None:
        shown = seen_minutes(request, meeting)
    else:
        plan = None
        if may_release(request.user, meeting, at=request.at) and meeting.held_at:
            plan = plan_of(meeting, request.user, at=request.at)
        if plan is None or plan.minutes is None:
            raise Http404
        shown = plan.minutes
    response = HttpResponse(minutes_pdf(shown), content_type="application/pdf")
    name = slugify(f"{_('minutes')} {meeting.round.slug} {meeting.register_number}")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
