"""Somebody who has only a keyboard: goes by Tab, writes, and counts what they press to act."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

FARTHEST = 80  # a page where something lies farther away than that is not for keyboards


class Keyboard:
    """``presses`` counts the acts: a link followed, a button pressed, a choice made."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def go_to(self, target: Locator) -> None:
        """Tab until the focus is on ``target``."""
        for _ in range(FARTHEST):
            if target.evaluate("it => it === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by keyboard")

    def write(self, label: str, text: str) -> None:
        """Write ``text`` in the field, in place of what stands there."""
        self.go_to(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def press(self, name: str) -> None:
        """Press the button, or follow the link, of that name."""
        main = self.page.get_by_role("main")
        found = main.get_by_role("button", name=name, exact=True).or_(
            main.get_by_role("link", name=name, exact=True)
        )
        self.go_to(found.first)
        self.presses += 1
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("domcontentloaded")

    def choose(self, label: str, steps_down: int = 0) -> None:
        """In a group of radio buttons: go to the one chosen, and so many down."""
        group = self.page.get_by_role("group", name=label)
        self.go_to(group.locator("input:checked"))
        for _ in range(steps_down):
            self.presses += 1
            self.page.keyboard.press("ArrowDown")
