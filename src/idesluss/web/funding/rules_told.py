"""The rules of a round in words, and whether an application keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idesluss.logic.terms import Term, Terms, Verdict
from idesluss.programmes.vocab import ApplicationKind
from idesluss.web.frame.formats import amount, say


class Checked(NamedTuple):
    """One rule in words; ``wrong`` says how it is broken, and is empty when it is kept."""

    rule: str
    wrong: Sequence[str]


def checked(terms: Terms, verdicts: Iterable[Verdict]) -> list[Checked]:
    """Each rule, kept or broken, in the active language."""
    return [
        Checked(rule_told(it.term, terms), [say(breach) for breach in it.breaches])
        for it in verdicts
    ]


TOLD: Mapping[Term, Promise] = {
    Term.KIND: _("Takes: %(kinds)s."),
    Term.CONTINUES: _("An earlier project is named."),
    Term.YEAR: _("The project is finished within %(year)s."),
    Term.OTHERWISE: _("It is told why it would not happen without the money."),
    Term.CAP: _("At most %(cap)s for one project."),
    Term.FLOOR: _("At least %(floor)s is asked for."),
    Term.LEVEL: _("The sum is on one of the levels of the round."),
    Term.WORK: _("Own work counts %(rate)s an hour."),
    Term.MATERIAL: _("Material is at most %(material)s %% of what is asked for."),
    Term.COFINANCING: _("Others pay at least %(cofinancing)s %% of the whole."),
    Term.DEPARTMENTS: _("At least %(departments)s departments take part."),
}


def rule_told(term: Term, terms: Terms) -> str:
    """One rule of ``terms``, which has it, as a short sentence."""
    kinds = [str(kind.label) for kind in ApplicationKind if kind.value in terms.kinds]
    return str(TOLD[term]) % {
        "kinds": "; ".join(kinds),
        "year": terms.project_year,
        "cap": amount(terms.cap_minor, terms.currency),
        "floor": amount(terms.floor_minor, terms.currency),
        "rate": amount(terms.work_rate_minor, terms.currency),
        "material": terms.material_percent,
        "cofinancing": terms.cofinancing_percent,
        "departments": terms.departments_needed,
    }
