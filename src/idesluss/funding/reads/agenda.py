"""The meeting's agenda as one person may see it: cases, who takes part in each, sums and pot.

A case that is shut to the reader (own conflict of interest, own application, nothing declared
yet) is a ``Closed`` row that knows its § and nothing else. What is shut must not show through
sums either: a reader with closed rows gets sums of the open ones only, and no rest of the pot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, QuerySet

from idesluss.assessment.reads.standings import Tally, standings
from idesluss.funding.models import Decision, Meeting, Pot
from idesluss.funding.reads.accounts import YearClosed
from idesluss.funding.reads.endorsing import answers_listed
from idesluss.funding.reads.members import Member, Recused, conflicts_of, members_of, shut_to
from idesluss.funding.reads.pots import pot_of
from idesluss.funding.reads.rulebook import mandate_of
from idesluss.ideas.models import handled
from idesluss.logic import outcomes, quorum
from idesluss.logic.lifecycle import Stage
from idesluss.logic.mandates import Mandate
from idesluss.logic.money import MixedCurrencies
from idesluss.logic.outcomes import GIVES_MONEY, Balance, Outcome, Proposal
from idesluss.logic.refusals import Refusal, gettext_noop
from idesluss.programmes.models import Goal
from idesluss.records.listed import Listed

ON_THE_TABLE = (Stage.DECIDING.value, Stage.WITHDRAWN.value)


class ConflictUndecided(Refusal):
    """A conflict of interest is suspected and nobody has decided about it. Needs ``name``."""

    sentence = gettext_noop(
        "A conflict of interest is suspected for %(name)s. Decide about it before the case."
    )


class OutcomeMissing(Refusal):
    """A case that can be decided and is not."""

    sentence = gettext_noop("The outcome is missing. Choose one; “postponed” is one too.")
    field = "outcome"


class NoPot(Refusal):
    """Money from a pot that does not exist. Needs ``year``."""

    sentence = gettext_noop(
        "There is no pot for %(year)s to take money from. Set its sum in the fund's settings."
    )
    field = "granted"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen for one case. Sums in minor units; outcome "" is none yet."""

    outcome: str = ""
    granted_minor: int = 0
    reason: str = ""
    conditions: str = ""
    later_year: int | None = None
    over_cap_reason: str = ""

    @classmethod
    def of(cls, decision: Decision) -> Choice:
        """The choice that is saved in ``decision``."""
        return cls(
            outcome=decision.outcome,
            granted_minor=decision.granted_minor,
            reason=decision.reason,
            conditions=decision.conditions,
            later_year=decision.later_year,
            over_cap_reason=decision.over_cap_reason,
        )

    def proposal(self, asked_minor: int | None) -> Proposal | None:
        """The choice as the cellar reads it; None without an outcome."""
        if not self.outcome:
            return None
        return Proposal(
            Outcome(self.outcome),
            asked_minor,
            self.granted_minor,
            self.reason,
            self.conditions,
            self.later_year,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One open row of the agenda; ``number`` is its §."""

    is_open: ClassVar[bool] = True

    number: int
    decision: Decision  # with application, idea and unit loaded
    choice: Choice
    tally: Tally | None
    goals: tuple[str, ...]
    recused: tuple[Recused, ...]
    suspected: tuple[Recused, ...]
    item: quorum.Item | None  # None: nobody has a seat
    withdrawn: bool  # by the applicant, on the way to the meeting
    problems: tuple[Refusal, ...] = ()  # what keeps the choice from being released

    @property
    def proposal(self) -> Proposal | None:
        """The choice as the cellar reads it."""
        return self.choice.proposal(self.decision.application.asked_minor)

    @property
    def too_few(self) -> bool:
        """Whether the item cannot be decided for lack of members who may take part."""
        return not self.withdrawn and (self.item is None or not self.item.may_decide)


@dataclass(frozen=True, slots=True)
class Closed:
    """A row that is shut to the reader: ``recused`` for good, or because nothing is declared."""

    is_open: ClassVar[bool] = False

    number: int
    recused: bool


@dataclass(frozen=True, slots=True)
class Meter:
    """The pot against the choices: minor units of ``currency``.

    ``bound_minor`` is promised from this pot before this meeting. Unless ``whole``, some cases
    are shut to the reader, ``balance`` is of the others, and its rest must not be shown.
    """

    pot: Pot | None
    currency: str
    year: int
    bound_minor: int
    balance: Balance
    whole: bool

    @property
    def taken_minor(self) -> int:
        """Promised before and chosen now."""
        return self.bound_minor + self.balance.granted


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """Everything that the meeting page shows to one person."""

    meeting: Meeting
    rows: tuple[Case | Closed, ...]
    members: tuple[Member, ...]
    meter: Meter
    counted: bool  # somebody has said who is present
    mandate: Mandate  # how much the body may grant
    room: _Room = field(repr=False)

    def with_choices(self, typed: Mapping[int, Choice]) -> Agenda:
        """The same agenda with unsaved choices (by number of decision) instead of the saved."""
        rows = tuple(
            self.room.case(row.number, row.decision, typed[row.decision.pk])
            if isinstance(row, Case) and row.decision.pk in typed
            else row
            for row in self.rows
        )
        meter = _meter(self.meeting, rows, self.meter.pot, self.meter.bound_minor)
        return replace(self, rows=rows, meter=meter)

    @property
    def cases(self) -> tuple[Case, ...]:
        """The rows that are open to the reader."""
        return tuple(row for row in self.rows if isinstance(row, Case))

    @property
    def closed(self) -> tuple[Closed, ...]:
        """The rows that are not."""
        return tuple(row for row in self.rows if isinstance(row, Closed))

    @property
    def present(self) -> int:
        """How many are in the room."""
        return len({member.person.pk for member in self.members if member.present})

    @property
    def undeclared(self) -> int:
        """How many rows wait for the reader's own declaration."""
        return sum(not row.recused for row in self.closed)

    @property
    def granted(self) -> int:
        """How many open rows get money."""
        return sum(case.choice.outcome in GIVES_MONEY for case in self.cases)

    @property
    def unchosen(self) -> int:
        """How many open rows have no outcome yet."""
        return sum(not case.choice.outcome for case in self.cases)

    @property
    def without_money(self) -> int:
        """How many open rows have an outcome that gives none."""
        return len(self.cases) - self.granted - self.unchosen

    @property
    def whole(self) -> bool:
        """Whether every row is open to the reader."""
        return self.meter.whole

    @property
    def names(self) -> dict[int, str]:
        """Names of everybody with a seat, by number."""
        return {member.person.pk: member.person.name for member in self.members}


def agenda_of(
    meeting: Meeting,
    person: Any,
    *,
    at: datetime,
    judged: bool = True,
) -> Agenda:
    """The agenda of ``meeting`` for ``person``; as many queries however many cases there are.

    Without ``judged`` the assessors' view is left out.
    """
    members = members_of(meeting, at=at)
    pot, bound_minor = pot_of(meeting, person, at=at)
    decisions = list(_decisions(meeting, person, at))
    for one in decisions:
        one.meeting = meeting
    seen = [one.application.idea_id for one in decisions if one.is_visible]
    room = _Room(
        meeting=meeting,
        mandate=mandate_of(meeting),
        members=members,
        pot=pot,
        tallies=standings(meeting.round, person, at=at, cases=seen) if judged else {},
        conflicts=conflicts_of(meeting, [member.person for member in members]),
    )
    rows = tuple(
        room.case(number, decision, Choice.of(decision))
        if decision.is_visible
        else Closed(number, recused=decision.is_shut)
        for number, decision in enumerate(decisions, start=1)
    )
    return Agenda(
        meeting=meeting,
        rows=rows,
        members=members,
        meter=_meter(meeting, rows, pot, bound_minor),
        counted=room.counted,
        mandate=room.mandate,
        room=room,
    )


def _decisions(meeting: Meeting, person: Any, at: datetime) -> QuerySet[Any]:
    """The meeting's decisions in the order of the agenda, marked with what the reader may see."""
    seen = handled(person, at=at, idea="application__idea__")
    shut = shut_to(person, idea="application__idea__")
    found = _on_agendas().filter(meeting=meeting)
    if meeting.released_at is None:  # a case that was sent back is not on the table
        found = found.filter(application__idea__stage__in=ON_THE_TABLE)
    return found.annotate(
        is_visible=ExpressionWrapper(seen, output_field=BooleanField()),
        is_shut=ExpressionWrapper(shut, output_field=BooleanField()),
        endorsed=answers_listed(meeting.round),
    )


@cache
def _on_agendas() -> QuerySet[Any]:
    """Decisions with what everybody may know of them; the same each time, so put together once."""
    goals = Goal.objects.filter(ideas=OuterRef("application__idea"))
    found = Decision.objects.select_related("application__idea__unit").order_by("pk")
    return found.annotate(goals=Listed(goals, name="name"))


def _meter(
    meeting: Meeting, rows: Sequence[Case | Closed], pot: Pot | None, bound_minor: int
) -> Meter:
    """The pot against the open rows that are in its currency."""
    organisation = meeting.round.programme.organisation
    currency = pot.currency if pot else organisation.currency
    proposals = [
        row.proposal
        for row in rows
        if isinstance(row, Case) and row.decision.application.currency == currency
    ]
    left_before = (pot.total_minor if pot else 0) - bound_minor
    return Meter(
        pot=pot,
        currency=currency,
        year=meeting.round.project_year,
        bound_minor=bound_minor,
        balance=outcomes.balance(left_before, filter(None, proposals)),
        whole=all(isinstance(row, Case) for row in rows),
    )


@dataclass(frozen=True, slots=True)
class _Room:
    """What all rows have in common, and how a row is made of it."""

    meeting: Meeting
    mandate: Mandate
    members: tuple[Member, ...]
    pot: Pot | None
    tallies: Mapping[int, Tally]
    conflicts: Mapping[int, Sequence[Recused]]

    @property
    def counted(self) -> bool:
        """Whether somebody has said who is present."""
        return any(member.present for member in self.members)

    def case(self, number: int, decision: Any, choice: Choice) -> Case:
        """One open row with everything that is known of it."""
        idea = decision.application.idea
        declared = self.conflicts.get(decision.pk, ())
        recused = tuple(one for one in declared if not one.suspected)
        withdrawn = idea.stage == Stage.WITHDRAWN
        case = Case(
            number=number,
            decision=decision,
            choice=Choice(outcome=Outcome.WITHDRAWN.value) if withdrawn else choice,
            tally=self.tallies.get(idea.pk),
            goals=tuple(goal["name"] for goal in decision.goals),
            recused=recused,
            suspected=tuple(one for one in declared if one.suspected),
            item=self._item(recused),
            withdrawn=withdrawn,
        )
        return case if withdrawn else replace(case, problems=tuple(self._problems(case)))

    def _item(self, recused: Sequence[Recused]) -> quorum.Item | None:
        """Who decides one case."""
        people = {member.person.pk for member in self.members}
        if not people:
            return None
        own_chair = next((m.person.pk for m in self.members if m.chairs), None)
        return quorum.item(
            [member.seat for member in self.members],
            present={member.person.pk for member in self.members if member.present},
            recused={one.person_id for one in recused},
            quorum=self.meeting.body.quorum,
            chair=self.meeting.chair_id if self.meeting.chair_id in people else own_chair,
        )

    def _problems(self, case: Case) -> Iterator[Refusal]:
        """What keeps the choice from being released."""
        proposal, application = case.proposal, case.decision.application
        if self.counted and case.too_few:  # it stays undecided, and waits for another meeting
            if proposal:
                yield too_few(case)
            return
        if proposal is None:
            yield OutcomeMissing()
            return
        yield from outcomes.problems(
            proposal,
            cap_minor=self.pot.cap_minor if self.pot else None,
            project_year=self.meeting.round.project_year,
            over_cap_reason=case.choice.over_cap_reason,
        )
        if over := self.mandate.problem(proposal.granted_minor, application.currency):
            yield over
        if proposal.granted_minor and self.pot is None:
            yield NoPot(year=self.meeting.round.project_year)
        elif self.pot and proposal.granted_minor and self.pot.currency != application.currency:
            yield MixedCurrencies(one=self.pot.currency, other=application.currency)
        elif self.pot and proposal.granted_minor and self.pot.closed_at:
            yield YearClosed(year=self.pot.year, field="granted")
        names = {member.person.pk: member.person.name for member in self.members}
        for one in case.suspected:
            if case.item and one.person_id in case.item.voting:
                yield ConflictUndecided(name=names[one.person_id])


def too_few(case: Case) -> quorum.CannotDecide:
    """Why nobody can decide ``case``."""
    voting = len(case.item.voting) if case.item else 0
    return quorum.CannotDecide(voting=voting, quorum=case.decision.meeting.body.quorum)
