"""The pages where what others said is written down, and the posters, and who goes there."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page

from idesluss.ideas.models import Poster
from tests.stories.stops import HERE, TOWN, Stop, first

COACH = "kalle.bro@slusstad.example"
DOOR = "personal"
POSTER = first(Poster, retired_at=None, **HERE)


def writes_down(page: Page) -> None:
    """Something is handed in for somebody else."""
    page.goto(f"/{TOWN}/proxy/{DOOR}/")
    page.locator("[name=need]").fill("Handtagen på vagnarna gör ont i händerna.")
    page.locator("form.form .actions button").first.click()
    page.wait_for_url("**/slips/")


PROXY: Mapping[str, tuple[Stop, ...]] = {
    "ideas:proxy": (Stop(COACH, (TOWN,)),),
    "ideas:proxy_one": (Stop(COACH, (TOWN, DOOR), {"need": ""}),),
    "ideas:proxy_notes": (Stop(COACH, (TOWN, DOOR), {"notes": "Lyften\n/Anna, nej"}),),
    "ideas:proxy_table": (Stop(COACH, (TOWN, DOOR)),),
    "ideas:slips": (Stop(COACH, (TOWN, DOOR), before=writes_down),),
    "ideas:posters": (Stop(COACH, (TOWN,)),),
    "ideas:poster_add": (Stop(COACH, (TOWN,)),),
    "ideas:poster_retire": (Stop(COACH, (TOWN, POSTER)),),
}
