"""The figures of a year against those of the year before, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from idesluss.insight.reads.report import Report
from idesluss.insight.reads.years import Year
from idesluss.insight.words import money, number, percent

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, the same a year earlier, and the change; "–" where there is none to tell."""

    label: str
    now: str
    before: str
    change: str
    section: str = ""  # where on the page its rows are


def compared(report: Report) -> list[Line]:
    """Every figure of the report against the year before."""
    return list(_lines(report.year, report.before))


def _lines(year: Year, before: Year | None) -> Iterator[Line]:
    def counted(label: str, name: str, section: str) -> Line:
        now = getattr(year, name)
        then = getattr(before, name) if before else None
        return Line(label, number(now), _number(then), _change(now, then), section)

    yield counted(pgettext("years", "Received"), "received", "rounds")
    yield counted(pgettext("how many", "Granted"), "granted", "granted")
    yield Line(
        _("Share granted"), percent(year.share), percent(before.share if before else None), "",
        "rounds",
    )  # fmt: skip
    yield from _sums(year, before)
    now, then = year.wait, before.wait if before else None
    if now or then:
        yield Line(
            _("Half answered within, working days"),
            _number(now.half if now else None),
            _number(then.half if then else None),
            _change(now.half, then.half) if now and then else "–",
            "rounds",
        )
        yield Line(
            _("Nine of ten answered within, working days"),
            _number(now.most if now else None),
            _number(then.most if then else None),
            _change(now.most, then.most) if now and then else "–",
            "rounds",
        )
    new, old = year.newcomers, before.newcomers if before else None
    if new or old:
        yield Line(
            _("First-time applicants"),
            _hidden(new.new) if new else "–",
            _hidden(old.new) if old else "–",
            _change(new.new, old.new) if new and old else "–",
            "rounds",
        )
    yield counted(_("Made permanent"), "permanent", "permanent")
    yield counted(_("Final reports in"), "reported", "granted")


def _sums(year: Year, before: Year | None) -> Iterator[Line]:
    codes = sorted({*year.granted_sums, *year.pot, *(before.granted_sums if before else ())})
    for code in codes:
        for label, name in (
            (_("Asked for"), "asked"),
            (pgettext("money", "Granted"), "granted_sums"),
            (_("The pot"), "pot"),
        ):
            now = _sum(year, name, code)
            then = _sum(before, name, code) if before else None
            yield Line(
                label,
                _money(year, name, now, code),
                _money(before, name, then, code),
                "–"
                if now is None or then is None
                else _signed(now - then, money(abs(now - then), code)),
                "granted" if name == "granted_sums" else "rounds",
            )


def _sum(year: Year, name: str, code: str) -> int | None:
    sums = getattr(year, name)
    if sums is None or (name == "pot" and code not in sums):
        return None
    return int(sums.get(code, 0))


def _money(year: Year | None, name: str, minor: int | None, code: str) -> str:
    if minor is not None:
        return money(minor, code)
    return _("hidden") if year and getattr(year, name) is None else "–"


def _number(count: int | None) -> str:
    return "–" if count is None else number(count)


def _hidden(count: int | None) -> str:
    return _("hidden") if count is None else number(count)


def _change(now: int | None, then: int | None) -> str:
    if now is None or then is None:
        return "–"
    return _signed(now - then, number(abs(now - then)))


def _signed(difference: int, words: str) -> str:
    if not difference:
        return "0"
    return f"{'+' if difference > 0 else MINUS}{words}"
