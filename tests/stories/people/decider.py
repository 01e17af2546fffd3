"""A member of the deciding body, at the meeting's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from playwright.sync_api import Locator, expect

from tests.stories.people.somebody import Somebody


class Declarer(Somebody):
    """Somebody who says whether they have a conflict of interest before anything opens."""

    def declares(self, slug: str, conflicts: Mapping[str, tuple[str, str]] | None = None) -> Self:
        """No conflict in any case that waits, but for ``conflicts``: {title: (ground, note)}.

        A ground is given by its value.
        """
        self.opens("assessment:declare", self.org, slug)
        for case in self.page.locator("fieldset.declare").all():
            title = next((one for one in conflicts or {} if one in case.text_content()), None)
            if title is None:
                case.get_by_label(self.words("No"), exact=True).check()
                continue
            ground, note = conflicts[title]
            case.get_by_label(self.words("Yes"), exact=True).check()
            case.locator(f"[value={ground}]").check()
            case.get_by_label(self.words("In your own words")).fill(note)
        self.presses("Save my answers")
        return self


class Decider(Declarer):
    """Writes outcomes down, sees the sum against the pot."""

    def opens_the_meeting(self, slug: str) -> Self:
        """The page that the meeting is held on."""
        self.opens("funding:meeting", self.org, slug)
        return self

    def case(self, title: str) -> Locator:
        """The case on the meeting's page."""
        return self.page.get_by_role("article").filter(has_text=title).first

    def chooses(
        self, title: str, outcome: str, kronor: str = "", *, reason: str = "", year: str = ""
    ) -> Self:
        """Choose an outcome, type a sum and the rest; nothing is saved yet."""
        case = self.case(title)
        case.get_by_label(self.words("Outcome")).select_option(outcome)
        typed = {"Sum": kronor, "of a decision|Reason": reason, "From the pot of": year}
        for label, text in typed.items():
            if text:
                case.get_by_label(self.words(label)).fill(text)
        return self

    def saves(self) -> Self:
        """Save what is written on the meeting's page."""
        self.presses("Save")
        return self

    def recounts(self) -> Self:
        """Without script: let the page count what is typed."""
        self.presses("Recount")
        return self

    def meter(self) -> str:
        """What the pot's meter says."""
        return self.text_of(self.page.locator("#meter"))

    def sees_on_meter(self, text: str) -> Self:
        """The meter says so, now or in a moment."""
        expect(self.page.locator("#meter")).to_contain_text(text)
        return self

    def explains_overshoot(self, why: str) -> Self:
        """Write why the pot may be overspent, and save."""
        self.writes("Why may the pot be overspent?", why)
        self.saves()
        return self
