"""Present cheques to hold up before a camera, and diplomas to hang on the wall.

One document for a whole round, a page for each granted project, in the organisation's language
and colours. The sum is that of the decision, in figures and in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from idesluss.funding.reads.celebrating import Celebrated
from idesluss.logic.sums_in_words import in_words
from idesluss.papers.look import brand, capital, day, money
from idesluss.papers.typeset import typeset
from idesluss.programmes.models import Round


def cheques_pdf(round: Round, projects: Sequence[Celebrated], *, names: bool) -> bytes:
    """Return a page of A3 across for each project (tagged, PDF/UA-1 and PDF/A-3a).

    ``names`` prints who is behind a project, else its department alone. The same arguments give
    the same bytes. ``round`` comes with programme, body and organisation.

    Raises:
        FontsMissing: the build has not run.
        ValueError: no projects, and so no page.
    """
    return _typeset("cheque.typ", round, projects, _cheque_words, names=names)


def diplomas_pdf(round: Round, projects: Sequence[Celebrated], *, names: bool) -> bytes:
    """Return a page of A4 upright for each project; otherwise as ``cheques_pdf``."""
    return _typeset("diploma.typ", round, projects, _diploma_words, names=names)


def _typeset(
    template: str, round: Round, projects: Sequence[Celebrated], words: Any, *, names: bool
) -> bytes:
    if not projects:
        raise ValueError("Nothing to print.")
    organisation = round.programme.organisation
    with translation.override(organisation.language):
        body = round.programme.body
        told = words(body.name if body else organisation.name)
        made = max((one.decided_on for one in projects if one.decided_on), default=date(2000, 1, 1))
        one = f": {projects[0].title}" if len(projects) == 1 else ""
        page = {
            **brand(organisation.colour),
            "language": organisation.language,
            "region": organisation.country,
            "date": [made.year, made.month, made.day],
            "title": f"{told['kind']}{one} · {round.name} · {organisation.name}",
            "organisation": organisation.name,
            "occasion": _occasion(round),
            "invented": _("Invented for the demonstration"),
            "words": told,
            "projects": [_project(it, names=names) for it in projects],
        }
        return typeset(template, page)


def _occasion(round: Round) -> str:
    """The fund and its round, not the fund twice."""
    fund = round.programme.name
    return round.name if round.name.startswith(fund) else f"{fund} · {round.name}"


def _cheque_words(body: str) -> dict[str, str]:
    return {
        "kind": pgettext("a large cheque to be photographed with", "Present cheque"),
        "to": pgettext("on a cheque", "Pay to"),
        "sum": pgettext("on a cheque", "The sum of"),
        "day": pgettext("on a cheque", "Date"),
        "number": pgettext("on a cheque", "Number"),
        "signed": pgettext("on a cheque", "For %(body)s") % {"body": body},
        "not_money": _("For display. The money is paid out separately."),
    }


def _diploma_words(body: str) -> dict[str, str]:
    return {
        "kind": pgettext("a document to hang on the wall", "Diploma"),
        "to": pgettext("on a diploma", "is awarded to"),
        "for": pgettext("on a diploma", "for the project"),
        "sum": pgettext("on a diploma", "which is granted"),
        "signed": pgettext("on a cheque", "For %(body)s") % {"body": body},
        "thanks": _("Thank you for daring to try something new."),
    }


def _project(one: Celebrated, *, names: bool) -> dict[str, Any]:
    """A page's own words. Whoever is behind it: people, or the department, or nobody named."""
    people = _listed(one.people) if names else ""
    language = get_language() or "en"
    return {
        "title": one.title,
        "people": people or one.department,
        "department": one.department if people else "",
        "sums": [
            [money(minor, currency), capital(in_words(minor, currency, language))]
            for currency, minor in one.sums.items()
        ],
        "day": day(one.decided_on) if one.decided_on else "",
        "number": one.register_number,
        "invented": one.invented,
    }


def _listed(names: Sequence[str]) -> str:
    """Names as one says them: "Anna, Bo and Cia"."""
    if len(names) < 2:
        return "".join(names)
    *first, last = names
    return _("%(names)s and %(last)s") % {"names": ", ".join(first), "last": last}
