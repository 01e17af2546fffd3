"""Begin an application: title or need first, and no empty drafts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Application
from idesluss.funding.reads.sheet import questions_of, sheet
from idesluss.funding.rules import may_apply
from idesluss.funding.usecases.write import write
from idesluss.ideas.models import own
from idesluss.ideas.usecases.start import start
from idesluss.ideas.usecases.write import tidy
from idesluss.ideas.vocab import NEED_LENGTH, TITLE_LENGTH
from idesluss.logic.lifecycle import Stage
from idesluss.logic.merging import fingerprints
from idesluss.logic.refusals import Closed, Missing, TooLong, gettext_noop, require
from idesluss.logic.windows import State
from idesluss.people.models import Person, Unit
from idesluss.programmes.models import Round
from idesluss.programmes.vocab import ApplicationKind


class NothingWritten(Missing):
    """A draft begins with something."""

    sentence = gettext_noop("Write a title, or say what does not work today. The rest can wait.")
    field = "title"


class TooLate(Closed):
    """There is no draft yet that could be kept. Needs ``closes``."""

    sentence = gettext_noop(
        "The round closed %(closes)s, so nothing new can be begun. Copy what you have written if "
        "you want to keep it."
    )


@transaction.atomic
def apply(
    round_id: int, *, title: str, need: str, language: str, by: Person, at: datetime
) -> Application:
    """Begin a draft in an open round with ``by`` as owner; ``ideas.started`` is noted.

    The same title and need a second time, while the first is still a draft, is a double click:
    the first one is returned. Locks the person, so that two clicks at once make one draft.

    Raises:
        NotAllowed: ``by`` may not apply here.
        NotOpenYet, TooLate: outside the window.
        NothingWritten: neither title nor need.
        TooLong: more than there is room for.
    """
    round = Round.objects.select_related("programme__organisation").get(pk=round_id)
    require(may_apply(by, round, at=at))
    if round.window.state(at) is State.AFTER:
        raise TooLate(closes=round.closes_at)
    round.window.require_open(at)
    title, need = str(tidy("title", title)), str(tidy("need", need))
    require(bool(title or need), NothingWritten)
    require(len(title) <= TITLE_LENGTH, TooLong(field="title", limit=TITLE_LENGTH))
    require(len(need) <= NEED_LENGTH, TooLong(field="need", limit=NEED_LENGTH))
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    same = Application.objects.filter(
        own(by, idea="idea__"),
        round=round,
        idea__stage=Stage.DRAFT.value,
        idea__title=title,
        idea__need=need,
    ).first()
    if same:
        return same
    unit = _unit_of(by, round, at)
    idea = start(round.programme, unit=unit, language=language, by=by, at=at)
    application = Application.objects.create(
        idea=idea, round=round, currency=round.currency, kind=first_kind(round)
    )
    seen = fingerprints(sheet(application, questions_of(round)))
    write(application.pk, values={"title": title, "need": need}, seen=seen, by=by, at=at)
    return Application.objects.get(pk=application.pk)


def first_kind(round: Round) -> str:
    """The kind to begin with: something new, unless the round takes none of it."""
    offered = round.offered
    kind = ApplicationKind.NEW if ApplicationKind.NEW in offered else offered[0]
    return kind.value


def _unit_of(person: Person, round: Round, at: datetime) -> Unit | None:
    """The unit where the person works, if it is known and in use; a first guess to change."""
    appointments = person.appointments.valid(at.date()).filter(
        organisation=round.organisation_id, unit__archived_at=None
    )
    found = appointments.exclude(unit=None).select_related("unit").first()
    return found.unit if found else None
