"""What is written in an idea: tidied, checked and saved field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from idesluss.ideas.models import Answer, Idea
from idesluss.ideas.reads.sheet import ANSWER, answer_field
from idesluss.ideas.vocab import NEED_LENGTH, TITLE_LENGTH
from idesluss.logic.merging import Value
from idesluss.logic.refusals import Refusal, TooLong, gettext_noop
from idesluss.people.models import Unit
from idesluss.programmes.models import Goal, Question


class NotChoosable(Refusal):
    """A unit or goal that is not, or is no longer, among those to choose from."""

    sentence = gettext_noop("This can no longer be chosen. Choose one of those that are shown.")


def tidy(name: str, value: Value) -> Value:
    """Return ``value`` as it is kept: text without outer space, a title on one line.

    Line ends become one kind, so that the same text is the same from every browser; zero bytes,
    which databases refuse, go.
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return " ".join(text.split()) if name == "title" else text


def problems(
    idea: Idea, changes: Mapping[str, Value], questions: Iterable[Question]
) -> dict[str, Refusal]:
    """Return what keeps each changed field from being saved; empty when nothing does."""
    limits = {"title": TITLE_LENGTH, "need": NEED_LENGTH}
    limits |= {answer_field(question): question.max_length for question in questions}
    found: dict[str, Refusal] = {
        name: TooLong(field=name, limit=limits[name])
        for name, value in changes.items()
        if isinstance(value, str) and len(value) > limits[name]
    }
    unit = cast("int | None", changes.get("unit"))
    units = Unit.objects.current().filter(organisation=idea.organisation_id)
    if unit is not None and not units.filter(pk=unit).exists():
        found["unit"] = NotChoosable(field="unit")
    wished = set(cast("tuple[int, ...]", changes.get("goals", ())))
    if wished:
        current = Goal.objects.current().filter(programme=idea.programme_id, pk__in=wished)
        # A goal that has gone out of use stays chosen.
        if wished - {goal.pk for goal in (*current, *idea.goals.all())}:
            found["goals"] = NotChoosable(field="goals")
    return found


def put(idea: Idea, changes: Mapping[str, Value], questions: Iterable[Question]) -> None:
    """Save ``changes``, which have no problems, in a locked idea. For use cases only."""
    fields = []
    for name in ("title", "need"):
        if name in changes:
            setattr(idea, name, changes[name])
            fields.append(name)
    if "unit" in changes:
        idea.unit_id = cast("int | None", changes["unit"])
        fields.append("unit")
    idea.save(update_fields=fields)
    if "goals" in changes:
        idea.goals.set(cast("tuple[int, ...]", changes["goals"]))
    by_field = {answer_field(question): question for question in questions}
    for name, value in changes.items():
        if name.startswith(ANSWER):
            Answer.objects.update_or_create(
                idea=idea, question=by_field[name], defaults={"text": cast("str", value)}
            )
