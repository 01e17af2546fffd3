"""What is typed on the meeting page: every row read on its own, forgiving as people are in a room.

A row says what it looked like when it was shown (``was``); a row that still reads the same was
not touched, and shows what is saved now. Sums are read as people write them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from idesluss.assessment.vocab import Advice
from idesluss.funding.reads.agenda import Agenda, Case, Choice, OutcomeMissing, too_few
from idesluss.funding.usecases.decide import Overshoot, Row, Saved
from idesluss.logic.money import BadAmount, parse_amount
from idesluss.logic.outcomes import Outcome, OverCap
from idesluss.logic.refusals import ChangedMeanwhile
from idesluss.papers.minutes import ground_told
from idesluss.web.frame.formats import say
from idesluss.web.frame.forms import shown_number
from idesluss.web.funding.forms.settling import settled

FIELDS = ("outcome", "granted", "reason", "conditions", "later_year", "over_cap_reason")


@dataclass(slots=True)
class TypedRow:
    """One row as it stands in the form.

    ``texts`` are the fields as they are shown; ``choice`` what they mean (of what could be read);
    ``errors`` what is wrong by field, "" for the row. ``theirs`` is what somebody else has saved
    meanwhile, when that is something else. ``case`` is as saved, ``live`` as typed.
    """

    case: Case
    live: Case
    names: Mapping[int, str]
    version: int
    was: str
    texts: dict[str, str]
    choice: Choice
    touched: bool = False
    errors: dict[str, list[str]] = field(default_factory=dict)
    theirs: Choice | None = None

    @property
    def pk(self) -> int:
        """Number of the decision, which the fields are named by."""
        return int(self.case.decision.pk)

    @property
    def complaint(self) -> str:
        """The first thing to put right, for the list at the top."""
        if self.theirs is not None:
            return _("somebody else has changed it meanwhile")
        return next((one for sentences in self.errors.values() for one in sentences), "")

    @property
    def messages(self) -> list[tuple[str, str]]:
        """Everything to put right: field and sentence."""
        return [(name, one) for name, sentences in self.errors.items() for one in sentences]

    @property
    def notes(self) -> list[str]:
        """What the row still lacks before the release."""
        return [say(one) for one in self.live.problems if not isinstance(one, OutcomeMissing)]

    @property
    def over_cap(self) -> bool:
        """Whether the sum needs a reason for going over the cap."""
        lacks = any(isinstance(one, OverCap) for one in self.live.problems)
        return lacks or bool(self.live.choice.over_cap_reason)

    @property
    def asked(self) -> str:
        """What is asked for, as the sum's field hints at it."""
        application = self.case.decision.application
        asked = application.asked_minor
        return "" if asked is None else shown_number(asked, application.currency)

    @property
    def points(self) -> list[int]:
        """Each assessor's points, 0..100, rounded."""
        voices = self.case.tally.voices if self.case.tally else ()
        return [round(voice.points) for voice in voices if voice.points is not None]

    @property
    def mean(self) -> str:
        """Mean of the points with one decimal, in the reader's language."""
        mean = self.case.tally.mean if self.case.tally else None
        return "" if mean is None else number_format(float(mean), 1)

    @property
    def advice(self) -> list[tuple[str, int]]:
        """How many assessors give which advice, the most given first."""
        given = self.case.tally.advice if self.case.tally else {}
        most_first = sorted(given.items(), key=lambda pair: -pair[1])
        return [(str(Advice(word).label), count) for word, count in most_first]

    @property
    def asides(self) -> list[tuple[str, str]]:
        """Who steps aside, and the ground as others tell it."""
        return [
            (self.names.get(one.person_id, ""), ground_told(one.ground))
            for one in self.case.recused
        ]

    @property
    def cannot(self) -> str:
        """Why nobody can decide this case."""
        return say(too_few(self.case))

    @property
    def leads(self) -> str:
        """Who leads this case because the chair of the meeting cannot."""
        item = self.case.item
        return self.names[item.chair] if item and item.chair and item.substituted else ""

    def as_row(self) -> Row:
        """What the use case takes."""
        return Row(self.case.decision.pk, self.version, self.choice)

    def complain(self, name: str, sentence: str) -> None:
        """Add one sentence to a field, or to the row if the form has no such field."""
        self.errors.setdefault(name if name in FIELDS else "", []).append(sentence)


def untouched(case: Case, names: Mapping[int, str]) -> TypedRow:
    """The row as it is saved; ``names`` of everybody with a seat."""
    version = case.decision.version
    return TypedRow(case, case, names, version, _was(case), shown(case.choice, case), case.choice)


def _was(case: Case) -> str:
    """What the form sends back, to tell whether the row was touched and what it was."""
    return f"{case.decision.version}.{digest(shown(case.choice, case))}"


def shown(choice: Choice, case: Case) -> dict[str, str]:
    """A choice as the fields show it."""
    currency = case.decision.application.currency
    return {
        "outcome": choice.outcome,
        "granted": shown_number(choice.granted_minor, currency) if choice.granted_minor else "",
        "reason": choice.reason,
        "conditions": choice.conditions,
        "later_year": str(choice.later_year or ""),
        "over_cap_reason": choice.over_cap_reason,
    }


def digest(texts: Mapping[str, str]) -> str:
    """A short word for what the fields say."""
    said = "\x1f".join(texts[name] for name in FIELDS)
    return sha256(said.encode()).hexdigest()[:12]


class DecidingForm:
    """The whole page: ``rows`` by number of decision, in the order of the agenda.

    ``live`` is the agenda with what is typed; call ``count`` after every change of the rows.
    """

    def __init__(self, data: QueryDict | None, agenda: Agenda) -> None:
        self.agenda = agenda
        self.is_bound = data is not None
        self.rows: dict[int, TypedRow] = {}
        for case in agenda.cases:
            row = untouched(case, agenda.names)
            if data is not None and not case.withdrawn:
                row = _read(data, row, agenda.meeting.round.project_year) or row
            self.rows[case.decision.pk] = row
        saved = agenda.meeting.overshoot_reason
        self.overshoot = saved if data is None else clean(data.get("overshoot_reason", saved))
        self.overshoot_was = saved if data is None else clean(data.get("overshoot_was", saved))
        self.overshoot_error = ""
        self.overshoot_theirs: str | None = None
        if self.overshoot == self.overshoot_was:  # not touched: show what is saved now
            self.overshoot = self.overshoot_was = saved
        self.count()

    def count(self) -> None:
        """Lay what is typed over the agenda, so that sums and problems are those of the form."""
        self.live = self.agenda.with_choices(self.typed)
        for case in self.live.cases:
            self.rows[case.decision.pk].live = case

    @property
    def typed(self) -> dict[int, Choice]:
        """The choices of the rows that were touched, by number of decision."""
        return {pk: row.choice for pk, row in self.rows.items() if row.touched}

    @property
    def to_save(self) -> list[Row]:
        """The touched rows that could be read and that nobody else has changed meanwhile."""
        ready = (row for row in self.rows.values() if row.touched and not row.errors)
        return [row.as_row() for row in ready if row.theirs is None]

    @property
    def explanation(self) -> Overshoot | None:
        """Why the pot may be overspent, if that was touched."""
        if self.overshoot == self.overshoot_was:
            return None
        return Overshoot(text=self.overshoot, was=self.overshoot_was)

    @property
    def wrong(self) -> list[TypedRow]:
        """Rows with something to put right."""
        return [row for row in self.rows.values() if row.errors or row.theirs]

    def complain(self, saved: Saved) -> None:
        """Say at each row, and at the overshoot, why it was not saved."""
        for pk, refusals in saved.refused.items():
            row = self.rows.get(pk)
            if row is None:  # the case was shut, or sent back, in this very moment
                continue
            for refusal in refusals:
                if row.theirs is None or not isinstance(refusal, ChangedMeanwhile):
                    row.complain(refusal.field or "", say(refusal))
        if saved.overshoot:
            self.overshoot_error = say(saved.overshoot)
        if isinstance(saved.overshoot, ChangedMeanwhile):  # from here on both have been seen
            self.overshoot_theirs = self.agenda.meeting.overshoot_reason
            self.overshoot_was = self.overshoot_theirs

    def take_proposals(self) -> None:
        """Fill in what is proposed wherever no outcome is chosen yet."""
        for row in self.rows.values():
            choice = proposed_choice(row)
            if choice is None or row.case.withdrawn or row.choice.outcome or row.errors:
                continue
            row.choice, row.texts, row.touched = choice, shown(choice, row.case), True
        self.count()

    def take(self, quick: str) -> None:
        """Do what a quick button says: ``outcome-number``, or ``saved-number`` to undo a row."""
        word, _dash, number = quick.rpartition("-")
        row = self.rows.get(int(number)) if number.isdecimal() else None
        if row is None or row.case.withdrawn:
            return
        if word == "saved":
            self.rows[row.case.decision.pk] = untouched(row.case, row.names)
            self.count()
        elif word in (Outcome.GRANTED, Outcome.REFUSED):
            asked = row.case.decision.application.asked_minor or 0
            granted = asked if word == Outcome.GRANTED else 0
            choice = Choice(outcome=word, granted_minor=granted, reason=row.choice.reason)
            row.choice, row.texts = choice, shown(choice, row.case)
            row.touched, row.errors = choice != row.case.choice, {}
            self.count()


def proposed_choice(row: TypedRow) -> Choice | None:
    """The choice that the proposed sum comes to, with the reason that is written; None without."""
    decision = row.case.decision
    minor, asked = decision.recommended_minor, decision.application.asked_minor
    if minor is None:
        return None
    outcome = Outcome.GRANTED if minor else Outcome.REFUSED
    if minor and asked is not None and minor < asked:
        outcome = Outcome.PARTLY_GRANTED
    return Choice(outcome=outcome.value, granted_minor=minor, reason=row.choice.reason)


def clean(text: str) -> str:
    """Text as it is kept: one kind of line break, no stray characters."""
    return text.replace("\r\n", "\n").replace("\0", "").strip()


def _read(data: QueryDict, saved: TypedRow, project_year: int) -> TypedRow | None:
    """The row as it was typed; None when it was not touched, or reads as what is saved now."""
    case, pk = saved.case, saved.pk
    was = data.get(f"was-{pk}", "")
    version, _dot, before = was.partition(".")
    if not version.isdecimal() or len(version) > 9:
        return None
    texts = {name: clean(data.get(f"{name}-{pk}", "")) for name in FIELDS}
    if digest(texts) == before:
        return None
    row = TypedRow(case, case, saved.names, int(version), was, texts, Choice(), touched=True)
    typed = Choice(
        outcome=texts["outcome"] if texts["outcome"] in set(Outcome) else "",
        granted_minor=_sum(row),
        reason=texts["reason"],
        conditions=texts["conditions"],
        later_year=_year(row),
        over_cap_reason=texts["over_cap_reason"],
    )
    asked = case.decision.application.asked_minor
    row.choice = settled(typed, case.choice, asked_minor=asked, project_year=project_year)
    if row.errors:
        return row
    if row.choice == case.choice:
        return None
    row.texts = shown(row.choice, case)
    if row.version != case.decision.version:  # from here on both have been seen
        row.theirs = case.choice
        row.was, row.version = saved.was, saved.version
    return row


def _sum(row: TypedRow) -> int:
    """The granted sum in minor units; 0 when it is empty or cannot be read."""
    text = row.texts["granted"]
    if not text:
        return 0
    try:
        return parse_amount(text, row.case.decision.application.currency).minor
    except BadAmount as refusal:
        row.complain("granted", say(refusal))
        return 0


def _year(row: TypedRow) -> int | None:
    """The later year; None when it is empty or cannot be read."""
    text = row.texts["later_year"]
    if not text:
        return None
    if text.isdecimal() and len(text) == 4:
        return int(text)
    row.complain("later_year", _("Write the year with four digits."))
    return None
