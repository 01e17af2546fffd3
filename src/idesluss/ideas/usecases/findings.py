"""What is found out about a need: written by those who hand it in and those who handle it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from idesluss.ideas.models import Finding, Idea
from idesluss.ideas.reads.findings import COLUMNS, SOURCES, is_address, sheet
from idesluss.ideas.rules import may_find
from idesluss.ideas.usecases.write import NotChoosable, tidy
from idesluss.ideas.vocab import (
    FACT_LENGTH,
    FINDING_FIELDS,
    HEAD_LENGTH,
    MOST_FINDINGS,
    ONE_OF,
    FindingKind,
    ScanResult,
)
from idesluss.logic.merging import Merged, Value, merge
from idesluss.logic.refusals import (
    AlreadyDone,
    Missing,
    NotAllowed,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people.models import Person
from idesluss.records.usecases import note


class OneIsThere(AlreadyDone):
    """A case has one of this kind at most, that everybody writes on."""

    sentence = gettext_noop(
        "Somebody has begun one already. Open it and add what you know: nothing gets lost."
    )


class TooMany(Refusal):
    """More findings than a case holds."""

    sentence = gettext_noop("There are too many already. Take one away, or put two together.")


class NoLink(Refusal):
    """Something else than an address on the web."""

    sentence = gettext_noop("Write the whole address, beginning with https://")
    field = "link"


@transaction.atomic
def add_finding(
    idea_id: int, kind: FindingKind, wanted: Mapping[str, Value], *, by: Person, at: datetime
) -> Finding:
    """Write down something that was found out on a case of a sluice.

    ``wanted`` holds fields of ``reads.findings.sheet``; those left out are empty. Notes
    ``ideas.found``.

    Raises:
        NotAllowed: ``by`` neither hands it in while it goes on, nor works with it.
        OneIsThere: the case has one of that kind, and can have no more.
        TooMany: the case has as many findings as it holds.
        Missing, TooLong, NoLink, NotChoosable: with the field.
    """
    idea = _open(idea_id, by=by, at=at)
    standing = idea.findings.filter(removed_at=None)
    require(kind.value not in ONE_OF or not standing.filter(kind=kind.value).exists(), OneIsThere)
    require(standing.count() < MOST_FINDINGS, TooMany)
    finding = Finding(idea=idea, kind=kind.value, by=by, at=at)
    changes = _usable(finding, wanted, by=by, at=at)
    _put(finding, changes)
    _whole(finding)
    finding.save()
    note("ideas.found", about=idea, by=by, at=at, finding=finding.pk, kind=kind.value)
    return finding


@transaction.atomic
def change_finding(
    finding_id: int,
    wanted: Mapping[str, Value],
    *,
    seen: Mapping[str, str],
    by: Person,
    at: datetime,
) -> Merged:
    """Change a finding; returns what was saved, and what clashes with somebody else's words.

    ``seen`` holds the fingerprints of the fields as ``by`` had them before them; a field that
    somebody else has changed meanwhile is left as it is. Counts ``version`` up and notes
    ``ideas.finding_changed`` with the names of the fields, if anything is saved.

    Raises:
        as ``add_finding``; also NotAllowed when it is kept inside from ``by``.
        AlreadyDone: it is taken away.
    """
    finding = _found(finding_id, by=by, at=at)
    require(finding.removed_at is None, AlreadyDone)
    usable = _usable(finding, wanted, by=by, at=at)
    merged = merge(sheet(finding), usable, seen)
    if not merged.changes:
        return merged
    _put(finding, merged.changes)
    _whole(finding)
    finding.version += 1
    finding.changed_at = at
    finding.save()
    note(
        "ideas.finding_changed",
        about=finding.idea,
        by=by,
        at=at,
        finding=finding.pk,
        fields=sorted(merged.changes),
        version=finding.version,
    )
    return merged


@transaction.atomic
def remove_finding(finding_id: int, *, by: Person, at: datetime) -> Finding:
    """Take a finding away; ``bring_back_finding`` undoes it. Notes ``ideas.finding_removed``.

    Raises:
        NotAllowed: as ``change_finding``.
        AlreadyDone: it is taken away already.
    """
    finding = _found(finding_id, by=by, at=at)
    require(finding.removed_at is None, AlreadyDone)
    finding.removed_at = at
    finding.save(update_fields=["removed_at"])
    note("ideas.finding_removed", about=finding.idea, by=by, at=at, finding=finding.pk)
    return finding


@transaction.atomic
def bring_back_finding(finding_id: int, *, by: Person, at: datetime) -> Finding:
    """Undo that a finding was taken away. Notes ``ideas.finding_brought_back``.

    Raises:
        NotAllowed: as ``change_finding``.
        AlreadyDone: it stands.
        OneIsThere: somebody has begun another one of its kind.
    """
    finding = _found(finding_id, by=by, at=at)
    require(finding.removed_at is not None, AlreadyDone)
    others = finding.idea.findings.filter(removed_at=None, kind=finding.kind)
    require(finding.kind not in ONE_OF or not others.exists(), OneIsThere)
    finding.removed_at = None
    finding.save(update_fields=["removed_at"])
    note("ideas.finding_brought_back", about=finding.idea, by=by, at=at, finding=finding.pk)
    return finding


def _open(idea_id: int, *, by: Person, at: datetime) -> Idea:
    """The locked case, when ``by`` may write down what is found out on it."""
    found = Idea.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    idea = found.get(pk=idea_id)
    require(may_find(by, idea, at=at))
    return idea


def _found(finding_id: int, *, by: Person, at: datetime) -> Finding:
    """A finding of a locked case, when ``by`` may change it."""
    idea_id = Finding.objects.values_list("idea", flat=True).get(pk=finding_id)
    idea = _open(idea_id, by=by, at=at)
    finding = idea.findings.get(pk=finding_id)
    require(not finding.inside or _handles(by, idea, at=at))
    return finding


def _handles(by: Person, idea: Idea, *, at: datetime) -> bool:
    return Idea.objects.handled_by(by, at=at).filter(pk=idea.pk).exists()


def _usable(
    finding: Finding, wanted: Mapping[str, Value], *, by: Person, at: datetime
) -> dict[str, Value]:
    """``wanted`` tidied and checked. KeyError: a field that its kind does not have."""
    known = {*sheet(finding)}
    usable = {name: tidy(name, value) for name, value in wanted.items()}
    if strange := set(usable) - known:
        raise KeyError(f"{finding.kind} has no {sorted(strange)}")
    for name, value in usable.items():
        limit = HEAD_LENGTH if name == "head" else FACT_LENGTH
        require(not isinstance(value, str) or len(value) <= limit, TooLong(field=name, limit=limit))
    link = str(usable.get("link") or "")
    require(not link or is_address(link), NoLink)
    require(usable.get("result", "") in ("", *ScanResult.values), NotChoosable(field="result"))
    handles = _handles(by, finding.idea, at=at)
    if not handles and usable.get("inside"):
        raise NotAllowed
    _interviews(finding, usable, handles=handles)
    return usable


def _interviews(finding: Finding, usable: dict[str, Value], *, handles: bool) -> None:
    """An insight comes from interviews of the same case that its writer can see."""
    if not usable.get(SOURCES):
        return
    wished = {int(it) for it in cast("tuple[int, ...]", usable[SOURCES])}
    seen = finding.idea.findings.filter(kind=FindingKind.INTERVIEW.value, removed_at=None)
    if not handles:
        seen = seen.filter(inside=False)
    kept = set(finding.facts.get(SOURCES, ()))  # what was named stays, even when it is gone
    require(wished <= {*seen.values_list("pk", flat=True)} | kept, NotChoosable(field=SOURCES))
    usable[SOURCES] = tuple(sorted(wished))


def _put(finding: Finding, changes: Mapping[str, Value]) -> None:
    """Write ``changes`` into ``finding``, not saved yet."""
    facts: dict[str, Any] = dict(finding.facts)
    for name, value in changes.items():
        if name == "inside":
            finding.inside = bool(value)
        elif name in (*COLUMNS, "result"):
            setattr(finding, name, value or "")
        elif name == SOURCES:
            facts[name] = list(cast("tuple[int, ...]", value or ()))
        else:
            facts[name] = value or ""
    finding.facts = facts


def _whole(finding: Finding) -> None:
    """Whether it says anything, and what must never be missing is there."""
    told = sheet(finding)
    asked = [it.key for it in FINDING_FIELDS[finding.kind]]
    first = asked[0]
    needed = first == "head"
    require(bool(told[first]) if needed else any(told[it] for it in asked), Missing(field=first))
    if finding.kind == FindingKind.SCAN.value:
        require(bool(finding.result), Missing(field="result"))
