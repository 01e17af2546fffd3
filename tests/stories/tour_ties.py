"""The pages about what binds cases and people together, and who goes there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils import timezone

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases.givers import invitation_link
from idesluss.people.models import Person
from tests.stories.stops import APPLICANT, NOBODY, TOWN, Stop

COACH = "kalle.bro@slusstad.example"


def sluiced(title: str) -> Callable[[], int]:
    """The number of a case of the sluice."""
    return lambda: Idea.objects.sluiced().get(title=title, programme__organisation__slug=TOWN).pk


def invitation() -> str:
    """The link in a letter to somebody without an account, who has taken no code yet."""
    guests = Person.objects.filter(guest=True, follow_up_codes=None).order_by("pk")
    return invitation_link(guests[0].pk, asked_at=timezone.now())


def coach(called: str, **wrong: str) -> Stop:
    """A page of the coach's."""
    return Stop(COACH, (TOWN, sluiced(called)), wrong)


LIFT = "Lyften är aldrig där den behövs"
TOOLS = "Låna verktyg på biblioteket"
LAMP = "Mörkt vid hållplatsen Kvarnen"
LAMP_TWIN = "Gatlampan vid Kvarnen lyser inte"
CABLE = "Sladden i mötesrummet är för kort"
ROOM = "En lugn plats för samtal"

TIES: Mapping[str, tuple[Stop, ...]] = {
    "ideas:givers": (
        Stop(APPLICANT, (TOWN, sluiced(LIFT)), {"address": "nej"}),
        coach(LAMP),
    ),
    "ideas:invited": (Stop(NOBODY, (invitation,)),),
    "ideas:support": (
        Stop(NOBODY, (TOWN, sluiced(TOOLS)), {"reach": "hej"}),
        coach(LAMP),
        Stop(APPLICANT, (TOWN, sluiced(LIFT))),
    ),
    "ideas:follow": (coach(LAMP),),
    "ideas:merge": (coach(LAMP),),
    "ideas:unmerge": (coach(LAMP_TWIN, why=""),),
    "ideas:split": (coach(LAMP, title=""),),
    "ideas:send_on": (coach(LIFT),),
    "ideas:mask": (coach(ROOM, passage="står ingenstans", reason="prov"),),
    "ideas:just_do": (coach(LIFT, next_on=""), coach(CABLE, answer="")),
}
