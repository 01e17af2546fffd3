"""A news text proposed from a round's figures, in the organisation's own language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from idesluss.funding.models import Application
from idesluss.funding.reads.celebrating import Celebrated, Occasion
from idesluss.logic.lifecycle import Stage
from idesluss.logic.money import format_amount
from idesluss.logic.placeholders import place
from idesluss.programmes.models import Round


@dataclass(frozen=True, slots=True)
class Proposal:
    """A title and a text in Markdown, with marked places for what nobody has said yet."""

    title: str
    text: str
    language: str


def received_in(round: Round) -> int:
    """How many applications were handed in."""
    handed_in = Application.objects.filter(round=round).exclude(idea__stage=Stage.DRAFT.value)
    return handed_in.count()


def proposed(round: Round, occasion: Occasion, *, received: int) -> Proposal:
    """What might be told of the round: every figure is computed from ``occasion``'s projects.

    ``received`` is the number of applications. Quotes are marked as to be replaced.
    """
    organisation = round.programme.organisation
    language = organisation.language
    with translation.override(language):
        count, total = len(occasion.projects), sums_told(occasion.totals, language)
        title = ngettext(
            "%(count)s project shares %(total)s", "%(count)s projects share %(total)s", count
        ) % {"count": count, "total": total}
        return Proposal(
            title[:160], "\n\n".join(_parts(round, occasion, received, total)), language
        )


def sums_told(sums: Mapping[str, int], language: str) -> str:
    """Sums of several currencies side by side: "60 900 kr + 5 000 €"."""
    return " + ".join(format_amount(minor, cur, language) for cur, minor in sums.items())


def _parts(round: Round, occasion: Occasion, received: int, total: str) -> list[str]:
    body = round.programme.body
    names = {
        "organisation": round.programme.organisation.name,
        "programme": round.programme.name,
        "round": round.name,
        "body": body.name if body else round.programme.organisation.name,
        "received": received,
        "granted": len(occasion.projects),
        "total": total,
        "year": round.project_year,
    }
    lead = ngettext(
        "%(organisation)s has received %(received)s application to %(programme)s, %(round)s. "
        "It is granted money: %(total)s in all.",
        "%(organisation)s has received %(received)s applications to %(programme)s, %(round)s. "
        "%(granted)s of them are granted money: %(total)s in all.",
        received,
    )
    return [
        lead % names,
        place(_("Quote: what somebody in %(body)s says of the projects; name and title") % names),
        _("### The projects"),
        "\n".join(map(_line, occasion.projects)),
        place(_("Quote: what somebody behind one of the projects hopes for; name and unit")),
        _("The projects are carried out during %(year)s.") % names,
    ]


def _line(one: Celebrated) -> str:
    told = sums_told(one.sums, translation.get_language() or "en")
    return f"- **{one.title}**" + (f", {one.department}" if one.department else "") + f": {told}"
