"""Towns with something to be found in them, and what a page of the search says."""

from __future__ import annotations

import html
import re

from django.utils.text import slugify

from idesluss.ideas.models import Challenge
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from tests.factories import (
    NOON,
    ApplicationFactory,
    DoorFactory,
    OrganisationFactory,
    PersonFactory,
    person_as,
    sluice_case,
)

TYPED = {"HX-Request": "true", "HX-Source": "input#q"}
"""What htmx says while somebody types,"""
CHOSE = {"HX-Request": "true", "HX-Source": "div"}
"""and when they have chosen what to narrow to."""


def town(name="Lerum", **fields):
    """An organisation, and a door of its sluice that everybody may see."""
    here = OrganisationFactory(name=name, **fields)
    door = DoorFactory(edition__programme__organisation=here, edition__programme__public=True)
    return here, door


def project(here, title="Møbler får nyt liv", *, published=True, stage="testing", **fields):
    """A project of a fund there, told of to everybody."""
    words = {
        "purpose": "Vi samler møbler ind og giver dem videre til genbrug.",
        "results": "Halvt så mange nye stole i byen.",
    }
    application = ApplicationFactory(
        round__programme__organisation=here,
        idea__title=title,
        idea__language=here.language,
        stage=stage,
        owner=PersonFactory(),
    )
    return Project.objects.create(
        idea=application.idea,
        published_at=NOON if published else None,
        changed_at=NOON,
        **words | fields,
    )


def challenge(door, title="Färre nya möbler", **fields):
    """A challenge that everybody may answer."""
    owner = person_as(Role.MANAGER, door.organisation)
    posed = {"owner": owner, "posed_by": owner, "posed_at": NOON, "opens_at": NOON, "public": True}
    told = {"text": "Vi köper **fler** möbler än vi slänger.", "slug": slugify(title)}
    return Challenge.objects.create(programme=door.programme, title=title, **posed | told | fields)


def shown(door, title="Återbruk av möbler", **fields):
    """A case that everybody may read."""
    return sluice_case(
        **{"door": door, "title": title, "need": "Vi slänger stolar.", "visibility": "public"}
        | fields
    )


def main(response):
    """What stands between the header and the footer; of a piece, all of it."""
    text = response.content.decode()
    return text.split("<main")[-1].split("</main")[0]


def text(response):
    """What the page says, its spaces made plain."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main(response)))).strip()


def titles(response):
    """The titles of what was found, in order."""
    found = re.findall(r'<h2[^>]*>(?:<a href="[^"]+">)?(.*?)(?:</a>)? *\n?</h2>', hits(response))
    return [html.unescape(re.sub(r"<[^>]+>", "", it)).strip() for it in found]


def hits(response):
    """The list of what was found, as it stands in the page."""
    return "".join(re.findall(r'<ul class="things hits">.*?\n</ul>', main(response), re.DOTALL))
