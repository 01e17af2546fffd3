"""The pages that are measured: each of ours, its bare twin, who looks, and its budgets."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse

from bench import bare
from bench.seed.cases import WHY
from bench.seed.world import World
from bench.visit import Answer, Visitor
from idesluss.assessment.models import Assessment
from idesluss.assessment.reads.sheet import mark_field, sheet, why_field
from idesluss.funding.models import Application
from idesluss.logic.merging import fingerprints
from idesluss.people.models import Person
from idesluss.programmes.models import Round

TWICE = 2.0
"""At most so many times the bare page's time."""
LIST, DETAIL = 8, 12
"""At most so many queries."""


class Wrong(Exception):
    """A page did not answer as it must for the measurement to mean anything."""


def nothing() -> None:
    """What a page that is only read needs beforehand."""


@dataclass(frozen=True, slots=True)
class Page:
    """One of our pages and its bare twin; each is asked with what ``ready`` made beforehand.

    ``queries`` is the most that ours may ask; None: as many at every N, however many. ``times``
    is how many times the bare page's time it may take; None: told, not judged. Both must answer
    with ``status`` and hold the text ``shows``, so that they show the same rows.
    """

    name: str
    ours: Callable[[Any], Answer]
    bare: Callable[[Any], Answer]
    queries: int | None
    times: float | None = TWICE
    ready: Callable[[], Any] = nothing
    status: int = 200
    shows: str = ""

    def check(self) -> None:
        """Insist that both answer as they should, with the same rows.

        Raises:
            Wrong: one of them does not.
        """
        for side, ask in (("ours", self.ours), ("bare", self.bare)):
            answer = ask(self.ready())
            text = answer.body.decode()
            if answer.status != self.status:
                raise Wrong(f"{self.name}, {side}: answers {answer.status}\n{text[:2000]}")
            if self.shows not in text:
                raise Wrong(f"{self.name}, {side}: does not show {self.shows!r}")


class Pages:
    """All pages over one world; ``all()`` in the order in which they are told."""

    def __init__(self, world: World) -> None:
        self.world, self.town = world, world.town
        self.sides = (WSGIHandler(), bare.application())

    def all(self) -> list[Page]:
        """Every page."""
        pages = (
            self.lists(),
            self.details(),
            self.cases(),
            self.sluice(),
            self.years(),
            self.writes(),
            self.meetings(),
        )
        return [page for some in pages for page in some]

    def lists(self) -> list[Page]:
        """Pages that list applications."""
        huge, town = self.world.huge, self.town
        assessor = self.world.case_to_assess()[1]
        return [
            self._read(
                "list: administrator's",
                town.administrator,
                self._url("handle", huge.slug),
                ("applications", huge.pk),
                LIST,
                shows="försök 50",
            ),
            self._read(
                "list: administrator's, last page",
                town.administrator,
                self._url("handle", huge.slug) + "?page=999999",
                ("applications", huge.pk, "?page=999999"),
                LIST,
                shows=f"försök {self.world.size}",
            ),
            self._read(
                "list: applicant's", town.owner, self._url("mine"), ("mine",), LIST,
                shows="försök 97",
            ),
            self._read(
                "list: assessor's", assessor, self._url("assessment:mine"), ("tasks",), LIST
            ),
        ]  # fmt: skip

    def details(self) -> list[Page]:
        """Pages about one application, and the public page of a round."""
        unchecked, closed = self.world.unchecked_case(), self.world.closed_case()
        own = self.world.own_case()
        decided = self.world.decided
        return [
            self._read(
                "detail: office, to be checked",
                self.town.administrator,
                self._url("check", unchecked.pk),
                ("check", unchecked.pk),
                DETAIL,
                shows=unchecked.idea.title,
            ),
            self._read(
                "detail: office, closed",
                self.town.administrator,
                self._url("check", closed.pk),
                ("application", closed.pk),
                DETAIL,
                shows=closed.idea.title,
            ),
            self._read(
                "detail: applicant",
                self.town.owner,
                self._url("application", own.pk),
                ("own", own.pk),
                DETAIL,
                shows=own.idea.title,
            ),
            self._read(
                "public round page",
                None,
                self._url("round", decided.slug),
                ("public", decided.pk),
                DETAIL,
                shows="försök 16",
            ),
        ]

    def cases(self) -> list[Page]:
        """The page of a case of a sluice, as those who handle it, its giver and others see it."""
        case = self.world.sluice.case()
        readers = {
            "case: coach": self.world.sluice.coach,
            "case: giver": self.world.sluice.giver,
            "case: everybody": None,
        }
        url, twin = self._url("ideas:case", case.pk), ("case", case.pk)
        return [
            self._read(name, person, url, twin, DETAIL, shows=case.title)
            for name, person in readers.items()
        ]

    def sluice(self) -> list[Page]:
        """The lists of a sluice, as those who handle its cases read them, and everybody else."""
        one, slug = self.world.sluice.programme.pk, self.world.sluice.programme.slug
        sluice = self.world.sluice
        readers = {
            "administrator": self.town.administrator,
            "coach": sluice.coach,
            "employee": sluice.giver,
        }
        return [
            self._read(
                f"list: sluice {what}, {who}",
                person,
                self._url(f"ideas:{what}", slug),
                (what, one),
                LIST,
                shows="Lyften som aldrig är där",
            )
            for what in ("cases", "needs")
            for who, person in readers.items()
        ]

    def years(self) -> list[Page]:
        """The years of the fund side by side, and the report of the largest one."""
        fund, year = self.town.programme.pk, self.world.huge.project_year
        own = self.town.organisation.slug
        pages = {
            "years: side by side": (reverse("insight:years", args=[own]), ("years", [fund])),
            "years: yearly report": (
                reverse("insight:year", args=[own, year]),
                ("year", [fund, year]),
            ),
        }
        return [
            self._read(name, self.town.administrator, url, twin, DETAIL, shows=str(year - 1))
            for name, (url, twin) in pages.items()
        ]

    def writes(self) -> list[Page]:
        """Handing in, and assessing."""
        application, assessor = self.world.case_to_assess()
        ours, bare_one = self._visitors(assessor)
        url = self._url("assessment:assess", application.pk)
        plain = reverse("bare:assess", "bench.bare.urls", [application.pk])
        judged = Judged(application, assessor)
        return [
            self._submit(),
            Page(
                "assess: form",
                lambda _: ours.get(url),
                lambda _: bare_one.get(plain),
                DETAIL,
                shows=application.idea.title,
            ),
            Page(
                "assess: save",
                lambda data: ours.post(url, data),
                lambda data: bare_one.post(plain, data),
                None,
                ready=judged.otherwise,
                status=302,
            ),
        ]

    def _submit(self) -> Page:
        ours, bare_one = self._visitors(self.town.hurried)
        drafts: list[Application] = []

        def ready() -> int:
            if not drafts:
                drafts.extend(self.world.drafts(50))
            return drafts.pop().pk

        return Page(
            "submit",
            lambda pk: ours.post(self._url("submit", pk), {}),
            lambda pk: bare_one.post(reverse("bare:submit", "bench.bare.urls", [pk]), {}),
            None,
            ready=ready,
            status=302,
        )

    def meetings(self) -> list[Page]:
        """The meeting, as one of its members sees it, in a small and a large round."""
        return [
            self._read(
                f"meeting: {cases} cases{beside}",
                self.town.members[1],
                self._url("meeting", round.slug),
                (twin, self._meeting(round)),
                DETAIL,
                times=times,
                shows=f"försök {cases}",
            )
            for cases, round in self.world.meetings.items()
            for twin, beside, times in (
                ("meeting", "", TWICE),
                ("meeting_by_hand", ", by hand", None),
            )
        ]

    # --- Making them ---------------------------------------------------------------------------

    def _meeting(self, round: Round) -> int:
        return int(round.meetings.get().pk)

    def _url(self, name: str, *arguments: object) -> str:
        whole = name if ":" in name else f"funding:{name}"
        return reverse(whole, args=[self.town.organisation.slug, *arguments])

    def _visitors(self, person: Person | None) -> tuple[Visitor, Visitor]:
        ours, plain = (Visitor(side, person) for side in self.sides)
        return ours, plain

    def _read(
        self,
        name: str,
        person: Person | None,
        url: str,
        twin: tuple[Any, ...],
        queries: int,
        *,
        times: float | None = TWICE,
        shows: str = "",
    ) -> Page:
        """A page that is only read; ``twin`` is name, number and query string of the bare one."""
        ours, bare_one = self._visitors(person)
        numbers = twin[1] if len(twin) > 1 and isinstance(twin[1], list) else twin[1:2]
        address = reverse(f"bare:{twin[0]}", "bench.bare.urls", numbers) + "".join(twin[2:])
        return Page(
            name,
            lambda _: ours.get(url),
            lambda _: bare_one.get(address),
            queries,
            times=times,
            shows=shows,
        )


class Judged:
    """What an assessor sends: every mark and every reason another than the time before."""

    def __init__(self, application: Application, assessor: Person) -> None:
        self.assessment = Assessment.objects.get(idea=application.idea, assessor=assessor)
        self.criteria = list(application.round.criteria.all())
        self.turns = count()

    def otherwise(self) -> Mapping[str, object]:
        """The fields of the form, and what ours wants to know of what lay there before."""
        turn = next(self.turns)
        fields: dict[str, object] = {"advice": "fits", "summary": f"{WHY} {turn}"}
        for criterion in self.criteria:
            fields[mark_field(criterion.key)] = 1 + turn % 5
            fields[why_field(criterion.key)] = f"{WHY} {turn}"
        saved = Assessment.objects.prefetch_related("scores").get(pk=self.assessment.pk)
        return fields | {"seen": json.dumps(fingerprints(sheet(saved, self.criteria)))}
