"""What can be wrong with any page: by axe, by size, by keyboard, by what every page must have."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.stories.looking import AXE_ASKS, ONCE, PHONE, WIDE, axe

SKIP = "Hoppa till innehållet"
TABS = 60  # so many steps by keyboard; longer pages repeat themselves

# The focused element: what it is, whether one sees that it has the focus, whether it is covered.
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const name = e.tagName.toLowerCase() + (e.id ? '#' + e.id : '')
    + ' "' + (e.innerText || e.name || '').trim().slice(0, 40) + '"';
  const around = [e, e.closest('label, .ds-field, summary, tr')].filter(Boolean);
  const rings = around.map(it => getComputedStyle(it));
  const ring = rings.some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)
    || s.boxShadow !== 'none');
  const box = e.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const spots = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].map(([x, y]) =>
    document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
  const labels = [...(e.labels || [])];
  const free = spots.some(it => it
    && (e.contains(it) || it.contains(e) || labels.some(label => label.contains(it))));
  return {name, ring, inside, free};
}"""


def must_haves(page: Page) -> list[str]:
    """One main heading, a title, a language, landmarks."""
    headings, title, language = page.evaluate(
        "[document.querySelectorAll('h1').length, document.title, document.documentElement.lang]"
    )
    found = [] if headings == 1 else [f"{headings} main headings"]
    if not title.replace("· Idésluss", "").strip():
        found.append("no title")
    if not language:
        found.append("no language")
    return found


def sticks_out(page: Page, width: int) -> list[str]:
    """Whether one must scroll sideways on a screen ``width`` px wide, and what sticks out."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide <= width:
        return []
    culprits = page.evaluate(
        """width => [...document.querySelectorAll('body *')]
          .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll'))
          .slice(-3).map(e => e.outerHTML.slice(0, 120))""",
        width,
    )
    return [f"{wide} px wide on {width} px: {' | '.join(culprits)}"]


def by_keyboard(page: Page) -> list[str]:
    """Steps through the page by keyboard: the skip link first, and every stop is seen."""
    page.evaluate("scrollTo(0, 0); document.activeElement?.blur()")
    found, last = [], ""
    for step in range(TABS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None:
            break
        if at["name"] == last:  # a part of a date, which the browser marks by itself
            continue
        last = at["name"]
        if step == 0 and SKIP not in at["name"]:
            found.append(f"the first stop is {at['name']}, not the skip link")
        if not at["ring"]:
            found.append(f"no sign of focus on {at['name']}")
        if not at["inside"] or not at["free"]:
            found.append(f"focus is hidden on {at['name']}")
    page.evaluate("document.activeElement?.blur()")
    return found


def faults(page: Page, *, thorough: bool = True) -> list[str]:
    """Everything that is wrong with the page, in light, in dark, on a phone and zoomed in.

    Not ``thorough`` (another state of a page that is looked at already): axe in light only.
    On the second database, where all has been looked at: what every page must have, in light.
    """
    if ONCE:
        return must_haves(page) + sticks_out(page, WIDE)
    before = page.viewport_size
    found = must_haves(page)
    for kind, scheme, width in (
        ("light", "light", WIDE),
        ("dark", "dark", WIDE),
        ("zoomed", "light", WIDE // 2),
        ("phone", "light", PHONE),
    ):
        if not thorough and kind in {"dark", "zoomed"}:
            continue
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{kind}: {one}" for one in sticks_out(page, width)]
        if kind == "light" or (thorough and kind in AXE_ASKS):
            found += [f"{kind}: {one}" for one in axe(page, kind)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)
    return found + (by_keyboard(page) if thorough else [])
