"""What closing a year's accounts would do, before it does it: project by project, and the rest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from idesluss.funding.models import Application, Grant, Meeting, Posting, Pot
from idesluss.funding.reads.accounts import account_of, purse_of
from idesluss.logic.ledger import Account, Fate, Kind, Purse, Settled, settle, total
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Missing, NotInTime, Refusal, gettext_noop
from idesluss.programmes.models import Round
from idesluss.programmes.vocab import Unused

UNDECIDED = tuple(
    stage.value for stage in (Stage.RECEIVED, Stage.EXPLORING, Stage.ASSESSING, Stage.DECIDING)
)


class BooksShut(Refusal):
    """A project of the year is shut to the person, who therefore cannot close it."""

    sentence = gettext_noop(
        "Some projects of this year are closed to you, so somebody else has to do this: "
        "a fund administrator without a conflict of interest."
    )


class FateMissing(Refusal):
    """A project with money left, and nothing chosen for it. Needs ``count``."""

    sentence = gettext_noop("Choose for each project what becomes of the money that is left.")


class YearNotBegun(NotInTime):
    """A year to come. Needs ``year``."""

    sentence = gettext_noop("The year %(year)s has not begun, so its accounts cannot be closed.")


class RestMissing(Refusal):
    """What becomes of the rest, where the fund's rule leaves a choice."""

    sentence = gettext_noop("Choose what becomes of what is left in the pot.")
    field = "rest"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen for one project; ``reason`` must be there for what is left open."""

    fate: Fate
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """All that is chosen: by number of the application, and for what is left in the pot.

    ``words`` is the reason that every row of the closing gets; ``cover`` why more was granted
    than the pot held, when it was.
    """

    fates: Mapping[int, Choice] = field(default_factory=dict)
    rest: Unused | None = None
    words: str = ""
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """One project of the year with its grants and what they come to."""

    application: Application
    grants: tuple[tuple[Grant, Account], ...]
    account: Account

    @property
    def left(self) -> int:
        """Granted and not used: released or not."""
        return self.account.unreleased + self.account.unused

    @property
    def is_known(self) -> bool:
        """Whether anything is known of what became of the money."""
        return self.account.is_known

    @property
    def asks(self) -> bool:
        """Whether something must be chosen for it."""
        return self.is_known and self.left > 0


@dataclass(frozen=True, slots=True)
class Year:
    """The accounts of a pot's year as they are now."""

    pot: Pot
    purse: Purse
    projects: tuple[Project, ...]
    is_whole: bool  # every project is open to the reader
    overshoot_reason: str  # as it was written down at the meetings
    last_row: int
    at: datetime

    @property
    def account(self) -> Account:
        """All projects together."""
        return total((one.account for one in self.projects), self.pot.currency)

    @property
    def free(self) -> int:
        """What no project binds; below zero: more was granted than the pot holds."""
        return self.purse.total - self.account.bound

    @property
    def asked(self) -> tuple[Project, ...]:
        """Those for which something must be chosen."""
        return tuple(one for one in self.projects if one.asks)

    @property
    def unknown(self) -> tuple[Project, ...]:
        """Those of which nothing is known but what was granted."""
        return tuple(one for one in self.projects if not one.is_known)

    @property
    def rests(self) -> tuple[Unused, ...]:
        """What may become of the rest by the fund's rule; a second round leaves a choice."""
        rule = Unused(self.pot.programme.unused)
        return tuple(Unused) if rule is Unused.ROUND else (rule,)


@dataclass(frozen=True, slots=True)
class ClosingPlan:
    """A closing as it would be made now, with these choices."""

    year: Year
    choices: Choices
    settled: Mapping[int, Settled]  # by number of the grant
    rest: Unused | None  # None: nothing is left
    problems: tuple[Refusal, ...]

    @property
    def carried(self) -> int:
        """What goes with its projects to the next year."""
        return sum(one.carried for one in self.settled.values())

    @property
    def returned(self) -> int:
        """What projects give back, or no longer get."""
        rows = [row for one in self.settled.values() for row in one.rows if not one.moved]
        return sum(abs(minor) for _, minor in rows)

    @property
    def left_open(self) -> int:
        """What stays with projects that are left open."""
        fates = self.choices.fates
        kept = [
            one
            for one in self.year.asked
            if (choice := fates.get(one.application.pk)) and choice.fate is Fate.LEAVE
        ]
        return sum(one.left for one in kept)

    @property
    def free(self) -> int:
        """What is left in the pot then; below zero: what has to be covered."""
        return self.year.free + self.returned

    @property
    def closes(self) -> bool:
        """Whether the accounts are closed by it; with a second round they stay open."""
        return self.rest is not Unused.ROUND

    @property
    def fingerprint(self) -> str:
        """Changes whenever anything changes that the preview shows."""
        shown: Any = {
            "pot": [self.year.pot.pk, self.year.purse.total, self.year.last_row],
            "grants": [[grant.pk, account.granted] for one in self.year.projects
                       for grant, account in one.grants],
            "choices": [[pk, one.fate.value, one.reason]
                        for pk, one in sorted(self.choices.fates.items())],
            "rest": [self.rest, self.choices.words, self.choices.cover],
        }  # fmt: skip
        text = json.dumps(shown, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def year_of(pot: Pot, person: Any, *, at: datetime) -> Year:
    """The accounts of ``pot`` (with its programme) as ``person`` may see them; five queries."""
    grants = Grant.objects.of_pot(pot).with_account().order_by("application_id", "pk")
    found: dict[int, list[tuple[Grant, Account]]] = {}
    for grant in grants:
        found.setdefault(grant.application_id, []).append((grant, account_of(grant)))
    shown = Application.objects.handled_by(person, at=at).filter(pk=OuterRef("pk"))
    applications: Any = (
        Application.objects.filter(pk__in=found)
        .select_related("idea__unit", "round")
        .annotate(is_shown=Exists(shown.order_by()))
        .order_by("idea__title", "pk")
    )
    projects = tuple(
        Project(one, tuple(found[one.pk]), total((a for _, a in found[one.pk]), pot.currency))
        for one in applications
    )
    return Year(
        pot=pot,
        purse=purse_of(pot),
        projects=projects,
        is_whole=all(one.is_shown for one in applications),
        overshoot_reason=_overshoot_reason(pot),
        last_row=_last_row(pot),
        at=at,
    )


def _overshoot_reason(pot: Pot) -> str:
    meetings = Meeting.objects.filter(
        round__programme=pot.programme_id,
        round__project_year=pot.year,
        released_at__isnull=False,
    )
    reasons = meetings.exclude(overshoot_reason="").order_by("pk")
    return "\n\n".join(reasons.values_list("overshoot_reason", flat=True))


def _last_row(pot: Pot) -> int:
    of_grants = Posting.objects.filter(grant__in=Grant.objects.of_pot(pot).order_by())
    rows = of_grants | Posting.objects.filter(pot=pot)
    last: int | None = rows.aggregate(last=Max("pk"))["last"]
    return last or 0


def undecided_of(pot: Pot, *, at: datetime) -> list[Round]:
    """Rounds that share out ``pot`` and are open at ``at``, or have cases that wait; one query."""
    waiting = Application.objects.filter(round=OuterRef("pk"), idea__stage__in=UNDECIDED)
    still_open = Q(closes_at=None) | Q(closes_at__gt=at)
    here = Round.objects.filter(
        programme=pot.programme_id, project_year=pot.year, archived_at=None, announced_at__lte=at
    )
    found = here.filter(Q(Exists(waiting)) | (still_open & Q(opens_at__lte=at)))
    return list(found.order_by("closes_at", "name"))


def plan_closing(year: Year, choices: Choices) -> ClosingPlan:
    """What closing would do with these choices; nothing is written."""
    settled: dict[int, Settled] = {}
    for project in year.asked:
        choice = choices.fates.get(project.application.pk)
        if choice is not None:
            settled |= {grant.pk: settle(one, choice.fate) for grant, one in project.grants}
    plan = ClosingPlan(year, choices, settled, None, ())
    rests = year.rests
    rest = choices.rest if choices.rest in rests else None
    if len(rests) == 1:
        rest = rests[0]
    rest = rest if plan.free > 0 else None
    plan = ClosingPlan(year, choices, settled, rest, ())
    return ClosingPlan(year, choices, settled, rest, tuple(_problems(plan)))


def _problems(plan: ClosingPlan) -> Iterator[Refusal]:
    year, choices = plan.year, plan.choices
    if not year.is_whole:
        yield BooksShut()
    if year.at.year < year.pot.year:
        yield YearNotBegun(year=year.pot.year)
    without = [one for one in year.asked if one.application.pk not in choices.fates]
    if without:
        yield FateMissing(count=len(without))
    for one in year.asked:
        choice = choices.fates.get(one.application.pk)
        if choice and choice.fate is Fate.LEAVE and not choice.reason.strip():
            yield Missing(field=f"reason-{one.application.pk}")
    if not choices.words.strip():
        yield Missing(field="words")
    if plan.free < 0 and not choices.cover.strip():
        yield Missing(field="cover")
    if plan.free > 0 and plan.rest is None:
        yield RestMissing()


def cover_of(plan: ClosingPlan) -> tuple[Kind, int] | None:
    """The row about the pot that settles the rest, if there is one: kind and minor units."""
    if plan.free < 0:
        return (Kind.ADDED, -plan.free)
    if plan.rest is Unused.CARRY:
        return (Kind.CARRIED_OUT, -plan.free)
    if plan.rest is Unused.RETURN:
        return (Kind.HANDED_BACK, -plan.free)
    return None
