"""The pages where a case is answered, given on and rated, and the promise board."""

from __future__ import annotations

from collections.abc import Mapping

from tests.stories.stops import APPLICANT, ASKED, NOBODY, TOWN, Stop
from tests.stories.tour_ties import COACH, LAMP, LIFT, coach, sluiced

SCHEDULE = "Bildschema i hallen"
SLEEPS = "Språkkafé på lunchen"
SLUICE = "idesluss"

PROMISED: Mapping[str, tuple[Stop, ...]] = {
    "ideas:answer": (
        Stop(COACH, (TOWN, sluiced(LAMP)), {"answer": ""}, button="button:not([name])"),
    ),
    "ideas:next": (coach(LAMP, next_on=""),),
    "ideas:give": (coach(LAMP, why="semester"),),
    "ideas:wake": (coach(SLEEPS, why=""),),
    "ideas:withdraw": (Stop(APPLICANT, (TOWN, sluiced(LIFT)), {"why": ""}),),
    "ideas:rate": (Stop(ASKED, (TOWN, sluiced(SCHEDULE)), {"words": "Snabbt"}),),
    "ideas:promises": (Stop(NOBODY, (TOWN, SLUICE)), Stop(COACH, (TOWN, SLUICE))),
}
