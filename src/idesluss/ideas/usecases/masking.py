"""Mask a passage that tells of somebody's private life; and put it back.

The words leave every text of the case, the records and the letters. They are kept in ``Masking``,
which only registrars read: a record is not destroyed without a decision on disposal.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from idesluss.ideas.models import Arrival, Attachment, Idea, Masking
from idesluss.ideas.reads.places import Place, kin, place_of, places
from idesluss.ideas.rules import is_shut, may_work
from idesluss.ideas.usecases.translating import forget_translations
from idesluss.logic.lifecycle import Stage
from idesluss.logic.masking import SHORTEST, cover, cover_all, found, pattern, remnant
from idesluss.logic.refusals import (
    Disqualified,
    Missing,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.records.usecases import note
from idesluss.records.usecases.covering import cover_records

PASSAGE_LENGTH = 2000
WHY_LENGTH = 300
RAW, WHOLE_FILE = "raw", "file"  # fields of what is put away whole


class NotThere(Refusal):
    """The passage stands nowhere in the case."""

    sentence = gettext_noop(
        "These words stand nowhere in the case. Copy them from the page, word for word."
    )
    field = "passage"


class PlaceGone(Refusal):
    """The text has been rewritten since, so that the mark is no longer in it."""

    sentence = gettext_noop(
        "The text has been rewritten since, so there is no place to put the words back. They are "
        "still kept here."
    )


@dataclass(frozen=True, slots=True)
class Masked:
    """What was done: where words were covered, and how many letters had left with them."""

    places: int
    letters_left: int


def may_mask(person: Person, idea: Idea, *, at: datetime) -> bool:
    """Whether ``person`` may mask in a case of a sluice: who works with it, and registrars."""
    return may_work(person, idea, at=at) or may_unmask(person, idea, at=at)


def may_unmask(person: Person, idea: Idea, *, at: datetime) -> bool:
    """Whether ``person`` reads what was masked, and puts it back: registrars only."""
    return (
        idea.edition_id is not None
        and person.has_role(idea.organisation_id, Role.REGISTRAR, at=at)
        and Idea.objects.handled_by(person, at=at).filter(pk=idea.pk).exists()
    )


@transaction.atomic
def mask(
    idea_id: int,
    passage: str,
    *,
    reason: str,
    files: Collection[uuid.UUID] = (),
    by: Person,
    at: datetime,
) -> Masked:
    """Cover ``passage`` wherever the case says it, and put ``files`` away that hold it too.

    Also in the cases that it was merged with, split from or carried into, with the same files
    there; the mails as they came are put away. Notes ``ideas.masked`` with reason and number of
    places, never the words.

    Raises:
        NotAllowed, Disqualified: ``by`` may not mask here.
        Missing, TooLong: the passage or the reason.
        NotThere: nothing says it, and no file is chosen.
    """
    idea = _locked(idea_id, by=by, at=at)
    passage, reason = passage.strip(), reason.strip()
    require(len("".join(passage.split())) >= SHORTEST, Missing(field="passage"))
    require(len(passage) <= PASSAGE_LENGTH, TooLong(field="passage", limit=PASSAGE_LENGTH))
    require(bool(reason), Missing(field="reason"))
    require(len(reason) <= WHY_LENGTH, TooLong(field="reason", limit=WHY_LENGTH))
    everywhere = kin(idea)
    hit = [(one, it) for one in everywhere for it in places(one) if found(it.text, passage)]
    chosen = list(Attachment.objects.filter(idea=idea, pk__in=list(files), removed_at=None))
    require(bool(hit or chosen), NotThere)
    act = _Act(next_mark(idea), cover(reason, passage, next_mark(idea))[:WHY_LENGTH], by, at)
    for one, place in hit:
        _cover(one, place, passage, act)
    told = [idea, *(one for one, _place in hit)]
    count = len(hit) + _put_away(_copies(chosen, everywhere), told, act)
    projects = [it.project for it in everywhere if hasattr(it, "project")]  # of the same title
    forget_translations([*everywhere, *projects])
    left = cover_records(everywhere, lambda value: cover_all(value, [(passage, act.mark)]))
    note("ideas.masked", about=idea, by=by, at=at, places=count, mark=act.mark, reason=act.reason)
    return Masked(count, left)


@transaction.atomic
def unmask(masking_id: int, *, by: Person, at: datetime) -> int:
    """Put back everything that was masked in one act, and return in how many places.

    The records and the copies of letters stay covered. Notes ``ideas.unmasked``.

    Raises:
        NotAllowed, Disqualified: ``by`` is no registrar to whom the case is open.
        PlaceGone: a text has been rewritten since; nothing is put back.
    """
    one = Masking.objects.get(pk=masking_id)
    idea = _locked(one.idea_id, by=by, at=at)
    require(may_unmask(by, idea, at=at))
    act = Masking.objects.filter(
        idea__in=[it.pk for it in kin(idea)], at=one.at, by=one.by_id, undone_at=None
    )
    rows = list(act.order_by("-id"))
    for row in rows:
        if row.field in (RAW, WHOLE_FILE):
            _take_out(row)
            continue
        place = place_of(row)
        if place is None or place.text.count(row.mark) != len(words_of(row)):
            raise PlaceGone
        place.put(_put_back(place.text, row))
    Masking.objects.filter(pk__in=[row.pk for row in rows]).update(undone_at=at)
    if rows:
        note("ideas.unmasked", about=idea, by=by, at=at, places=len(rows), mark=one.mark)
    return len(rows)


@dataclass(frozen=True, slots=True)
class Before:
    """One text before it is masked: where it stands, and what it will say."""

    label: object
    idea: Idea
    words: str


def preview(
    idea: Idea, passage: str, *, by: Person, at: datetime
) -> tuple[list[Before], list[Before]]:
    """What ``mask`` would do: each text as it will read; and texts that still say a part of it.

    Only of cases that ``by`` handles; in the others it is masked all the same.
    """
    mark, hit, remains = next_mark(idea), [], []
    everywhere = kin(idea)
    open_ones = Idea.objects.handled_by(by, at=at).filter(pk__in=[it.pk for it in everywhere])
    shown = set(open_ones.values_list("pk", flat=True))
    for one, place in ((it, place) for it in everywhere if it.pk in shown for place in places(it)):
        after = cover(place.text, passage, mark)
        if after != place.text:
            hit.append(Before(place.label, one, after))
        if words := remnant(after, passage):
            remains.append(Before(place.label, one, words))
    return hit, remains


def next_mark(idea: Idea) -> str:
    """What will stand in place of the next passage, in the language of the organisation."""
    number = Masking.objects.filter(idea=idea).values("at").distinct().count() + 1
    with translation.override(idea.programme.organisation.language):
        return _("[masked %(number)s]") % {"number": f"{idea.pk}.{number}"}


def words_of(row: Masking) -> list[str]:
    """What stood in the text, once for each place in it."""
    return row.passage.split(BETWEEN)


BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class _Act:
    mark: str
    reason: str
    by: Person
    at: datetime

    def row(self, idea: Idea, **fields: Any) -> Masking:
        said = {"mark": self.mark, "reason": self.reason, "by": self.by, "at": self.at}
        return Masking.objects.create(idea=idea, **(said | fields))


def _locked(idea_id: int, *, by: Person, at: datetime) -> Idea:
    """The case, locked together with those that have its words, always in the same order."""
    idea = Idea.objects.select_related("programme__organisation").get(pk=idea_id)
    numbers = [it.pk for it in kin(idea)]
    locking = Idea.objects.select_for_update().filter(pk__in=numbers)
    list(locking.order_by("pk").values_list("pk", flat=True))
    idea.refresh_from_db()
    require(not is_shut(by, idea), Disqualified)
    require(may_mask(by, idea, at=at) and idea.stage != Stage.DRAFT.value)
    return idea


def _cover(idea: Idea, place: Place, passage: str, act: _Act) -> None:
    """Cover one text and keep what stood there, letter for letter."""
    mark = act.mark
    if place.room and len(cover(place.text, passage, mark)) > place.room:
        mark = f"\N{MEDIUM SHADE}{idea.maskings.count() % 10}"  # no longer than any passage
    number = place.thing.pk
    act.row(
        idea,
        about_kind=place.kind,
        about_id=number if isinstance(number, int) else idea.pk,
        field=place.field,
        passage=BETWEEN.join(hit.group() for hit in pattern(passage).finditer(place.text)),
        mark=mark,
    )
    place.put(cover(place.text, passage, mark))


def _put_back(text: str, row: Masking) -> str:
    """``text`` with the words of ``row`` in the places of its mark, in their order."""
    for words in words_of(row):
        text = text.replace(row.mark, words, 1)
    return text


def _copies(chosen: Sequence[Attachment], cases: Sequence[Idea]) -> list[Attachment]:
    """The chosen files, and those with the same content in any of ``cases``."""
    same = {file.sha256 for file in chosen}
    found = Attachment.objects.filter(idea__in=cases, sha256__in=same, removed_at=None)
    return list(found.select_related("idea"))


def _put_away(files: Sequence[Attachment], cases: Sequence[Idea], act: _Act) -> int:
    """Files that hold the words, and mails as they came to ``cases``, are kept from everybody."""
    for file in files:
        act.row(
            file.idea,
            about_kind=Attachment._meta.label_lower,
            about_id=file.idea_id,
            field=WHOLE_FILE,
            passage=str(file.pk),
        )
        file.removed_at = act.at
        file.save(update_fields=["removed_at"])
    numbered: dict[int | None, Idea] = {one.pk: one for one in cases}
    mails = list(Arrival.objects.filter(idea__in=cases).exclude(raw=""))
    for mail in mails:
        kind = Arrival._meta.label_lower
        act.row(
            numbered[mail.idea_id],
            about_kind=kind,
            about_id=mail.pk,
            field=RAW,
            passage=mail.raw.name,
        )
        mail.raw.name = ""
        mail.save(update_fields=["raw"])
    return len(files) + len(mails)


def _take_out(row: Masking) -> None:
    if row.field == WHOLE_FILE:
        Attachment.objects.filter(pk=row.passage).update(removed_at=None)
    else:
        Arrival.objects.filter(pk=row.about_id).update(raw=row.passage)
