"""``idesluss import-round`` and ``export-round``: rounds in and out as tables."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from idesluss.logic.money import CURRENCIES, format_amount, parse_amount
from idesluss.logic.refusals import Missing, Refusal, gettext_noop
from idesluss.logic.sheets import FIELDS, Reading, read_round, read_table

if TYPE_CHECKING:
    from idesluss.programmes.models import Programme

COLUMNS = f"""\
Columns, in any order and any subset beyond the title: {", ".join(FIELDS)}. Swedish, Danish,
Norwegian and Finnish headings are understood, and sums as people write them. Several rows may
share a title: several implementers, or sums for several years.
"""


class Unclear(Missing):
    """Something must be said on the command line. Needs ``option`` and ``known``."""

    sentence = gettext_noop("Say which with %(option)s. There is: %(known)s.")


def add_commands(commands: Any) -> None:
    """Add both commands to the command line."""
    one = commands.add_parser(
        "import-round",
        help="take a round in from an xlsx or csv file",
        description=f"All or nothing; the same file twice changes nothing. {COLUMNS}",
    )
    one.add_argument("file", type=Path)
    target(one)
    one.add_argument("--year", type=int, help="project year, for rows that name none")
    one.add_argument("--currency", choices=sorted(CURRENCIES), help="for sums that name none")
    one.add_argument("--stated-total", help="the total that the source states, to compare with")
    one.add_argument("--decided-on", type=date.fromisoformat, help="day of the decision (ISO)")
    one.add_argument("--publish", action="store_true", help="show the results to everybody")
    one.add_argument("--dry-run", action="store_true", help="read and tell, write nothing")
    one.add_argument("--json", action="store_true", help="tell it as JSON on standard output")
    one.set_defaults(run=import_round)

    one = commands.add_parser(
        "export-round",
        help="write a round to an xlsx or csv file with the same columns",
        description=f"The file's ending says its kind; '-' is csv to standard output. {COLUMNS}",
    )
    one.add_argument("file", type=Path)
    target(one)
    one.set_defaults(run=export_round)


def target(command: argparse.ArgumentParser) -> None:
    """Which round."""
    command.add_argument("--organisation", help="its short name in addresses, such as burlov")
    command.add_argument("--fund", help="name of the fund, if there are several")
    command.add_argument("--round", help="name of the round")


def import_round(chosen: argparse.Namespace) -> int:
    """Read, tell, and take in unless it is a dry run; 1 if there are problems."""
    try:
        reading = read(chosen)
    except (OSError, Refusal) as error:
        return refuse(error, as_json=chosen.json)
    if not chosen.dry_run and not reading.problems:
        try:
            say(take_in(reading, chosen))
        except Refusal as refusal:
            tell(reading, as_json=chosen.json)
            return refuse(refusal, as_json=False)
    tell(reading, as_json=chosen.json)
    return 1 if reading.problems else 0


def read(chosen: argparse.Namespace) -> Reading:
    """The file as a round.

    Its currency, unless said: the one that all its rows share, else the organisation's, else SEK.
    """
    table = read_table(chosen.file.read_bytes(), chosen.file.name)
    own = chosen.currency or "SEK"
    if not chosen.currency and (chosen.organisation or not chosen.dry_run):
        django.setup()
        own = programme_of(chosen).organisation.currency

    def reading_in(currency: str) -> Reading:
        total = parse_amount(chosen.stated_total, currency) if chosen.stated_total else None
        stated_total = total.minor if total else None
        return read_round(table, currency=currency, year=chosen.year, stated_total=stated_total)

    reading = reading_in(own)
    found = {row.currency for row in reading.rows}
    if not chosen.currency and len(found) == 1:
        reading = reading_in(found.pop())
    return reading


def take_in(reading: Reading, chosen: argparse.Namespace) -> str:
    """Write the round; returns what was done."""
    from django.utils import timezone  # noqa: PLC0415  (after setup)

    from idesluss.funding.usecases.import_round import About  # noqa: PLC0415
    from idesluss.funding.usecases.import_round import import_round as take  # noqa: PLC0415

    years = sorted({row.year for row in reading.rows if row.year})
    if chosen.year is None and len(years) != 1:
        raise Unclear(option="--year", known=", ".join(map(str, years)) or "no year in the file")
    about = About(
        programme_id=programme_of(chosen).pk,
        name=chosen.round or chosen.file.stem,
        year=chosen.year or years[0],
        file_name=chosen.file.name,
        decided_on=chosen.decided_on,
        publish=chosen.publish,
    )
    taken = take(reading, about, by=None, at=timezone.now())
    return (
        f"{taken.round}: {taken.new} taken in, {taken.corrected} put right, "
        f"{taken.unchanged} there already."
    )


def export_round(chosen: argparse.Namespace) -> int:
    """Write the round to the file; 1 if it cannot be found."""
    django.setup()
    from idesluss.funding.reads.imports import applications_of, rows_of  # noqa: PLC0415
    from idesluss.logic.sheets import write_rows  # noqa: PLC0415

    try:
        programme = programme_of(chosen)
        rounds = list(programme.rounds.order_by("-project_year", "name"))
        named = [one for one in rounds if one.name == chosen.round] if chosen.round else rounds
        if len(named) != 1:
            raise Unclear(option="--round", known=", ".join(one.name for one in rounds) or "none")
    except Refusal as refusal:
        return refuse(refusal, as_json=False)
    rows = rows_of(applications_of(named[0]))
    kind = chosen.file.suffix.lower().lstrip(".")
    data = write_rows(rows, "xlsx" if kind == "xlsx" else "csv")
    if str(chosen.file) == "-":
        sys.stdout.buffer.write(data)
    else:
        chosen.file.write_bytes(data)
        say(f"{named[0]}: {len(rows)} rows to {chosen.file}.")
    return 0


def programme_of(chosen: argparse.Namespace) -> Programme:
    """The fund that is meant; where there is only one it need not be said."""
    from idesluss.people.models import Organisation  # noqa: PLC0415  (after setup)
    from idesluss.programmes.models import Programme  # noqa: PLC0415

    organisations = Organisation.objects.filter(archived_at=None).order_by("slug")
    if chosen.organisation:
        organisations = organisations.filter(slug=chosen.organisation)
    if len(organisations) != 1:
        slugs = Organisation.objects.order_by("slug").values_list("slug", flat=True)
        raise Unclear(option="--organisation", known=", ".join(slugs) or "none yet")
    programmes = Programme.objects.funds().filter(organisation=organisations[0], archived_at=None)
    programmes = programmes.select_related("organisation")
    found = programmes.filter(name=chosen.fund) if chosen.fund else programmes
    if len(found) != 1:
        names = programmes.order_by("name").values_list("name", flat=True)
        raise Unclear(option="--fund", known=", ".join(names) or "none yet")
    return found[0]


def tell(reading: Reading, *, as_json: bool) -> None:
    """What was read: JSON on standard output, or lines for a person."""
    if as_json:
        print(json.dumps(reading.as_json(), ensure_ascii=False, indent=2))
        return
    for problem in (*reading.problems, *reading.remarks):
        place = f"row {problem.row}" if problem.row else "the file"
        column = f", {problem.column}" if problem.column else ""
        say(f"{place}{column}: {problem.message}")
    print(f"{len(reading.rows)} rows, {reading.received} received, {reading.granted} granted")
    for currency, minor in reading.totals.items():
        print(f"total {format_amount(minor, currency, 'en')}")
    if reading.stated_total is not None and reading.difference:
        stated = format_amount(reading.stated_total, reading.currency, "en")
        apart = format_amount(abs(reading.difference), reading.currency, "en")
        word = "more" if reading.difference > 0 else "less"
        print(f"the source states {stated}, {apart} {word} than its own rows")


def refuse(error: Exception, *, as_json: bool) -> int:
    """Tell why nothing was done."""
    message = error.message if isinstance(error, Refusal) else str(error)
    if as_json:
        problem = {"row": None, "column": "", "message": message}
        print(json.dumps({"rows": 0, "problems": [problem]}, ensure_ascii=False, indent=2))
    else:
        say(message)
    return 1


def say(text: str) -> None:
    """Tell the person at the terminal; standard output stays clean."""
    print(text, file=sys.stderr, flush=True)
