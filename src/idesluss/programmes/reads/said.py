"""The rules of a round in plain words: one place, for every page and paper that tells them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from idesluss.logic.money import format_amount
from idesluss.people.days import moment
from idesluss.programmes.models import Level, Round
from idesluss.programmes.vocab import Silence

SILENCE = {
    Silence.ESCALATE: _("Without an answer by then the manager above is asked."),
    Silence.YES: _("No answer by then counts as a yes."),
    Silence.NO: _("No answer by then counts as a no."),
    Silence.WAIT: _("Without an answer by then the application waits for it."),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a key to pick it by, what it is about, and what it says (may have line ends)."""

    key: str
    name: str
    text: str


def rules_said(round: Round, *, cap_minor: int | None = None) -> list[Rule]:
    """The rules that ``round`` has, in the active language; those that ask nothing are left out.

    ``cap_minor`` is the most for one project, which the year's pot says, in minor units. Two
    queries (units, levels), none where they are prefetched; needs ``programme__organisation``.
    """
    return [*_who(round), *_sums(round, cap_minor), *_costs(round), *_project(round)]


def _who(round: Round) -> Iterator[Rule]:
    text = f"{capfirst(str(round.get_applicants_display()))}."
    if units := sorted(unit.name for unit in round.units.all()):
        text += " " + gettext("Only from %(units)s.") % {"units": _joined(units)}
    yield Rule("applicants", gettext("Who may apply"), text)
    kinds = _joined([str(kind.label) for kind in round.offered])
    yield Rule("kinds", gettext("What for"), f"{capfirst(kinds)}.")


def _sums(round: Round, cap_minor: int | None) -> Iterator[Rule]:
    least = round.floor_minor and _amount(round, round.floor_minor)
    most = cap_minor and _amount(round, cap_minor)
    told = {"least": least, "most": most}
    words = ""
    if least and most:
        words = gettext("From %(least)s to %(most)s for one project.")
    elif least:
        words = gettext("At least %(least)s for one project.")
    elif most:
        words = gettext("At most %(most)s for one project.")
    if words:
        yield Rule("sums", gettext("How much"), words % told)
    for level in round.levels.all():
        yield Rule(f"level-{level.pk}", level.name, _level(round, level))


def _level(round: Round, level: Level) -> str:
    ends = {"low": _amount(round, level.low_minor), "high": _amount(round, level.high_minor)}
    text = gettext("From %(low)s to %(high)s.") % ends
    return f"{text}\n{level.asks}" if level.asks else text


def _costs(round: Round) -> Iterator[Rule]:
    if round.cofinancing_percent:
        words = gettext(
            "Others than the fund pay at least %(share)s per cent of all that the project costs."
        )
        text = words % {"share": round.cofinancing_percent}
        yield Rule("cofinancing", gettext("Co-financing"), text)
    if round.material_percent is not None:
        words = gettext("At most %(share)s per cent of what you ask for may be material.")
        none = gettext("You cannot ask for material.")
        text = words % {"share": round.material_percent} if round.material_percent else none
        yield Rule("material", gettext("Material"), text)
    if round.work_rate_minor:
        words = gettext("An hour of your own work counts as %(rate)s.")
        text = words % {"rate": _amount(round, round.work_rate_minor)}
        yield Rule("work", gettext("Own work"), text)
    if round.ineligible:
        yield Rule("ineligible", gettext("What is not paid for"), round.ineligible)


def _project(round: Round) -> Iterator[Rule]:
    if round.units_needed > 1:
        words = ngettext(
            "At least %(count)s department takes part.",
            "At least %(count)s departments take part.",
            round.units_needed,
        )
        yield Rule("units", gettext("Departments"), words % {"count": round.units_needed})
    if round.must_end_in_year:
        words = gettext("The project ends within %(year)s.")
        yield Rule("end", gettext("The project's time"), words % {"year": round.project_year})
    if round.asks_otherwise:
        text = gettext("You say why the project would not happen without the money.")
        yield Rule("otherwise", gettext("Why the money is needed"), text)
    if round.endorsed:
        yield Rule("endorsed", gettext("Your manager"), _endorsed(round))
    if round.flows_on:
        text = gettext("A draft that you have not handed in can go on into the next round.")
        yield Rule("flows", gettext("When the round closes"), text)


def _endorsed(round: Round) -> str:
    if round.endorse_by is None:
        return gettext("Your manager is asked what the unit says to the application.")
    zone = round.programme.organisation.timezone
    words = gettext("Your manager is asked what the unit says, and answers before %(when)s.")
    told = words % {"when": moment(round.endorse_by, zone)}
    return f"{told} {SILENCE[Silence(round.silence)]}"


def _amount(round: Round, minor: int) -> str:
    return format_amount(minor, round.currency, get_language() or "en")


def _joined(words: list[str]) -> str:
    """Words as a list in a sentence: commas, and "and" before the last one."""
    if len(words) < 2:
        return "".join(words)
    told = {"first": ", ".join(words[:-1]), "last": words[-1]}
    return gettext("%(first)s and %(last)s") % told
