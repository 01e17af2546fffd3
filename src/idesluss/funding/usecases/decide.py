"""The body's choices are written down row by row, so that two who write at once lose nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Meeting
from idesluss.funding.reads.agenda import Agenda, Case, Choice, agenda_of, too_few
from idesluss.funding.rules import may_decide
from idesluss.funding.usecases.meeting import locked
from idesluss.logic import outcomes
from idesluss.logic.outcomes import BadOutcome, Outcome
from idesluss.logic.refusals import (
    ChangedMeanwhile,
    NotAllowed,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people.models import Person
from idesluss.records.usecases import note

TEXT_LENGTH = 3000  # characters of a reason or condition


class NotWithdrawn(BadOutcome):
    """A withdrawal is the applicant's own act."""

    sentence = gettext_noop(
        "Only the applicant can withdraw the application. Choose another outcome."
    )
    field = "outcome"


class Withdrawn(BadOutcome):
    """Nothing is left to decide."""

    sentence = gettext_noop(
        "The applicant has withdrawn the application. Nothing was saved for it."
    )
    field = "outcome"


class OutcomeFirst(BadOutcome):
    """A sum without an outcome."""

    sentence = gettext_noop("A sum is written, but no outcome is chosen. Choose one.")
    field = "outcome"


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody wrote for one case, having looked at ``version`` of it."""

    decision_id: int
    version: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Overshoot:
    """Why the pot may be overspent: ``text`` is written where ``was`` stood."""

    text: str
    was: str


@dataclass(slots=True)
class Saved:
    """What became of a save: rows by number of decision.

    A row is saved whole or refused whole; one that is refused keeps no other from being saved.
    """

    saved: list[int] = field(default_factory=list)
    refused: dict[int, tuple[Refusal, ...]] = field(default_factory=dict)
    overshoot: Refusal | None = None

    @property
    def complete(self) -> bool:
        """Whether everything that was written is saved."""
        return not self.refused and self.overshoot is None


@transaction.atomic
def save_choices(
    meeting_id: int,
    *,
    rows: Sequence[Row],
    overshoot: Overshoot | None = None,
    by: Person,
    at: datetime,
) -> Saved:
    """Write down the rows that differ from what is saved; nobody is told before the release.

    A row that somebody else has changed since, that contradicts itself, that grants more than the
    body may, that too few can decide or that is not open to ``by`` is refused and told in the
    result; the others are saved. What is only left unsaid (a reason, the conditions) may wait, but
    not past the release. Sums are not held against the pot here: a refusal would tell what cases
    cost that are shut to ``by``.
    The overshoot reason is for those to whom every case is open.
    Notes ``funding.decision_changed`` per saved row, ``funding.overshoot_explained``.

    Raises:
        NotAllowed: ``by`` does not take part in the meeting.
        AlreadyReleased: it is too late.
    """
    meeting = locked(meeting_id)
    require(may_decide(by, meeting, at=at))
    agenda = agenda_of(meeting, by, at=at, judged=False)
    cases = {case.decision.pk: case for case in agenda.cases}
    result = Saved()
    for row in rows:
        case = cases.get(row.decision_id)
        if case is None:
            result.refused[row.decision_id] = (NotAllowed(),)
            continue
        if row.choice == case.choice:
            continue
        refused = _refused(row, case, agenda)
        if refused:
            result.refused[row.decision_id] = refused
        else:
            _write(row, case, meeting, by=by, at=at)
            result.saved.append(row.decision_id)
    if overshoot is not None:
        result.overshoot = _explain(meeting, overshoot, agenda, by=by, at=at)
    return result


def _refused(row: Row, case: Case, agenda: Agenda) -> tuple[Refusal, ...]:
    """Why a row cannot be saved; empty when it can."""
    choice = row.choice
    if case.withdrawn:
        return (Withdrawn(),)
    if row.version != case.decision.version:
        return (ChangedMeanwhile(),)
    if choice.outcome == Outcome.WITHDRAWN:
        return (NotWithdrawn(),)
    long = _too_long({"reason": choice.reason, "conditions": choice.conditions,
                      "over_cap_reason": choice.over_cap_reason})  # fmt: skip
    proposal = choice.proposal(case.decision.application.asked_minor)
    if proposal is None:
        return (*long, *([OutcomeFirst()] if choice.granted_minor else []))
    if agenda.counted and case.too_few:
        return (*long, too_few(case))
    over = agenda.mandate.problem(choice.granted_minor, case.decision.application.currency)
    return (
        *long,
        *outcomes.contradictions(proposal, agenda.meeting.round.project_year),
        *([over] if over else []),
    )


def _too_long(texts: Mapping[str, str]) -> tuple[Refusal, ...]:
    return tuple(
        TooLong(field=name, limit=TEXT_LENGTH)
        for name, text in texts.items()
        if len(text) > TEXT_LENGTH
    )


def _write(row: Row, case: Case, meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Save one row and leave its line."""
    decision, choice = case.decision, row.choice
    for name, value in asdict(choice).items():
        setattr(decision, name, value)
    decision.changed_by, decision.changed_at = by, at
    decision.version += 1
    decision.save(update_fields=[*asdict(choice), "changed_by", "changed_at", "version"])
    note(
        "funding.decision_changed",
        about=decision,
        by=by,
        at=at,
        organisation_id=meeting.organisation_id,
        outcome=choice.outcome,
        granted_minor=choice.granted_minor,
        later_year=choice.later_year,
    )


def _explain(
    meeting: Meeting, overshoot: Overshoot, agenda: Agenda, *, by: Person, at: datetime
) -> Refusal | None:
    """Save why the pot may be overspent; the refusal if that cannot be."""
    text = overshoot.text.strip()
    if text == meeting.overshoot_reason:
        return None
    if not agenda.whole:
        return NotAllowed(field="overshoot_reason")
    if overshoot.was != meeting.overshoot_reason:
        return ChangedMeanwhile(field="overshoot_reason")
    if len(text) > TEXT_LENGTH:
        return TooLong(field="overshoot_reason", limit=TEXT_LENGTH)
    meeting.overshoot_reason = text
    meeting.save(update_fields=["overshoot_reason"])
    note("funding.overshoot_explained", about=meeting, by=by, at=at, reason=text)
    return None
