"""Looking at a page as a person and as axe would.

A page without script can only be read (text, clicks, forms): asking it to evaluate anything waits
for ever, so ``axe`` and ``look`` refuse it.
"""

import os
import weakref
from functools import cache

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from tests.architecture.source import ROOT

WIDE, PHONE = 1280, 320
ONCE = os.environ.get("LOOK") == "once"
"""Whether pages are looked at in light only: how they look does not depend on the database."""
AXE = ROOT / "node_modules/axe-core/axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that ask how things are coloured; no other has anything new to say in the dark."""
AXE_ASKS = {
    "light": {"type": "tag", "values": AXE_RULES},
    "dark": {"type": "rule", "values": COLOURS},
    "phone": {"type": "tag", "values": AXE_RULES},
}
"""What axe is asked of a page as it is seen in each way; in the dark only of its colours."""
SHOTS = ROOT / "tests/stories/shots"
PICTURES = "PICTURES" in os.environ
"""Whether pages are photographed too, for people to look at (``PICTURES=1 ./idesluss test …``)."""

without_script: weakref.WeakSet[BrowserContext] = weakref.WeakSet()


def sign_in(context: BrowserContext, person, url: str) -> None:
    """Give the browser the session of ``person``, as if they had just signed in."""
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])


@cache
def axe_itself() -> str:
    return AXE.read_text()


def axe(page: Page, kind: str = "light") -> list[str]:
    """What axe has against the page as it stands: one line for each thing, none is good.

    ``kind`` is how it is seen: one of ``AXE_ASKS``.
    """
    assert page.context not in without_script, "axe needs a page with script"
    if not page.evaluate("typeof axe === 'object'"):
        # Evaluated, not added as a script: our own policy would refuse the latter, and should.
        page.evaluate(axe_itself())
    found = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})"
        ".then(result => result.violations)",
        AXE_ASKS[kind],
    )
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {node['html']}"
        for rule in found
        for node in rule["nodes"]
    ]


def look(page: Page, name: str) -> None:
    """Look at the page in light, in dark and on a phone: axe is content, nothing sticks out.

    ``name`` names the page, and the three pictures in ``tests/stories/shots/`` if there are any.
    """
    before = page.viewport_size
    kinds = (("light", "light", WIDE), ("dark", "dark", WIDE), ("phone", "light", PHONE))
    for kind, scheme, width in kinds[:1] if ONCE else kinds:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES:
            page.screenshot(path=SHOTS / f"{name}-{kind}.png", full_page=True)
        assert axe(page, kind) == [], f"{name}, {kind}"
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} px wide on a screen of {width} px"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)
