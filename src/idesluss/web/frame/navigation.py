"""The main navigation: one explicit list, in the order shown. Rooms add their line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from idesluss.people.models import NOBODY, Standing
from idesluss.people.vocab import Role
from idesluss.web.frame.request import Request


@dataclass(frozen=True, slots=True)
class Item:
    """One link: shown words, name of its address (which takes ``org``), and who sees it."""

    label: object
    url_name: str
    shown_to: Callable[[Standing, int], bool]
    pages: frozenset[str] = frozenset()  # further pages that belong to it, wherever they lie
    when: Callable[[Request], bool] | None = None  # a further condition, which looks nothing up


@dataclass(frozen=True, slots=True)
class Link:
    """An item as this person sees it now."""

    label: object
    url: str
    current: bool


def everybody(standing: Standing, organisation: int) -> bool:
    """Signed in or not."""
    return True


def members(standing: Standing, organisation: int) -> bool:
    """Those with any role or seat in the organisation."""
    return organisation in standing.organisations()


def having(*roles: Role) -> Callable[[Standing, int], bool]:
    """Those who hold one of ``roles`` in the organisation."""

    def shown(standing: Standing, organisation: int) -> bool:
        return organisation in standing.organisations_as(*roles)

    return shown


def is_asked(request: Request) -> bool:
    """Those who are asked something as manager or in a manager's place, or have answered."""
    return bool(getattr(request.organisation, "asks", False))


def reads_books(standing: Standing, organisation: int) -> bool:
    """The offices that keep and read the books, and those with a seat in a body."""
    offices = standing.organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR)
    return organisation in offices or bool(
        standing.bodies and organisation in standing.organisations()
    )


def takes_ideas(request: Request) -> bool:
    """Those who may see the start page of a sluice here."""
    return bool(getattr(request.organisation, "takes_ideas", False))


SLUICE = [
    f"ideas:{page}"
    for page in (
        *("sluice", "sluices", "door", "cases", "needs", "challenges", "challenge", "case"),
        *("promises", "coaches", "book", "posters", "poster_add", "poster_retire"),
        *("proxy", "proxy_one", "proxy_notes", "proxy_table", "slips", "tried"),
    )
]
OWN_CASE = [
    f"funding:{page}"
    for page in ("application", "edit", "submit", "receipt", "withdraw", "complete", "apply")
]
DESK = [
    f"ideas:{page}"
    for page in (
        *("talk", "hand_over", "coach_card", "coach_away", "arrivals"),
        *("duplicates", "duplicate"),
    )
]
BOOKS = [
    f"funding:{page}" for page in ("ledger", "ledger_rows", "pot_add", "year_close", "year_reopen")
]
JUDGED = [f"assessment:{page}" for page in ("assess", "lock", "scores", "declare")]

ITEMS: Sequence[Item] = (
    Item(_("Ideas and needs"), "ideas:sluices", everybody, frozenset(SLUICE), when=takes_ideas),
    Item(_("My desk"), "ideas:desk", having(Role.COACH), frozenset(DESK), when=takes_ideas),
    Item(_("My applications"), "funding:mine", members, frozenset(OWN_CASE)),
    Item(_("Asked of me"), "funding:endorsing", members, when=is_asked),
    Item(_("My assessments"), "assessment:mine", having(Role.ASSESSOR), frozenset(JUDGED)),
    Item(_("Projects"), "pilots:projects", members),
    Item(_("Money"), "funding:ledgers", reads_books, frozenset(BOOKS)),
    Item(_("What is stuck"), "insight:stuck", having(Role.ADMINISTRATOR)),
    Item(_("Letters"), "records:mail", having(Role.ADMINISTRATOR)),
    Item(_("Set-up"), "programmes:setup", having(Role.ADMINISTRATOR)),
)


def links(request: Request) -> list[Link]:
    """The navigation of this request: one's own work first; outside an organisation only that."""
    organisation = getattr(request, "organisation", None)
    signed_in = request.user.is_authenticated
    found = []
    if signed_in and request.user.guest:
        url = reverse("ideas:follow_up")
        found.append(Link(_("My cases"), url, request.path == url))
    elif signed_in:
        url = reverse("insight:mine")
        found.append(Link(_("My work"), url, request.path == url))
    if organisation is None:
        return found
    standing = request.user.standing(request.at) if signed_in else NOBODY
    shown = [item for item in ITEMS if item.shown_to(standing, organisation.pk)]
    for item in shown:
        if item.when and not item.when(request):
            continue
        url = reverse(item.url_name, kwargs={"org": organisation.slug})
        found.append(Link(item.label, url, _is_at(request, item, url)))
    return found


def _is_at(request: Request, item: Item, url: str) -> bool:
    """Whether the page belongs to the item: is it, is named by it, or lies below it.

    What lies below somebody's own cases is not all theirs, so there only the names count.
    """
    at = request.resolver_match.view_name if request.resolver_match else ""
    if item.pages:
        return at == item.url_name or at in item.pages
    return request.path.startswith(url)
