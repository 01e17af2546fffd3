"""What is like it: beside the form while one writes, as a step of its own, and for who has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from idesluss.ideas.models import LIVE, Challenge, Idea
from idesluss.ideas.usecases.hand_in import LIMITS, WIDTH, narrower
from idesluss.ideas.usecases.joining_in import join_in
from idesluss.ideas.usecases.supporting import SUPPORT_LENGTH
from idesluss.ideas.usecases.taking import Sent
from idesluss.insight.search.finding import Found
from idesluss.insight.search.index import KINDS
from idesluss.insight.search.things import BY_MODEL, code_of
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Refusal
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from idesluss.programmes.models import Door
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.ideas.acts import EARLY
from idesluss.web.ideas.alike import LookAlike, Seen, alike, aside, told
from idesluss.web.ideas.counting import too_often
from idesluss.web.people.adapters import TOO_MANY

WORKERS = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)
DIFFERS_LENGTH = 500
RATE = "10/h/ip,30/d/ip"  # “me too” from one place, without an account
LOOK = "look"  # what the form says when htmx asks while one writes


def look(
    request: Request, door: Door, *, shared: bool = False, for_others: bool = False
) -> HttpResponse:
    """The box beside the form, for what is written so far; nothing if it would be the same.

    ``for_others``: somebody writes down what others said, and joins nothing for them.
    """
    person = None if shared or not request.user.is_authenticated else request.user
    title = request.POST.get("title", "")[: LIMITS["title"]]
    need = request.POST.get("need", "")[: LIMITS["need"]]
    seen = Seen.read(request.POST.get("alike", ""))
    about = {_code(Challenge, request.POST.get("challenge")), _code(Idea, request.GET.get("need"))}
    found = [
        it for it in alike(title, need, person, at=request.at) if code_of(it.thing) not in about
    ]
    new = seen.shown(found, title, need)
    if new.now == seen.now:
        return HttpResponse(status=204)
    context = {
        "rows": told(found, person, door.organisation, at=request.at, door=door),
        "seen": new.write(),
        "differs": request.POST.get("differs", "")[:DIFFERS_LENGTH],
        "differs_length": DIFFERS_LENGTH,
        "shared": shared,
        "for_others": for_others,
    }
    return render(request, "ideas/_alike_box.html", context)


def _code(model: type, number: str | None) -> int:
    """The number in the index of what the address names; -1 for nothing."""
    number = number or ""
    known = number.isascii() and number.isdecimal() and len(number) < 18
    return BY_MODEL[model].code(int(number)) if known else -1


@dataclass
class Asking:
    """The step between sending the form and handing in: is it one of these?

    ``about`` are things that the form is about anyway: its challenge, its need.
    """

    request: Request
    door: Door
    form: Any  # valid
    sent: Sent  # for joining
    shared: bool
    about: tuple[Any, ...] = ()
    error: str = field(default="", init=False)

    @property
    def person(self) -> Any:
        return self.sent.giver

    @cached_property
    def seen(self) -> Seen:
        return Seen.read(self.request.POST.get("alike", ""))

    @cached_property
    def found(self) -> tuple[Found, ...]:
        said = self.form.cleaned_data
        everything = alike(said["title"], said["need"], self.person, at=self.request.at)
        return tuple(it for it in everything if it.thing not in self.about)

    def chosen(self, name: str) -> int | None:
        """The number of the look-alike that a button stands for."""
        number = self.request.POST.get(name, "")
        return int(number) if number.isascii() and number.isdecimal() and len(number) < 18 else None

    @property
    def differs(self) -> str:
        return self.request.POST.get("differs", "")[:DIFFERS_LENGTH]

    @property
    def goes_on(self) -> bool:
        """Whether they have said what they want, or there is nothing new to ask about."""
        if "go" in self.request.POST:
            return True
        if self.chosen("refers") is not None or self.chosen("answers") is not None:
            return True
        if self.chosen("mine") is not None:
            return False
        said = self.form.cleaned_data
        return self.seen.settles(self.found, said["title"], said["need"])

    @property
    def answers(self) -> str:
        """The number of the challenge that it is handed in as an answer to, "" for none."""
        code = self.chosen("answers")
        known = code is not None and code % KINDS == BY_MODEL[Challenge].place
        return str(code // KINDS) if code is not None and known else ""

    def aside(self) -> str:
        """What those who handle the case are told."""
        return aside(self.differs, self.chosen("refers"), self.seen, self.door, at=self.request.at)

    def join(self) -> Idea | None:
        """Stand behind the case that was chosen; None: it was not possible, and the page says why.

        Whoever has no account is counted, as where they would say “me too” on its own page.
        """
        code = self.chosen("joins") or 0
        if code % KINDS != BY_MODEL[Idea].place:
            return None
        if self.person is None and too_often(self.request, "me_too", RATE):
            self.error = str(TOO_MANY)
            return None
        reason = self.request.POST.get(f"reason_{code}", "")
        try:
            return join_in(
                code // KINDS,
                reason,
                self.sent,
                language=get_language() or "",
                at=self.request.at,
            ).idea
        except Idea.DoesNotExist:
            return None
        except Refusal as refusal:
            self.error = say(refusal, self.door.organisation.timezone)
            return None

    def page(self, **more: Any) -> HttpResponse:
        """The step: everything that was typed, and what is like it."""
        said = self.form.cleaned_data
        here, at = self.door.organisation, self.request.at
        rows = told(self.found, self.person, here, at=at, door=self.door)
        opened = self.chosen("joins") or self.chosen("mine")
        context = {
            "door": self.door,
            "form": self.form,
            "rows": [(it, self._reason(it), it.code == opened) for it in rows],
            "seen": self.seen.shown(self.found, said["title"], said["need"]).write(),
            "differs": self.differs,
            "differs_length": DIFFERS_LENGTH,
            "reason_length": SUPPORT_LENGTH,
            "error": self.error,
            "shared": self.shared,
            "anyway": "anyway" in self.request.POST,
            **more,
        }
        status = 422 if self.error else 200
        response = render(self.request, "ideas/alike.html", context, status=status)
        if self.shared:
            response["Cache-Control"] = "no-store"
        return response

    def _reason(self, one: LookAlike) -> str:
        """What they said, else the beginning of what they wrote, unless fewer may read that."""
        typed = self.request.POST.get(f"reason_{one.code}")
        if typed is not None or one.way != "join":
            return typed or ""
        given = self.form.given(None)
        width = WIDTH.index(narrower(given.visibility, self.door))
        wide_enough = width >= WIDTH.index(one.thing.visibility)
        return given.need[:SUPPORT_LENGTH] if wide_enough else ""


@list_page
@require_safe
@access(MEMBER)
def look_alikes_page(request: Request, org: str, pk: int) -> HttpResponse:
    """What a case looks like, for those who handle it; its page asks for this piece by htmx."""
    person, at = request.user, request.at
    handled = Idea.objects.handled_by(person, at=at).sluiced()
    handled = handled.filter(programme__organisation=request.organisation)
    idea = get_object_or_404(handled.select_related("programme"), pk=pk)
    found = alike(idea.title, idea.need, person, at=at, without=idea)
    beside = "beside" in request.GET
    if beside:  # that page tells of what has been tried, and of what is parked here, by itself
        found = tuple(it for it in found if not _tried(it.thing, idea))
    rows = told(found, person, request.organisation, at=at)
    joinable = _joinable(request, idea, rows, handled)
    context = {"idea": idea, "rows": rows, "joinable": joinable, "beside": beside}
    response = render(request, "ideas/look_alikes.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _tried(thing: Any, idea: Idea) -> bool:
    if isinstance(thing, Idea):
        here = thing.organisation_id == idea.organisation_id
        return here and thing.stage == Stage.PARKED.value
    return isinstance(thing, Project)


def _joinable(
    request: Request, idea: Idea, rows: Sequence[LookAlike], handled: QuerySet[Idea]
) -> set[int]:
    """The numbers (in the index) of those that can be put together with ``idea``; one query."""
    works = request.user.has_role(idea.organisation_id, *WORKERS, at=request.at)
    if not works or idea.stage not in EARLY:
        return set()
    cases = {it.thing.pk: it.code for it in rows if isinstance(it.thing, Idea)}
    found = handled.filter(pk__in=cases, stage__in=LIVE).values_list("pk", flat=True)
    return {cases[number] for number in found}
