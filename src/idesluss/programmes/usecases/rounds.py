"""Rounds: when they open and close, announced once everything is in place, never deleted."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import transaction

from idesluss.logic.refusals import AlreadyDone, TooLong, require
from idesluss.logic.windows import ClosesTooEarly
from idesluss.logic.years import same_distance
from idesluss.people.models import Person
from idesluss.people.names import read_name
from idesluss.people.usecases.organisations import lock_organisation
from idesluss.programmes.limits import PotCurrency, YearFixed
from idesluss.programmes.local import check_slug, slug_of
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.refusals import (
    AnswerMissing,
    AnswerTooEarly,
    ApplicationsThere,
    BadYear,
    ContactMissing,
    NameTaken,
    NotReady,
    SlugFixed,
    SlugTaken,
)
from idesluss.programmes.rules import has_been_handed_in_to, has_sums, may_set_up, pot_terms
from idesluss.programmes.usecases.checks import check_round
from idesluss.programmes.usecases.criteria import require_untouched
from idesluss.programmes.usecases.starting import start_from
from idesluss.records.usecases import note

LONGEST_INTRODUCTION = 8000  # characters


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What a round says of itself; moments aware, ``slug`` "" for one made of the name.

    ``answer_by`` is a promised date and goes before ``answer_days``, working days from closing.
    """

    name: str
    project_year: int
    slug: str = ""
    introduction: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    contact_id: int | None = None
    answer_by: date | None = None
    answer_days: int | None = 60
    blind: bool = False
    assessors_wanted: int = 2
    public: bool = False
    flows_on: bool = False  # what is not handed in goes on into the next round

    @classmethod
    def of(cls, round: Round) -> RoundFacts:
        """As they are now."""
        return cls(**{name: getattr(round, name) for name in cls.__slots__})

    def checked(self) -> RoundFacts:
        """The same, tidied.

        Raises:
            Refusal: what cannot be used, naming its field.
        """
        name = read_name(self.name)
        introduction = self.introduction.strip()
        limit = LONGEST_INTRODUCTION
        require(len(introduction) <= limit, TooLong(field="introduction", limit=limit))
        require(2000 <= self.project_year <= 2199, BadYear(year=self.project_year))
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ClosesTooEarly(field="closes_at")
        require(bool(self.answer_by or self.answer_days), AnswerMissing)
        late = self.answer_by is None or self.closes_at is None
        require(late or self.answer_by >= self.closes_at.date(), AnswerTooEarly)  # type: ignore[operator,union-attr]
        slug = check_slug(self.slug or slug_of(name))
        return replace(
            self,
            name=name,
            introduction=introduction,
            slug=slug,
            answer_days=self.answer_days or 60,
            assessors_wanted=max(self.assessors_wanted, 0),
        )


@transaction.atomic
def add_round(
    programme_id: int, facts: RoundFacts, *, start: str = "", by: Person, at: datetime
) -> Round:
    """Add a round to the programme; nobody but its administrators sees it before it is announced.

    ``start`` names what criteria, questions and rules it starts with, see ``start_from``. Its
    sums are in the currency of the year's pot, or else of the organisation.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: the programme has been laid aside.
        Refusal: a fact that cannot be used, or a name or address that is taken.
    """
    programme = Programme.objects.select_related("body").get(pk=programme_id)
    organisation = lock_organisation(programme.organisation_id)
    require(may_set_up(by, programme, at))
    require(programme.archived_at is None, AlreadyDone)
    facts = facts.checked()
    _require_free(programme, facts)
    _require_contact(programme, facts, at)
    pot = pot_terms(programme.pk, facts.project_year)
    currency = pot.currency if pot else organisation.currency
    round = Round.objects.create(programme=programme, currency=currency, **asdict(facts))
    start_from(round, start, language=organisation.language)
    note("programmes.round_added", about=round, by=by, at=at, start=start, facts=_told(facts))
    return round


@transaction.atomic
def change_round(round_id: int, facts: RoundFacts, *, by: Person, at: datetime) -> Round:
    """Change what the round says of itself; notes what changed, before and after.

    When the closing moves past the managers' last day to answer, that moves along.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        SlugFixed: another address, when it is announced.
        YearFixed: another project year, when somebody has handed in.
        PotCurrency: that year's pot is in another currency than the round's sums.
        Refusal: a fact that cannot be used, or a name or address that is taken.
    """
    round = _locked(round_id)
    lock_organisation(round.organisation_id)
    require(may_set_up(by, round, at))
    facts = facts.checked()
    require(round.announced_at is None or facts.slug == round.slug, SlugFixed)
    _require_free(round.programme, facts, but=round)
    if facts.contact_id != round.contact_id:
        _require_contact(round.programme, facts, at)
    if facts.project_year != round.project_year:
        require_untouched(round, YearFixed)
        _follow_pot(round, facts.project_year)
    _move_endorsing(round, facts.closes_at)
    before, after = _told(RoundFacts.of(round)), _told(facts)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        for name in changed:
            setattr(round, name, getattr(facts, name))
        round.save(update_fields=changed)
        differences = {name: [before[name], after[name]] for name in changed}
        note("programmes.round_changed", about=round, by=by, at=at, changed=differences)
    return round


@transaction.atomic
def announce_round(round_id: int, *, by: Person, at: datetime) -> Round:
    """Show the round from now on: inside the organisation, and to everybody if it is public.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: it is announced, or laid aside.
        NotReady: something is missing; ``check_round`` tells all of it.
    """
    round = _locked(round_id)
    require(may_set_up(by, round, at))
    require(round.announced_at is None and round.archived_at is None, AlreadyDone)
    require(not check_round(round, at=at), NotReady)
    round.announced_at = at
    round.save(update_fields=["announced_at"])
    facts = _told(RoundFacts.of(round))
    note("programmes.round_announced", about=round, by=by, at=at, facts=facts)
    return round


@transaction.atomic
def hide_round(round_id: int, *, by: Person, at: datetime) -> None:
    """Take the announcement back, while nobody has handed anything in.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: it is not announced.
        ApplicationsThere: somebody has handed in.
    """
    round = _locked(round_id)
    require(may_set_up(by, round, at))
    require(round.announced_at is not None, AlreadyDone)
    require(not has_been_handed_in_to(round), ApplicationsThere)
    round.announced_at = None
    round.save(update_fields=["announced_at"])
    note("programmes.round_hidden", about=round, by=by, at=at)


@transaction.atomic
def archive_round(round_id: int, *, by: Person, at: datetime) -> None:
    """Lay the round aside, while nobody has handed anything in.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: it lies aside already.
        ApplicationsThere: somebody has handed in.
    """
    round = _locked(round_id)
    require(may_set_up(by, round, at))
    require(round.archived_at is None, AlreadyDone)
    require(not has_been_handed_in_to(round), ApplicationsThere)
    round.archived_at = at
    round.save(update_fields=["archived_at"])
    note("programmes.round_archived", about=round, by=by, at=at)


@transaction.atomic
def restore_round(round_id: int, *, by: Person, at: datetime) -> None:
    """Bring the round back.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        AlreadyDone: it does not lie aside.
    """
    round = _locked(round_id)
    require(may_set_up(by, round, at))
    require(round.archived_at is not None, AlreadyDone)
    round.archived_at = None
    round.save(update_fields=["archived_at"])
    note("programmes.round_restored", about=round, by=by, at=at)


def _locked(round_id: int) -> Round:
    rounds = Round.objects.select_for_update(of=("self",))
    return rounds.select_related("programme__body", "programme__organisation").get(pk=round_id)


def _follow_pot(round: Round, year: int) -> None:
    """Take the currency of another year's pot, which sums that are written already forbid."""
    pot = pot_terms(round.programme_id, year)
    if pot is None or pot.currency == round.currency:
        return
    if has_sums(round):
        here = "project_year"
        raise PotCurrency(field=here, pot=pot.currency, round=round.currency, year=year)
    round.currency = pot.currency
    round.save(update_fields=["currency"])


def _move_endorsing(round: Round, closes_at: datetime | None) -> None:
    """Nobody is asked to answer before the last application can be there."""
    was, closed_at = round.endorse_by, round.closes_at
    if was is None or closed_at is None or closes_at is None or was >= closes_at:
        return
    zone = round.programme.organisation.timezone
    round.endorse_by = same_distance(was, was=closed_at, now=closes_at, zone=zone)
    round.save(update_fields=["endorse_by"])


def _require_free(programme: Programme, facts: RoundFacts, but: Round | None = None) -> None:
    others = Round.objects.filter(programme__organisation=programme.organisation_id)
    others = others.exclude(pk=but.pk if but else 0)
    same_name = others.filter(programme=programme, name=facts.name)
    require(not same_name.exists(), NameTaken(name=facts.name))
    require(not others.filter(slug=facts.slug).exists(), SlugTaken(slug=facts.slug))


def _require_contact(programme: Programme, facts: RoundFacts, at: datetime) -> None:
    """The contact is somebody of the organisation; anybody else cannot be meant."""
    if facts.contact_id is not None:
        person = Person.objects.get(pk=facts.contact_id)
        ours = programme.organisation_id in person.standing(at).organisations()
        require(ours, ContactMissing)


def _told(facts: RoundFacts) -> dict[str, object]:
    """The facts as the records keep them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(facts).items()
    }
