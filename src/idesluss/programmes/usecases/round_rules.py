"""The rules of a round: who may ask, for how much, on what terms. Fixed once somebody has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction

from idesluss.logic.money import Money
from idesluss.logic.refusals import Missing, TooLong, require
from idesluss.people.models import Person, Unit
from idesluss.people.vocab import Currency
from idesluss.programmes.limits import (
    BadCofinancing,
    BadMaterial,
    BadUnitsNeeded,
    EndorsedBeforeClosing,
    EndorsedTooEarly,
    FloorOverCap,
    FloorOverLevel,
    FloorZero,
    KindsMissing,
    MandateCurrency,
    PotCurrency,
    RateZero,
    RulesFixed,
    TooFewUnits,
    UnitGone,
)
from idesluss.programmes.models import Level, Programme, Round
from idesluss.programmes.rules import PotTerms, pot_terms
from idesluss.programmes.usecases.criteria import open_for_change
from idesluss.programmes.vocab import Applicants, ApplicationKind, Silence
from idesluss.records.usecases import note

LONGEST_INELIGIBLE = 4000  # characters


@dataclass(frozen=True, slots=True)
class RoundRules:
    """On what terms money can be asked for; sums in minor units of ``currency``.

    ``unit_ids`` are the only units that may apply, none for all. Shares are per cent.
    """

    currency: str
    kinds: tuple[str, ...] = (ApplicationKind.NEW.value,)
    applicants: str = Applicants.EVERYBODY.value
    unit_ids: tuple[int, ...] = ()
    floor_minor: int | None = None
    must_end_in_year: bool = False
    asks_otherwise: bool = False
    ineligible: str = ""
    cofinancing_percent: int | None = None  # of all, at least
    material_percent: int | None = None  # of what is asked for, at most
    work_rate_minor: int | None = None  # for one hour
    units_needed: int = 1
    endorsed: bool = False
    endorse_by: datetime | None = None
    silence: str = Silence.ESCALATE.value

    @classmethod
    def of(cls, round: Round) -> RoundRules:
        """As they are now."""
        plain = {name: getattr(round, name) for name in cls.__slots__ if name != "unit_ids"}
        plain["kinds"] = tuple(kind.value for kind in round.offered)
        units = round.units.order_by("name").values_list("pk", flat=True)
        return cls(**plain, unit_ids=tuple(units))

    def checked(self) -> RoundRules:
        """The same, tidied: what can be seen without looking at anything else.

        Raises:
            Refusal: what cannot be used, naming its field.
        """
        require(self.currency in Currency.values, Missing(field="currency"))
        kinds = tuple(it.value for it in ApplicationKind if it.value in self.kinds)
        require(bool(kinds), KindsMissing)
        require(self.applicants in Applicants.values, Missing(field="applicants"))
        require(self.silence in Silence.values, Missing(field="silence"))
        ineligible = self.ineligible.replace("\r\n", "\n").strip()
        limit = LONGEST_INELIGIBLE
        require(len(ineligible) <= limit, TooLong(field="ineligible", limit=limit))
        require(self.floor_minor is None or self.floor_minor > 0, FloorZero)
        require(self.work_rate_minor is None or self.work_rate_minor > 0, RateZero)
        share = self.cofinancing_percent
        require(share is None or 1 <= share <= 99, BadCofinancing)
        share = self.material_percent
        require(share is None or 0 <= share <= 99, BadMaterial)
        require(self.units_needed >= 1, BadUnitsNeeded)
        endorse_by = self.endorse_by if self.endorsed else None
        return replace(self, kinds=kinds, ineligible=ineligible, endorse_by=endorse_by)


@transaction.atomic
def set_rules(round_id: int, rules: RoundRules, *, by: Person, at: datetime) -> Round:
    """Let the round have these rules; notes what changed, before and after.

    Raises:
        NotAllowed: ``by`` is no fund administrator there.
        RulesFixed: somebody has handed in.
        Refusal: a rule that cannot be used, or that contradicts the pot, the window, the levels
            or the units, naming its field.
    """
    round = open_for_change(round_id, by=by, at=at, fixed=RulesFixed)
    rules = rules.checked()
    before = RoundRules.of(round)
    check_currency(
        round.programme, rules.currency, pot_terms(round.programme_id, round.project_year)
    )
    _check_sums(round, rules)
    _check_units(round, rules, before)
    check_endorsing(round, rules.endorse_by)
    told_before, told = _told(before), _told(rules)
    changed = {
        name: [told_before[name], it] for name, it in told.items() if it != told_before[name]
    }
    if changed:
        write_rules(round, rules)
        note("programmes.rules_set", about=round, by=by, at=at, changed=changed)
    return round


def write_rules(round: Round, rules: RoundRules) -> None:
    """Save rules that are checked. For use cases only."""
    plain = {name: it for name, it in asdict(rules).items() if name != "unit_ids"}
    plain["kinds"] = list(rules.kinds)
    for name, value in plain.items():
        setattr(round, name, value)
    round.save(update_fields=list(plain))
    round.units.set(rules.unit_ids)


def check_currency(programme: Programme, currency: str, pot: PotTerms | None) -> None:
    """Refuse sums in another currency than those that they are held against.

    Raises:
        PotCurrency: the year's pot is in another.
        MandateCurrency: bodies decide up to sums in another, the organisation's.
    """
    if pot is not None and pot.currency != currency:
        raise PotCurrency(pot=pot.currency, round=currency, year=pot.year)
    theirs = programme.organisation.currency
    if theirs != currency and programme.mandates.exists():
        raise MandateCurrency(mandates=theirs, round=currency)


def check_endorsing(round: Round, endorse_by: datetime | None) -> None:
    """Refuse a last day for managers that nobody could keep.

    Raises:
        EndorsedTooEarly, EndorsedBeforeClosing: naming the field.
    """
    if endorse_by is None:
        return
    require(round.opens_at is None or endorse_by > round.opens_at, EndorsedTooEarly)
    require(round.closes_at is None or endorse_by >= round.closes_at, EndorsedBeforeClosing)


def check_floor(
    floor_minor: int | None, currency: str, levels: Iterable[Level], pot: PotTerms | None
) -> None:
    """Refuse a least sum that the cap or a level contradicts.

    Raises:
        FloorOverCap, FloorOverLevel: naming the field.
    """
    if floor_minor is None:
        return
    floor = Money(floor_minor, currency)
    if pot is not None and pot.cap_minor is not None and floor_minor > pot.cap_minor:
        raise FloorOverCap(floor=floor, cap=Money(pot.cap_minor, pot.currency), year=pot.year)
    for level in levels:
        if level.low_minor < floor_minor:
            low = Money(level.low_minor, currency)
            raise FloorOverLevel(floor=floor, level=level.name, low=low)


def check_units_needed(organisation_id: int, needed: int) -> None:
    """Refuse more departments than there are.

    Raises:
        TooFewUnits: naming the field.
    """
    if needed > 1:
        departments = Unit.objects.current().filter(organisation=organisation_id, parent=None)
        count = departments.count()
        require(needed <= count, TooFewUnits(needed=needed, count=count))


def _check_sums(round: Round, rules: RoundRules) -> None:
    pot = pot_terms(round.programme_id, round.project_year)
    check_floor(rules.floor_minor, rules.currency, round.levels.all(), pot)


def _check_units(round: Round, rules: RoundRules, before: RoundRules) -> None:
    """Units of the organisation in use; one that was chosen before may lie aside by now."""
    ours = Unit.objects.filter(organisation=round.organisation_id, pk__in=rules.unit_ids)
    found = {unit.pk: unit for unit in ours}
    gone = [
        unit.name
        for unit in found.values()
        if unit.archived_at is not None and unit.pk not in before.unit_ids
    ]
    strange = set(rules.unit_ids) - set(found)
    require(not gone and not strange, UnitGone(units=", ".join(gone) or "–"))
    check_units_needed(round.organisation_id, rules.units_needed)


def _told(rules: RoundRules) -> dict[str, object]:
    """The rules as the records keep them."""
    told = asdict(rules)
    told["endorse_by"] = rules.endorse_by.isoformat() if rules.endorse_by else None
    told["kinds"], told["unit_ids"] = list(rules.kinds), sorted(rules.unit_ids)
    return told
