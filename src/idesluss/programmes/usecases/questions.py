"""What a round asks beyond title and need, free to change until somebody has handed in."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max, ProtectedError

from idesluss.logic.refusals import Missing, TooLong, require
from idesluss.people.models import Person
from idesluss.people.names import read_name
from idesluss.programmes.models import Question
from idesluss.programmes.refusals import AnsweredAlready, BadLength
from idesluss.programmes.usecases.criteria import free_key, move, open_for_change
from idesluss.programmes.vocab import QuestionPart
from idesluss.records.usecases import note

LONGEST_HELP = 2000  # characters
SHORTEST, LONGEST = 50, 20_000  # characters of an answer


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A question; ``max_length`` is how many characters the answer may have."""

    part: str
    text: str
    help: str = ""
    required: bool = True
    max_length: int = 3000

    def checked(self) -> QuestionFacts:
        """The same, tidied.

        Raises:
            Refusal: what cannot be used, naming its field.
        """
        require(self.part in QuestionPart.values, Missing(field="part"))
        text = read_name(self.text, field="text", limit=300)
        explained = self.help.strip()
        require(len(explained) <= LONGEST_HELP, TooLong(field="help", limit=LONGEST_HELP))
        require(SHORTEST <= self.max_length <= LONGEST, BadLength)
        return replace(self, text=text, help=explained)


@transaction.atomic
def add_question(
    round_id: int, facts: QuestionFacts, *, key: str = "", by: Person, at: datetime
) -> Question:
    """Add a question, last of all; under ``key`` if it had one before.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        HandedIn: somebody has handed in.
        Refusal: a fact that cannot be used, naming its field.
    """
    round = open_for_change(round_id, by=by, at=at)
    facts = facts.checked()
    last = round.questions.aggregate(last=Max("position"))["last"]
    question = Question.objects.create(
        round=round,
        key=free_key(key or facts.text, set(round.questions.values_list("key", flat=True))),
        position=0 if last is None else last + 1,
        **asdict(facts),
    )
    note("programmes.question_added", about=round, by=by, at=at, **asdict(facts))
    return question


@transaction.atomic
def change_question(
    question_id: int, facts: QuestionFacts, *, by: Person, at: datetime
) -> Question:
    """Change a question.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        HandedIn: somebody has handed in.
        Refusal: a fact that cannot be used, naming its field.
    """
    question = Question.objects.get(pk=question_id)
    round = open_for_change(question.round_id, by=by, at=at)
    facts = facts.checked()
    for name, value in asdict(facts).items():
        setattr(question, name, value)
    question.save(update_fields=list(asdict(facts)))
    note("programmes.question_changed", about=round, by=by, at=at, **asdict(facts))
    return question


@transaction.atomic
def remove_question(question_id: int, *, by: Person, at: datetime) -> None:
    """Take a question away that nobody has answered. ``bring_back`` makes it again.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        HandedIn: somebody has handed in.
        AnsweredAlready: a draft answers it.
    """
    question = Question.objects.get(pk=question_id)
    round = open_for_change(question.round_id, by=by, at=at)
    kept = {name: getattr(question, name) for name in (*QuestionFacts.__slots__, "key")}
    try:
        question.delete()
    except ProtectedError:
        raise AnsweredAlready from None
    note("programmes.question_removed", about=round, by=by, at=at, kept=kept)


@transaction.atomic
def move_question(question_id: int, *, up: bool, by: Person, at: datetime) -> None:
    """Change places with the question before (or after).

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        HandedIn: somebody has handed in.
    """
    question = Question.objects.get(pk=question_id)
    round = open_for_change(question.round_id, by=by, at=at)
    move(list(round.questions.all()), question_id, up=up)
    note("programmes.question_moved", about=round, by=by, at=at, text=question.text)
