"""Posters with a QR code that opens a door, and the paper form of a door.

In the organisation's language and colours; the code is drawn as lines, so it is sharp at any size
and read in black on white.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from idesluss.ideas.models import Poster
from idesluss.papers.look import brand
from idesluss.papers.typeset import typeset
from idesluss.programmes.models import Door
from idesluss.programmes.vocab import Audience


def poster_pdf(poster: Poster, url: str) -> bytes:
    """Return one page of A4 for a wall (tagged, PDF/UA-1 and PDF/A-3a); ``url`` is what it opens.

    ``poster`` comes with its organisation, door and programme. The same arguments give the same
    bytes.

    Raises:
        FontsMissing: the build has not run.
    """
    there = poster.organisation
    with translation.override(there.language):
        asks = poster.challenge.title if poster.challenge else ""
        page = {
            **_common(poster.door, poster.made_at, _("Poster")),
            "words": poster.words or asks or _("What bothers you? What is your idea?"),
            "challenge": asks if poster.words else "",
            "unit": poster.unit.name if poster.unit else "",
            "code": _code(url),
            "code_says": _("QR code that opens %(url)s") % {"url": url},
            "url": url.partition("://")[2],
            "how": _("Point your phone's camera here, or write the address. You need not sign in."),
            "who": _("A person reads it and answers you within %(days)s working days.")
            % {"days": poster.door.first_days},
            "code_too": _("You get a code to follow it with, even if you do not say who you are."),
        }
        return typeset("poster.typ", page)


def form_pdf(door: Door, at: datetime, url: str) -> bytes:
    """Return the door's paper form, one page of A4 to write on by hand.

    Raises:
        FontsMissing: the build has not run.
    """
    with translation.override(door.organisation.language):
        outside = door.audience != Audience.STAFF.value
        page = {
            **_common(door, at, _("Form for an idea or a need")),
            "lead": _("Three questions, and only the first must be answered."),
            "questions": [
                {"ask": _("What bothers you, or what is your idea?"), "lines": 11},
                {"ask": _("For whom would it be better?"), "lines": 2},
                {"ask": _("How can we reach you? It may be left empty."), "lines": 2},
            ],
            "name": _("Your name, if you like"),
            "unit": _("Workplace"),
            "then": _(
                "Hand the form to a colleague at the reception or to your manager. Somebody writes "
                "it into the system for you, and you get a slip with a code to follow it with. A "
                "person answers within %(days)s working days."
            )
            % {"days": door.first_days},
            "public": _(
                "What you hand in becomes a public record: do not write of other people's private "
                "lives."
            )
            if outside
            else "",
            "code": _code(url),
            "code_says": _("QR code that opens %(url)s") % {"url": url},
            "or": _("Or write it yourself here:"),
            "url": url.partition("://")[2],
        }
        return typeset("door_form.typ", page)


def _common(door: Door, made: datetime, kind: str) -> dict[str, Any]:
    there = door.organisation
    return {
        **brand(there.colour),
        "language": there.language,
        "region": there.country,
        "date": [made.year, made.month, made.day],
        "title": f"{kind} · {door.programme.name} · {there.name}",
        "organisation": there.name,
        "programme": door.programme.name,
        "kind": kind,
        "invented": _("Invented for the demonstration") if there.invented else "",
    }


def _code(url: str) -> str:
    """The QR code (ISO/IEC 18004) as SVG, with a quiet zone, a quarter of it may be dirty."""
    drawn = BytesIO()
    segno.make(url, error="q", micro=False).save(
        drawn, kind="svg", scale=10, border=4, light="#fff"
    )
    return drawn.getvalue().decode()
