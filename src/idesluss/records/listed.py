"""Rows that belong to a row, read together with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db.models import JSONField, Model, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject


class Listed(Subquery):
    """The rows of ``rows`` as a list of dicts in one column, in their order: no query of its own.

    ``Round.objects.annotate(names=Listed(Step.objects.filter(round=OuterRef("pk")), name="name"))``
    gives each round ``names``, such as ``[{"name": "inkommen"}, …]``. Fields are texts, whole
    numbers or None; a moment comes as text, which ``moment_of`` reads.
    """

    output_field = JSONField()
    empty_result_set_value = "[]"
    template = "(SELECT COALESCE(jsonb_agg(listed.one), '[]'::jsonb) FROM (%(subquery)s) AS listed)"

    def __init__(self, rows: QuerySet[Any], **fields: str | Combinable) -> None:
        super().__init__(rows.values(one=JSONObject(**fields)))

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        template = "(SELECT json_group_array(json(listed.one)) FROM (%(subquery)s) AS listed)"
        return self.as_sql(compiler, connection, template=template)


def fill(thing: Model, relation: str, rows: Iterable[Model]) -> None:
    """Let ``thing.<relation>.all()`` be ``rows``, which were read already: it asks nothing more.

    As ``prefetch_related`` does with what it has read by a query of its own.
    """
    known: Any = getattr(thing, relation).get_queryset()
    known._result_cache = list(rows)  # noqa: SLF001  there is no other way in
    known._prefetch_done = True  # noqa: SLF001  the same
    thing.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = known


def moment_of(text: str) -> datetime:
    """The moment (aware) that a ``Listed`` field tells; SQLite's are in UTC and do not say so."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
