"""What was taken away from a round or a programme comes back, out of the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, require
from idesluss.people.models import Person
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.rules import may_set_up
from idesluss.programmes.usecases.criteria import CriterionFacts, add_criterion
from idesluss.programmes.usecases.levels import LevelFacts, add_level
from idesluss.programmes.usecases.mandates import MandateFacts, add_mandate
from idesluss.programmes.usecases.questions import QuestionFacts, add_question
from idesluss.programmes.vocab import BROUGHT_BACK
from idesluss.records.models import Entry
from idesluss.records.usecases import note


def _add(add: Callable[..., object], facts: type[Any]) -> Callable[..., object]:
    """Add again what ``kept`` says, with the key that it had."""

    def again(thing_id: int, kept: Mapping[str, Any], *, by: Person, at: datetime) -> object:
        said = {name: it for name, it in kept.items() if name != "key"}
        key = {"key": kept["key"]} if "key" in kept else {}
        return add(thing_id, facts(**said), **key, by=by, at=at)

    return again


AGAIN: Mapping[str, Callable[..., object]] = {
    "programmes.criterion_removed": _add(add_criterion, CriterionFacts),
    "programmes.question_removed": _add(add_question, QuestionFacts),
    "programmes.level_removed": _add(add_level, LevelFacts),
    "programmes.mandate_removed": _add(add_mandate, MandateFacts),
}


@transaction.atomic
def bring_back(entry_id: int, *, about: Round | Programme, by: Person, at: datetime) -> None:
    """Make again what the record ``entry_id`` about ``about`` says was taken away.

    It comes last of its kind, and is refused for the same reasons as a new one. Twice is once.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: it is back.
        ChangedMeanwhile: there is no such record, or not enough in it.
        Refusal: as for adding it.
    """
    type(about).objects.select_for_update(of=("self",)).get(pk=about.pk)
    require(may_set_up(by, about, at))
    entries = Entry.objects.about(about)
    entry = entries.filter(pk=entry_id, verb__in=AGAIN).first()
    if entry is None or "kept" not in entry.data:
        raise ChangedMeanwhile
    back = entries.filter(verb=BROUGHT_BACK, data__entry=entry.pk)
    require(not back.exists(), AlreadyDone)
    AGAIN[entry.verb](about.pk, entry.data["kept"], by=by, at=at)
    ours = about.organisation_id
    note(BROUGHT_BACK, about=about, by=by, at=at, organisation_id=ours, entry=entry.pk)
