"""The fund administrator: checks, gives out, opens the meeting, releases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Self

from playwright.sync_api import Locator, expect

from tests.stories.people.decider import Decider


class Administrator(Decider):
    """Runs the round; writes the choices down for those who decide."""

    # --- The list and the formal check ----------------------------------------------------------

    def opens_list(self, slug: str) -> Self:
        """Everything that is handed in to the round."""
        self.opens("funding:handle", self.org, slug)
        return self

    def opens_case(self, title: str) -> Self:
        """From the list to the formal check of one case."""
        self.follows_title(title)
        return self

    def finds_complete(self) -> Self:
        """The case goes on; what the applicant is told is looked at first."""
        self.presses("Find complete")
        if self.sees(self.words("This is what will be told. Nothing has been sent yet.")):
            self.presses("Find complete")
        self.is_told("The application is complete and goes on.")
        return self

    def asks_for_completion(self, what: str, by_day: str) -> Self:
        """Something is missing: ask for it, and look at the letter before it goes."""
        fold = self.unfolds("Ask for completion")
        self.writes("What is missing?", what, inside=fold)
        self.writes("Answer by", by_day, inside=fold)
        self.presses("See what is told", inside=fold)
        self.reads_text(what)
        self.presses("Ask for completion")
        self.is_told("The applicant is asked to complete the application. The clock stands still.")
        return self

    # --- Assessors ------------------------------------------------------------------------------

    def row(self, title: str) -> Locator:
        """The table's row about that case."""
        return self.page.get_by_role("row").filter(has_text=title).first

    def gives(self, slug: str, pairs: Iterable[tuple[str, str]]) -> Self:
        """Give cases to assessors by hand: (title, assessor's name), one tick each."""
        self.opens("assessment:assign", self.org, slug)
        for title, name in pairs:
            self.row(title).get_by_role("checkbox").and_(
                self.page.locator(f"[aria-label$='{name}']")
            ).check()
        self.presses("Give what is ticked")
        return self

    # --- The meeting ----------------------------------------------------------------------------

    def opens_meeting(self, slug: str, *, when: str, place: str, chair: str, checks: str) -> Self:
        """With every case that is ready, for a day and a place."""
        self.opens("funding:meeting", self.org, slug)
        self.writes("Day and time", when)
        self.writes("of a meeting|Place", place)
        self.field("Chair").select_option(label=chair)
        self.writes("Checks the minutes", checks)
        self.presses("Open the meeting")
        return self

    def notes_present(self, slug: str, *names: str) -> Self:
        """Tick who is in the room; everybody else is not."""
        self.opens("funding:present", self.org, slug)
        name = self.words("Save who is present")
        room = self.page.locator("form").filter(has=self.page.get_by_role("button", name=name))
        for box in room.get_by_role("checkbox").all():
            box.uncheck()
        for name in names:
            room.get_by_label(name).check()
        self.presses("Save who is present")
        self.is_told("Noted who is present.")
        return self

    def notes_recused(self, slug: str, title: str, name: str, ground: str, said: str) -> Self:
        """A member steps aside in one case, in the room."""
        self.opens("funding:present", self.org, slug)
        case = self.page.locator("[name=case]")
        option = case.locator("option").filter(has_text=title).get_attribute("value")
        case.select_option(option)
        self.field("Who steps aside").select_option(label=name)
        self.page.locator(f"[name=ground][value={ground}]").check()
        self.writes("What was said", said)
        self.presses("Steps aside")
        self.is_told("%(name)s steps aside in the case.", name=name)
        return self

    # --- The release ----------------------------------------------------------------------------

    def opens_release(self, slug: str) -> Self:
        """What will be told to whom."""
        self.opens("funding:release", self.org, slug)
        return self

    def obstacles(self) -> list[str]:
        """What the page says stops the release."""
        stops = self.page.locator(".ds-alert[data-color=danger] li")
        return [self.text_of(one) for one in stops.all()]

    def letters_in_preview(self) -> list[tuple[str, str]]:
        """(address, text) of every letter that the release would send."""
        found = []
        for letter in self.page.locator("main details").filter(has=self.page.locator("pre")).all():
            line = self.text_of(letter.locator("p").first)
            address = re.search(r"\S+@\S+", line)
            found.append((address.group() if address else "", letter.locator("pre").text_content()))
        return found

    def releases_with_two_clicks(self) -> Self:
        """An impatient double click on the button."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.button("Release the decisions").dblclick()
        expect(self.page.locator("h1")).to_contain_text(self.words("The decisions are released"))
        return self

    def cannot_release(self) -> None:
        """The page offers no way to release."""
        name = self.words("Release the decisions")
        expect(self.page.get_by_role("button", name=name)).to_have_count(0)
