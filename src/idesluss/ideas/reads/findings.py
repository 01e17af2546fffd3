"""What a finding holds, field by field: for its form, its card and its fingerprints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from idesluss.ideas.models import Finding
from idesluss.ideas.vocab import FINDING_FIELDS, ONE_OF, Asked, FindingKind
from idesluss.logic.merging import Value

COLUMNS = ("head", "text")
SOURCES = "sources"  # in ``facts`` of an insight: numbers of the interviews that it comes from


def sheet(finding: Finding) -> dict[str, Value]:
    """Every field of ``finding`` as it is saved."""
    told: dict[str, Value] = {
        asked.key: getattr(finding, asked.key)
        if asked.key in COLUMNS
        else finding.facts.get(asked.key, "")
        for asked in FINDING_FIELDS[finding.kind]
    }
    if finding.kind == FindingKind.SCAN.value:
        told["result"] = finding.result
    if finding.kind == FindingKind.INSIGHT.value:
        told[SOURCES] = tuple(finding.facts.get(SOURCES, ()))
    return told | {"inside": int(finding.inside)}


@dataclass(frozen=True)
class Card:
    """A finding as its card shows it: the fields that are filled in, and where it comes from."""

    finding: Finding
    rows: Sequence[tuple[Asked, str]]
    sources: Sequence[Finding]

    @cached_property
    def kind(self) -> str:
        """What its kind is called."""
        return str(self.finding.get_kind_display())

    @property
    def link(self) -> str:
        """Where one can read about it, "" if that is no address one may be led to."""
        link = str(self.finding.facts.get("link", ""))
        return link if is_address(link) else ""


def is_address(link: str) -> bool:
    """Whether ``link`` is a whole address on the web, and nothing that runs."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in link


def cards(findings: Iterable[Finding]) -> list[Card]:
    """The findings that stand, as cards: in the order of the kinds, the eldest first."""
    kinds = list(FindingKind.values)
    standing = [it for it in findings if it.removed_at is None]
    by_number = {it.pk: it for it in standing if it.kind == FindingKind.INTERVIEW.value}
    return [_card(it, by_number) for it in sorted(standing, key=lambda it: kinds.index(it.kind))]


def _card(finding: Finding, interviews: dict[int, Finding]) -> Card:
    told = sheet(finding)
    fields = [(asked, str(told[asked.key] or "")) for asked in FINDING_FIELDS[finding.kind]]
    rows = [(asked, text) for asked, text in fields if text and asked.key != "head"]
    sources = [interviews[it] for it in finding.facts.get(SOURCES, ()) if it in interviews]
    return Card(finding, rows, sources)


def may_come(findings: Iterable[Finding]) -> list[FindingKind]:
    """The kinds of which there may be one more."""
    there = {it.kind for it in findings if it.removed_at is None}
    return [kind for kind in FindingKind if kind.value not in ONE_OF or kind.value not in there]
