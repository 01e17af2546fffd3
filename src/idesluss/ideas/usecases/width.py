"""Who may see a case, and whose name it bears: as the giver chooses."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.ideas.models import Idea
from idesluss.ideas.rules import has_own_part, may_work, owns
from idesluss.ideas.usecases.hand_in import WIDTH
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Refusal, gettext_noop, require
from idesluss.people.models import Person
from idesluss.programmes.vocab import Visibility
from idesluss.records.usecases import note


class TooWide(Refusal):
    """Wider than the way in, through which it came, allows."""

    sentence = gettext_noop(
        "It came in on a way where cases are not shown to so many. Choose one of those above."
    )
    field = "visibility"


class OnlyNarrower(Refusal):
    """Only whoever handed it in lets more people see it, or read a name."""

    sentence = gettext_noop(
        "Only whoever handed it in first can show it, or a name, to more people. You can show it "
        "to fewer."
    )
    field = "visibility"


@transaction.atomic
def set_width(
    idea_id: int,
    visibility: Visibility,
    name_shown: Visibility,
    *,
    by: Person,
    at: datetime,
) -> Idea:
    """Let more or fewer people see a case of a sluice, and the names of those who hand it in.

    The owner chooses up to what the door allows; the others who hand it in, fewer only; those who
    handle it, fewer only and never about names. Notes ``ideas.width_set``, if anything changes.

    Raises:
        NotAllowed: ``by`` neither hands it in nor works with it, or another's name is chosen for.
        TooWide: wider than the door allows.
        OnlyNarrower: ``by`` may only narrow it.
    """
    found = Idea.objects.select_for_update(of=("self",)).select_related("door", "programme")
    idea = found.get(pk=idea_id)
    require(idea.edition_id is not None and idea.stage != Stage.DRAFT.value)
    gives = has_own_part(by, idea)
    require(gives or (may_work(by, idea, at=at) and name_shown == idea.name_shown))
    limit = idea.door.visibility if idea.door else Visibility.CLOSED.value
    wider = _wider(visibility, idea.visibility)
    require(not wider or not _wider(visibility, limit), TooWide)
    if not (gives and owns(by, idea)):
        require(not wider, OnlyNarrower)
        names = _wider(name_shown, idea.name_shown)
        require(not names, OnlyNarrower(field="name_shown"))
    before = {"visibility": idea.visibility, "name_shown": idea.name_shown}
    now = {"visibility": visibility.value, "name_shown": name_shown.value}
    if before == now:
        return idea
    idea.visibility, idea.name_shown = now["visibility"], now["name_shown"]
    idea.save(update_fields=["visibility", "name_shown"])
    note("ideas.width_set", about=idea, by=by, at=at, before=before, now=now)
    return idea


def _wider(this: str, than: str) -> bool:
    return WIDTH.index(this) > WIDTH.index(than)
