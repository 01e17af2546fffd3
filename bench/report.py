"""The figures as a table for people and as JSON for programs."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.db import connection

from bench.measure import Measured
from bench.weight import MOST, Weight

HEAD = (
    f"{'page':<32}{'N':>8}{'ours ms':>10}{'p95':>8}{'bare ms':>10}{'p95':>8}{'ratio':>7}"
    f"{'queries':>9}{'budgets':>12}"
)


def row(one: Measured) -> str:
    """One line of the table; what is over budget is marked."""
    time = "–" if one.times is None else f"≤ {one.times:g}"
    most = f"{time} · {'=' if one.most_queries is None else f'≤ {one.most_queries}'}"
    over = "  OVER" if one.broken() else ""
    return (
        f"{one.page:<32}{one.n:>8}{one.ours:>10.1f}{one.ours_p95:>8.1f}{one.bare:>10.1f}"
        f"{one.bare_p95:>8.1f}{one.ratio:>7.2f}{one.queries:>9}{most:>12}{over}"
    )


def weight_row(one: Weight) -> str:
    """One line about a first visit, and its three heaviest parts."""
    heaviest = sorted(one.parts.items(), key=lambda part: -part[1])[:3]
    told = ", ".join(f"{path.split('?')[0].rsplit('/', 1)[-1] or path} {n}" for path, n in heaviest)
    over = "  OVER" if one.broken() else ""
    return (
        f"first visit, {one.page:<26}{one.total:>7} bytes of {MOST}{over} "
        f"({told}; fonts {one.fonts} beside)"
    )


def circumstances() -> dict[str, Any]:
    """Where and with what it was measured."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "django": django.get_version(),
        "database": f"{connection.vendor} {_version()}",
        "machine": f"{platform.system()} {platform.machine()}",
    }


def _version() -> str:
    connection.ensure_connection()
    return ".".join(map(str, connection.get_database_version()))


def constant(rows: Sequence[Measured]) -> list[str]:
    """Pages that ask another number of queries at another N, in words."""
    counts: dict[str, dict[int, int]] = {}
    for one in rows:
        counts.setdefault(one.page, {})[one.n] = one.queries
    return [
        f"{page}: queries depend on N: {by_n}"
        for page, by_n in counts.items()
        if len(set(by_n.values())) > 1
    ]


def write_json(
    path: Path, rows: Sequence[Measured], weights: Sequence[Weight], broken: Sequence[str]
) -> None:
    """Everything that was measured, with the circumstances and what is over budget."""
    told = {
        **circumstances(),
        "pages": [{name: getattr(one, name) for name in one.__dataclass_fields__} for one in rows],
        "first_visits": [
            {"page": one.page, "bytes": one.total, "fonts": one.fonts, "parts": one.parts}
            for one in weights
        ],
        "over_budget": list(broken),
    }
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
