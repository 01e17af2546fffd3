"""A year in sentences, ready for those who decide: each says one thing, from the figures alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import formats, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from idesluss.ideas.vocab import StageName
from idesluss.insight.reads.report import Given, Report
from idesluss.insight.reads.spread import Group
from idesluss.insight.reads.years import Year
from idesluss.logic.disclosure import LEAST
from idesluss.logic.lifecycle import Stage
from idesluss.logic.money import format_amount
from idesluss.people.days import day
from idesluss.people.models import Organisation


def sentences(report: Report, organisation: Organisation) -> list[str]:
    """Return what the year came to, in the organisation's own language. Nothing is looked up."""
    with translation.override(organisation.language):
        return [str(one) for one in _told(report, report.years.chosen.fund)]


def _told(report: Report, fund: object) -> Iterator[str]:
    year, before = report.year, report.before
    yield ngettext(
        "For %(year)s, %(count)s application came in to %(fund)s.",
        "For %(year)s, %(count)s applications came in to %(fund)s.",
        year.received,
    ) % {"year": year.year, "count": number(year.received), "fund": fund}
    if year.undecided < year.received:
        yield _granted(year)
    yield from _money(year)
    if before:
        yield from _compared(year, before)
    yield from _spread(year)
    if year.wait:
        yield _(
            "Half had their answer within %(half)s working days, and nine of ten within %(most)s."
        ) % {"half": number(year.wait.half), "most": number(year.wait.most)}
    if year.newcomers and year.newcomers.new is not None:
        yield ngettext(
            "%(new)s of the %(people)s applicant had not applied before.",
            "%(new)s of the %(people)s applicants had not applied before.",
            year.newcomers.people,
        ) % {"new": number(year.newcomers.new), "people": number(year.newcomers.people)}
    if year.permanent:
        yield ngettext(
            "%(count)s of what was granted has become permanent.",
            "%(count)s of what was granted have become permanent.",
            year.permanent,
        ) % {"count": number(year.permanent)}


def _granted(year: Year) -> str:
    if not year.granted:
        return _("None was granted money.")
    return ngettext(
        "%(count)s was granted money: %(share)s of those that came in.",
        "%(count)s were granted money: %(share)s of those that came in.",
        year.granted,
    ) % {"count": number(year.granted), "share": percent(year.share)}


def _money(year: Year) -> Iterator[str]:
    for currency, minor in year.granted_sums.items():
        left = year.left(currency)
        words = {"sum": money(minor, currency)}
        if left is None:
            yield _("%(sum)s was granted.") % words
            continue
        words |= {
            "pot": money(year.pot[currency], currency),
            "difference": money(abs(left), currency),
        }
        if left > 0:
            yield (
                _("%(sum)s was granted of the pot of %(pot)s, and %(difference)s was left.") % words
            )
        elif left < 0:
            yield _("%(sum)s was granted: %(difference)s more than the pot of %(pot)s.") % words
        else:
            yield _("%(sum)s was granted, which is the whole pot.") % words


def _compared(year: Year, before: Year) -> Iterator[str]:
    more = year.received - before.received
    words = {"count": number(abs(more)), "year": before.year}
    if more > 0:
        yield (
            ngettext(
                "That is %(count)s application more than for %(year)s.",
                "That is %(count)s applications more than for %(year)s.",
                more,
            )
            % words
        )
    elif more < 0:
        yield (
            ngettext(
                "That is %(count)s application fewer than for %(year)s.",
                "That is %(count)s applications fewer than for %(year)s.",
                -more,
            )
            % words
        )
    else:
        yield _("As many applications came in as for %(year)s.") % words


def _spread(year: Year) -> Iterator[str]:
    for currency in year.granted_sums:
        there = [one for one in year.departments if one.name and one.sums.get(currency)]
        if len(there) > 1:
            largest = max(there, key=lambda one: (one.sums[currency], one.name))
            yield _(
                "The money went to %(count)s departments; most of it, %(sum)s, to %(name)s."
            ) % {
                "count": number(len(there)),
                "sum": money(largest.sums[currency], currency),
                "name": largest.name,
            }


# --- How figures are written ---------------------------------------------------------------


def number(count: int) -> str:
    """A count as the active language writes it: "10 000"."""
    if 0 <= count < 1000:
        return str(count)  # the same in every language, and most counts are small
    return formats.number_format(count, 0, use_l10n=True, force_grouping=True)


def percent(share: float | None) -> str:
    """A share as whole per cent: "44 %"; a dash where there is none."""
    if share is None:
        return "–"
    return _("%(number)s %%") % {"number": number(round(share * 100))}


def money(minor: int, currency: str) -> str:
    """A sum as the active language writes it."""
    return format_amount(minor, currency, translation.get_language() or "en")


def name_of(group: Group) -> str:
    """A department or a goal; those that do not say share a row."""
    return group.name or pgettext("years", "not said")


def became(one: Given) -> str:
    """What a granted project has become, in words; "" where nothing is public."""
    if one.became is None:
        return ""
    if one.became.since:
        words = _("permanent since %(day)s, with %(owner)s")
        return capfirst(words % {"day": day(one.became.since), "owner": one.became.owner})
    carried_out = (Stage.TESTING.value, Stage.ADOPTING.value)
    if one.became.stage in carried_out and not one.became.going:
        return ""  # it is over, and nobody has said how it ended
    return capfirst(str(StageName(one.became.stage).label))


def counted() -> list[str]:
    """How the figures are counted, one sentence each; the page says the same."""
    return [
        _("Received are all applications that were handed in, also those taken back later."),
        _("Sums are as they were decided. What has been changed, paid out and returned since "
          "stands by itself."),
        _("Time to an answer is counted in working days from when the round closed, or from when "
          "the application came in if the round never closes."),
        _("A first-time applicant is somebody whose name is on no application of an earlier year. "
          "It is told from the second year that is known."),
        _("A smaller unit counts with its department. What a project has become is told when its "
          "page is public."),
        _("Figures for fewer than %(least)s people are hidden, and so are others from which they "
          "could be computed.") % {"least": LEAST},
    ]  # fmt: skip


def unlisted(report: Report) -> str:
    """How many were granted money beside those in the list, in words; "" for none."""
    if not report.unlisted:
        return ""
    return ngettext(
        "%(count)s more project was granted money and is not listed here.",
        "%(count)s more projects were granted money and are not listed here.",
        report.unlisted,
    ) % {"count": report.unlisted}
