"""The page with what a case looks like, and who goes there."""

from collections.abc import Mapping

from tests.stories.stops import Stop
from tests.stories.tour_ties import LAMP, LIFT, coach

LOOK_ALIKES: Mapping[str, tuple[Stop, ...]] = {
    "ideas:look_alikes": (coach(LIFT), coach(LAMP)),
}
