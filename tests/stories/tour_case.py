"""The pages of one case and of what was found out about it, and who goes there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from idesluss.ideas.models import Finding
from tests.stories.stops import APPLICANT, NOBODY, TOWN, Stop
from tests.stories.tour_ties import LAMP_TWIN, LIFT, TOOLS, coach, sluiced


def finding(kind: str) -> Callable[[], int]:
    """The number of what was found out about the lift."""
    return lambda: Finding.objects.get(idea=sluiced(LIFT)(), kind=kind).pk


LINK = {"link": "javascript:alert(1)"}

CASE: Mapping[str, tuple[Stop, ...]] = {
    "ideas:case": (
        coach(LIFT),
        Stop(APPLICANT, (TOWN, sluiced(LIFT))),
        Stop(NOBODY, (TOWN, sluiced(TOOLS))),
        coach(LAMP_TWIN),
    ),
    "ideas:say": (coach(LIFT, text=" "), Stop(APPLICANT, (TOWN, sluiced(LIFT)), {"text": " "})),
    "ideas:width": (Stop(APPLICANT, (TOWN, sluiced(LIFT))), coach(LIFT)),
    "ideas:finding_add": (
        Stop(APPLICANT, (TOWN, sluiced(LIFT), "interview"), {"head": ""}),
        Stop(APPLICANT, (TOWN, sluiced(LIFT), "equality"), {"served": ""}),
    ),
    "ideas:finding": (
        Stop(APPLICANT, (TOWN, sluiced(LIFT), finding("scan")), LINK),
        Stop(APPLICANT, (TOWN, sluiced(LIFT), finding("insight")), {"head": ""}),
    ),
}
