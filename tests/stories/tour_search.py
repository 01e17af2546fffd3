"""The page of the search; what it finds is looked at in its story."""

from __future__ import annotations

from collections.abc import Mapping

from tests.stories.stops import APPLICANT, NOBODY, Stop

SEARCH: Mapping[str, tuple[Stop, ...]] = {
    "insight:search": (Stop(NOBODY), Stop(APPLICANT)),
}
SEARCH_NOT_A_PAGE = {"insight:search_json": "a file"}
