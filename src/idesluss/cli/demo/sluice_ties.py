"""What binds cases of Slusstad's sluice together: one merged, one just done, one masked."""

from __future__ import annotations

from datetime import datetime, timedelta

from idesluss.cli.demo.play import Town
from idesluss.cli.demo.sluice_play import DAY, HOUR, Told, play_case
from idesluss.cli.demo.slusstad import CARE, SCHOOL
from idesluss.ideas.models import Idea
from idesluss.ideas.usecases.just_do import just_do
from idesluss.ideas.usecases.masking import mask
from idesluss.ideas.usecases.merging import merge
from idesluss.ideas.vocab import Channel, IdeaKind, Reply
from idesluss.people.models import Person
from idesluss.programmes.models import Door
from idesluss.programmes.vocab import Audience

TWIN = Told(
    "Gatlampan vid Kvarnen lyser inte",
    "Lampan vid busshållplatsen har varit släckt hela hösten. Bussen ser oss inte.",
    Audience.RESIDENTS,
    "Ingrid Ås",
    5,
    for_whom="Vi som tar bussen till jobbet",
    kind=IdeaKind.NEED,
    channel=Channel.POSTER,
    talk=[("giver", "I går körde två bussar förbi, klockan sex och halv sju.")],
    supports=[
        ("Otto Dal", "Min dotter vågar inte stå där."),
        ("Sara Lund", "Samma sak på morgonen."),
    ],
)
SAME = (
    "Nadia berättade om samma hållplats dagen före dig, så era ärenden går vidare tillsammans. Det "
    "du skrev om bussarna i går har vi tagit med."
)
CABLE = Told(
    "Sladden i mötesrummet är för kort",
    "Varje möte börjar med att någon letar efter en förlängningssladd.",
    Audience.STAFF,
    "Anna Ek",
    4,
    unit=CARE,
    talk=[("coach", "Det här behöver ingen besluta om. Er enhetschef köper en i veckan.")],
    reply=Reply.FITS,
)
DIARY = Told(
    "En lugn plats för samtal",
    "Vi talar med föräldrar i korridoren. I förra veckan hörde alla att Kims pappa har fått "
    "diabetes (påhittat). Vi behöver ett rum.",
    Audience.STAFF,
    "Lovisa Kvist",
    7,
    unit=SCHOOL,
    talk=[("coach", "Tack! Jag har maskat det som handlar om en enskild familj.")],
    reply=Reply.FITS,
)
PRIVATE = "att Kims pappa har fått diabetes"


def play(town: Town, doors: dict[Audience, Door], coach: Person, now: datetime) -> None:
    """Hand three cases in and tie them up; the sluice's own cases have been played."""
    here = Idea.objects.filter(programme__organisation=town.organisation).sluiced()
    kept = here.get(title="Mörkt vid hållplatsen Kvarnen")
    twin = play_case(town, doors[TWIN.door], coach, TWIN, now)
    merge(twin.pk, kept.pk, answer=SAME, by=coach, at=now - DAY)
    cable = play_case(town, doors[CABLE.door], coach, CABLE, now)
    week = (now + timedelta(days=7)).date()
    just_do(cable.pk, next_on=week, what="Köpa en längre sladd", by=coach, at=now - 3 * DAY)
    diary = play_case(town, doors[DIARY.door], coach, DIARY, now)
    why = "Berättar om en enskild persons sjukdom."
    mask(diary.pk, PRIVATE, reason=why, by=coach, at=now - 7 * DAY + 5 * HOUR)
