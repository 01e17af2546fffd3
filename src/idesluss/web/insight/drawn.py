"""The years as charts, each with its table: what is drawn, what it says, where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from idesluss.insight.reads.report import Given
from idesluss.insight.reads.rounds import Chosen, Told
from idesluss.insight.reads.spread import Group
from idesluss.insight.reads.years import Year, Years
from idesluss.insight.words import money, name_of, number, percent
from idesluss.web.frame import charts
from idesluss.web.frame.figures import Cell, Row, table


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its title, what its colours mean, and every figure in a table."""

    title: str
    note: str
    svg: SafeString
    head: Sequence[str]
    rows: Sequence[Row]
    key: Sequence[tuple[str, str]] = field(default_factory=list)  # tone, words
    spread: bool = False  # over departments or goals, not over years

    @property
    def table(self) -> SafeString:
        """Every figure of it."""
        return table(self.title, self.head, self.rows)


class Links:
    """Where figures lead: the round's own page, or the year's list of what was granted."""

    def __init__(self, chosen: Chosen) -> None:
        several = len(chosen.funds) > 1 and chosen.fund
        self.query = f"fund={chosen.fund.pk}" if several and chosen.fund else ""
        self.slug = chosen.organisation.slug
        self.years = reverse("insight:years", args=[self.slug])
        self._rounds: dict[int, str] = {}

    def year(self, year: int, more: str = "", at: str = "") -> str:
        """The report of a year; ``more`` narrows what it lists."""
        query = "&".join(filter(None, [self.query, more]))
        return f"{self.years}{year}/" + (f"?{query}" if query else "") + (f"#{at}" if at else "")

    def round(self, round: Told) -> str:
        """The round's own page."""
        if round.pk not in self._rounds:
            self._rounds[round.pk] = reverse("funding:round", args=[self.slug, round.slug])
        return self._rounds[round.pk]

    def project(self, one: Given) -> str:
        """The project's own page; while that is not public, its round's."""
        if one.became is None:
            return self.round(one.round)
        return reverse("pilots:project", args=[self.slug, one.became.project])

    def cases(self, year: Year) -> str:
        """Where the cases of a year are: its round, or its report where it has several."""
        if len(year.rounds) == 1 and year.published:
            return self.round(year.rounds[0])
        return self.year(year.year, at="rounds")

    def granted(self, year: Year) -> str:
        """The list of what was granted in a year."""
        return self.year(year.year, at="granted")

    def group(self, year: Year, kind: str, group: Group) -> str:
        """The same of one department or goal."""
        more = "" if group.key is None else f"{kind}={group.key}"
        return self.year(year.year, more, "granted")


def hidden_cell() -> Cell:
    """In place of a figure that could point somebody out."""
    return Cell(_("hidden"), hidden=True)


def all_charts(years: Years) -> list[Chart]:
    """Every chart that has something to show, in the order of the page."""
    links = Links(years.chosen)
    made = [_received(years, links), _share(years, links)]
    made += [_money(years, links, currency) for currency in years.currencies]
    for currency in years.currencies:
        made += _spreads(years, links, currency)
    if any(one.wait for one in years.years):
        made.append(_waits(years, links))
    if any(one.newcomers for one in years.years):
        made.append(_newcomers(years, links))
    if any(one.permanent or one.reported for one in years.years):
        made.append(_permanent(years, links))
    return made


def _labels(years: Years) -> list[str]:
    return [str(one.year) for one in years.years]


def _rows(years: Years, links: Links, cells: Iterable[Sequence[Cell]]) -> list[Row]:
    heads = [Cell(str(one.year), links.year(one.year)) for one in years.years]
    return list(zip(heads, cells, strict=True))


def _said(years: Years, words: Iterable[str]) -> str:
    """What a drawing says to who cannot see it: one figure a year."""
    told = (f"{one.year}: {word}" for one, word in zip(years.years, words, strict=True))
    return "; ".join(told)


def _received(years: Years, links: Links) -> Chart:
    title = _("Applications")
    columns = [
        charts.Column(str(it.year), (it.granted, it.not_granted), number(it.received))
        for it in years.years
    ]
    said = _said(
        years,
        (
            _("%(granted)s of %(received)s") % {"granted": it.granted, "received": it.received}
            for it in years.years
        ),
    )
    return Chart(
        title,
        _("received, and how many of them were granted money"),
        charts.columns(columns, f"{title}. {said}"),
        [_("Year"), pgettext("years", "Received"), pgettext("how many", "Granted"), _("Others")],
        _rows(
            years,
            links,
            (
                [
                    Cell(number(it.received), links.cases(it)),
                    Cell(number(it.granted), links.granted(it)),
                    Cell(number(it.not_granted), links.cases(it)),
                ]
                for it in years.years
            ),
        ),
        [("a", pgettext("how many", "granted")), ("b", _("others"))],
    )


def _share(years: Years, links: Links) -> Chart:
    title = _("Share granted")
    texts = [percent(it.share) for it in years.years]
    return Chart(
        title,
        _("granted of received"),
        charts.line(
            _labels(years), [it.share for it in years.years], texts,
            f"{title}. {_said(years, texts)}",
        ),
        [_("Year"), _("Share granted")],
        _rows(
            years, links,
            ([Cell(text, links.cases(it))] for it, text in zip(years.years, texts, strict=True)),
        ),
    )  # fmt: skip


def _money(years: Years, links: Links, currency: str) -> Chart:
    title = _("Granted and the pot, %(currency)s") % {"currency": currency}
    sums = [(it.granted_sums.get(currency, 0), it.pot.get(currency)) for it in years.years]
    columns = [
        charts.Column(str(it.year), (granted,), thousands(granted), mark=pot)
        for it, (granted, pot) in zip(years.years, sums, strict=True)
    ]
    said = _said(years, (money(granted, currency) for granted, _pot in sums))
    rows = (
        [
            hidden_cell()
            if it.asked is None
            else Cell(money(it.asked.get(currency, 0), currency), links.cases(it)),
            Cell(money(granted, currency), links.granted(it)),
            Cell("–" if pot is None else money(pot, currency)),
            Cell("–" if pot is None else money(pot - granted, currency)),
        ]
        for it, (granted, pot) in zip(years.years, sums, strict=True)
    )
    return Chart(
        title,
        _("in thousands, as decided; the line is what there was to share out"),
        charts.columns(columns, f"{title}. {said}"),
        [
            _("Year"),
            _("Asked for"),
            pgettext("money", "Granted"),
            _("The pot"),
            pgettext("money", "Left"),
        ],
        _rows(years, links, rows),
        [("a", pgettext("money", "granted")), ("mark", _("the pot"))],
    )


def _spreads(years: Years, links: Links, currency: str) -> list[Chart]:
    titles = {
        "department": _("Departments, granted %(currency)s") % {"currency": currency},
        "goal": _("Goals, granted %(currency)s") % {"currency": currency},
    }
    made = []
    for kind, title in titles.items():
        of_year = [it.departments if kind == "department" else it.goals for it in years.years]
        if any(of_year):
            made.append(
                _spread(years, links, kind, title=title, of_year=of_year, currency=currency)
            )
    return made


def _spread(
    years: Years,
    links: Links,
    kind: str,
    *,
    title: str,
    of_year: Sequence[Sequence[Group]],
    currency: str,
) -> Chart:
    named: dict[int | None, Group] = {}
    for groups in of_year:
        named |= {one.key: one for one in groups}
    sums = {
        key: sum(g.sums.get(currency, 0) for groups in of_year for g in groups if g.key == key)
        for key in named
    }
    order = sorted(named, key=lambda key: (-sums[key], name_of(named[key]).casefold()))
    bars = [charts.Bar(name_of(named[key]), sums[key], money(sums[key], currency)) for key in order]
    rows = []
    for key in order:
        cells = []
        for year, groups in zip(years.years, of_year, strict=True):
            group = next((one for one in groups if one.key == key), None)
            cells.append(_group_cell(links, year, kind, group))
        cells.append(Cell(money(sums[key], currency)))
        rows.append((Cell(name_of(named[key])), cells))
    said = "; ".join(f"{name_of(named[key])}: {money(sums[key], currency)}" for key in order)
    notes = [_("all the chosen years together")] if len(years.years) > 1 else []
    if kind == "goal":
        notes.append(_("a case with several goals counts in each"))
    head = {"department": _("Department"), "goal": _("Goal")}[kind]
    return Chart(
        title, "; ".join(notes), charts.bars(bars, f"{title}. {said}"),
        [head, *_labels(years), pgettext("money", "Granted")], rows, spread=True,
    )  # fmt: skip


def _group_cell(links: Links, year: Year, kind: str, group: Group | None) -> Cell:
    """How many of a department's cases in a year were granted; of how many, unless hidden."""
    if group is None:
        return Cell("–")
    url = links.group(year, kind, group)
    if group.received is None:
        words = pgettext("of a hidden number", "%(granted)s of –") % {"granted": group.granted}
        return Cell(words, url, hidden=True)
    words = _("%(granted)s of %(received)s")
    return Cell(words % {"granted": group.granted, "received": group.received}, url)


def _waits(years: Years, links: Links) -> Chart:
    title = _("Time to an answer")
    ends = [(it.wait.half, it.wait.most) if it.wait else None for it in years.years]
    said = _said(
        years,
        (_("half within %(half)s, nine of ten within %(most)s") % {"half": it[0], "most": it[1]}
         if it else _("not known") for it in ends),
    )  # fmt: skip
    cells = (
        [
            Cell(number(it.wait.half) if it.wait else "–", links.cases(it)),
            Cell(number(it.wait.most) if it.wait else "–", links.cases(it)),
            Cell(number(it.wait.n) if it.wait else "–", links.cases(it)),
        ]
        for it in years.years
    )
    return Chart(
        title,
        _("working days from the closing to the decision"),
        charts.spans(_labels(years), ends, f"{title}. {said}"),
        [_("Year"), _("Half within"), _("Nine of ten within"), _("Answers")],
        _rows(years, links, cells),
        [("dot", _("half had their answer")), ("ring", _("nine of ten"))],
    )


def _newcomers(years: Years, links: Links) -> Chart:
    title = _("First-time applicants")
    columns, cells, texts = [], [], []
    for it in years.years:
        people = it.newcomers
        new = people.new if people else None
        known = people is not None and new is not None
        parts = (new, people.people - new) if people and new is not None else (None,)
        columns.append(charts.Column(str(it.year), parts, number(new or 0)))
        texts.append(number(new or 0) if known else "–")
        first = Cell(texts[-1], links.cases(it)) if known or not people else hidden_cell()
        cells.append([first, Cell(number(people.people) if people else "–", links.cases(it))])
    return Chart(
        title,
        _("people who had not applied in an earlier year, by name"),
        charts.columns(columns, f"{title}. {_said(years, texts)}"),
        [_("Year"), _("First time"), _("Applicants")],
        _rows(years, links, cells),
        [("a", _("first time")), ("b", _("had applied before"))],
    )


def _permanent(years: Years, links: Links) -> Chart:
    title = _("Made permanent")
    columns = [
        charts.Column(str(it.year), (it.permanent, it.granted - it.permanent), number(it.permanent))
        for it in years.years
    ]
    texts = [
        _("%(granted)s of %(received)s") % {"granted": it.permanent, "received": it.granted}
        for it in years.years
    ]
    cells = (
        [
            Cell(number(it.permanent), links.year(it.year, at="permanent")),
            Cell(number(it.granted), links.granted(it)),
            Cell(percent(it.permanent_share), links.year(it.year, at="permanent")),
            Cell(number(it.reported), links.granted(it)),
        ]
        for it in years.years
    )
    return Chart(
        title,
        _("of what was granted, as far as it is public"),
        charts.columns(columns, f"{title}. {_said(years, texts)}"),
        [
            _("Year"),
            _("Permanent"),
            pgettext("how many", "Granted"),
            _("Share"),
            _("Final reports"),
        ],
        _rows(years, links, cells),
        [("a", pgettext("how many", "permanent")), ("b", _("other granted projects"))],
    )


def thousands(minor: int) -> str:
    """Whole thousands of the currency, for the little room above a column."""
    return number(round(minor / 100_000))
