"""Rows that belong to a row, read together with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
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

    def __init__(self, rows: QuerySet[Any], **fields: str) -> None:
        super().__init__(rows.values(one=JSONObject(**fields)))

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        template = "(SELECT json_group_array(json(listed.one)) FROM (%(subquery)s) AS listed)"
        return self.as_sql(compiler, connection, template=template)


def moment_of(text: str) -> datetime:
    """The moment (aware) that a ``Listed`` field tells; SQLite's are in UTC and do not say so."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
