"""A manager answers, answers otherwise, or passes the question on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Endorsement
from idesluss.funding.rules import is_asked_about, may_change_answer, may_endorse
from idesluss.funding.usecases.endorse.asking import ask, due, may_be_asked
from idesluss.funding.usecases.held import held
from idesluss.funding.vocab import MOST_HOURS, WHY_LENGTH, WORDS_LENGTH, Answer, How
from idesluss.logic.refusals import (
    AlreadyDone,
    ChangedMeanwhile,
    Missing,
    NotInTime,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people.models import Person
from idesluss.records.usecases import note


class AnswerStands(NotInTime):
    """The answer is in the hands of those who handle the case."""

    sentence = gettext_noop(
        "The day for answering has passed, so your answer stands. Write to the contact person if "
        "something has changed."
    )


class NothingToAnswer(AlreadyDone):
    """Withdrawn, sent on, closed or decided meanwhile."""

    sentence = gettext_noop(
        "The application no longer waits for an answer: it is withdrawn, sent on or decided."
    )


class TooManyHours(Refusal):
    """More hours than anybody has. Needs ``limit``."""

    sentence = gettext_noop("Write the hours as a whole number, at most %(limit)s.")
    field = "hours"


class SameAnswerer(Refusal):
    """Passed on to oneself."""

    sentence = gettext_noop("You are asked already. Choose somebody else, or answer yourself.")
    field = "who"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a manager says: the answer, its limits or reason, and what the unit pledges.

    ``hours`` are whole, ``money_minor`` whole minor units of the application's currency; None:
    nothing is pledged. A no pledges nothing.
    """

    answer: str
    words: str = ""
    hours: int | None = None
    money_minor: int | None = None

    @classmethod
    def of(cls, endorsement: Endorsement) -> Reply:
        """The reply that is saved."""
        return cls(
            endorsement.answer, endorsement.words, endorsement.hours, endorsement.money_minor
        )

    def tidy(self) -> Reply:
        """As it is saved."""
        words = self.words.replace("\0", "").replace("\r\n", "\n").strip()
        if self.answer == Answer.NO:
            return Reply(self.answer, words)
        return Reply(self.answer, words, self.hours, self.money_minor)


def problems(reply: Reply) -> list[Refusal]:
    """Return what keeps a tidy ``reply`` from being saved, all at once."""
    found: list[Refusal] = []
    if reply.answer not in Answer.values:
        found.append(Missing(field="answer"))
    if reply.answer in (Answer.LIMITS, Answer.NO) and not reply.words:
        found.append(Missing(field="words"))
    if len(reply.words) > WORDS_LENGTH:
        found.append(TooLong(field="words", limit=WORDS_LENGTH))
    if reply.hours is not None and not 0 <= reply.hours <= MOST_HOURS:
        found.append(TooManyHours(limit=MOST_HOURS))
    return found


@transaction.atomic
def answer(
    endorsement_id: int, reply: Reply, *, version: int, by: Person, at: datetime
) -> Endorsement:
    """Say yes, yes with limits, or no on behalf of the unit; notes ``funding.endorsed``.

    A later answer takes the place of the one before, which stays in the records. The same answer
    a second time is the first one. ``version`` is that of what ``by`` had before them. What
    silence was taken for can still be put right while the case is under way.

    Raises:
        NotAllowed: ``by`` is not the one who is asked.
        NothingToAnswer: the case is withdrawn, sent on, closed or decided.
        AnswerStands: answered, and the time for another answer is over.
        ChangedMeanwhile: answered or passed on from elsewhere since.
        Missing, TooLong, TooManyHours: the reply.
    """
    endorsement = _taken(endorsement_id, by=by, at=at)
    reply, was = reply.tidy(), Reply.of(endorsement)
    if reply == was and was.answer and not endorsement.by_silence:
        return endorsement
    require(may_change_answer(endorsement, at=at), AnswerStands)
    require(version == endorsement.version, ChangedMeanwhile)
    for problem in problems(reply):
        raise problem
    changed = endorsement.answered_at is not None
    endorsement.answer, endorsement.words = reply.answer, reply.words
    endorsement.hours, endorsement.money_minor = reply.hours, reply.money_minor
    endorsement.answered_at, endorsement.by_silence = at, False
    endorsement.version += 1
    endorsement.save(update_fields=SAVED)
    note_answer(endorsement, changed=changed, by=by, at=at)
    return endorsement


SAVED = ["answer", "words", "hours", "money_minor", "answered_at", "by_silence", "version"]


def note_answer(
    endorsement: Endorsement, *, changed: bool, by: Person | None, at: datetime
) -> None:
    """Note ``funding.endorsed`` with the whole answer as it then was. For use cases only."""
    note(
        "funding.endorsed",
        about=endorsement.application,
        by=by,
        at=at,
        endorsement=endorsement.pk,
        person=endorsement.manager_id,
        name=endorsement.manager.name,
        unit=endorsement.unit.name if endorsement.unit else "",
        answer=endorsement.answer,
        reason=endorsement.words,
        hours=endorsement.hours,
        money_minor=endorsement.money_minor,
        currency=endorsement.application.currency,
        by_silence=endorsement.by_silence,
        changed=changed,
    )


@transaction.atomic
def pass_on(
    endorsement_id: int, *, to: Person, why: str, version: int, by: Person, at: datetime
) -> Endorsement:
    """Let somebody else answer for the unit, with a reason; returns the new question.

    Whoever passes it on does not see the application any more. The day stays, unless it leaves
    too little time. Notes ``funding.endorsement_asked``.

    Raises:
        NotAllowed, NothingToAnswer: as ``answer``.
        AlreadyDone: it is answered.
        ChangedMeanwhile: answered or passed on from elsewhere since.
        Missing, TooLong: the reason, at most ``WHY_LENGTH`` characters.
        SameAnswerer, NotAColleague, CannotBeAsked: ``to`` is not somebody to ask.
    """
    endorsement = _taken(endorsement_id, by=by, at=at)
    application = endorsement.application
    require(endorsement.answered_at is None, AlreadyDone)
    require(version == endorsement.version, ChangedMeanwhile)
    why = " ".join(why.replace("\0", "").split())
    require(bool(why), Missing(field="why"))
    require(len(why) <= WHY_LENGTH, TooLong(field="why", limit=WHY_LENGTH))
    require(to.pk != by.pk, SameAnswerer)
    may_be_asked(application, to, at=at)
    return ask(
        application,
        endorsement.unit_id,
        to,
        until=due(application, at=at, by=endorsement.due_at),
        how=How.PASSED_ON,
        why=why,
        instead_of=endorsement,
        by=by,
        at=at,
    )


def _taken(endorsement_id: int, *, by: Person, at: datetime) -> Endorsement:
    """The endorsement that ``by`` acts on, its case locked first, as everybody locks."""
    there = Endorsement.objects.values_list("application", flat=True).get(pk=endorsement_id)
    application = held(there)
    endorsement = Endorsement.objects.select_related("manager", "unit").get(pk=endorsement_id)
    endorsement.application = application
    if endorsement.manager_id == by.pk and endorsement.passed_to_id is not None:
        raise ChangedMeanwhile
    if endorsement.manager_id == by.pk and not is_asked_about(application):
        raise NothingToAnswer
    require(may_endorse(by, endorsement, at=at))
    return endorsement
