"""An assessor: declares, judges by the criteria, locks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

from tests.stories.people.decider import Declarer


class Assessor(Declarer):
    """Somebody who judges cases against the criteria of the round."""

    def opens_work(self) -> Self:
        """Everything that waits for the assessor."""
        self.opens("assessment:mine", self.org)
        return self

    def titles(self) -> list[str]:
        """The cases on the page of one's own work."""
        return [self.text_of(one) for one in self.page.locator("main h3").all()]

    def opens_paper(self, title: str) -> Self:
        """One's own paper about that case."""
        self.opens_work()
        self.follows_title(title)
        return self

    def judges(self, title: str, *, met: Iterable[str], marks: Mapping[str, str], why: str) -> Self:
        """Say of each criterion that it is met, or give its mark; with one and the same reason."""
        self.opens_paper(title)
        said = dict.fromkeys(met, self.words("criterion|Met")) | dict(marks)
        for criterion, mark in said.items():
            legend = self.page.locator("legend", has_text=criterion)
            item = self.page.locator("form.paper .item").filter(has=legend)
            item.get_by_label(mark, exact=True).check()
            item.get_by_label(self.words("Why?")).fill(why)
        return self

    def advises(self, advice: str, summary: str) -> Self:
        """The advice to those who decide, and a summary."""
        self.page.get_by_label(advice, exact=True).check()
        self.writes("Summary", summary)
        return self

    def saves_draft(self) -> Self:
        """Save; nobody else sees it."""
        self.presses("Save draft")
        return self

    def locks(self) -> Self:
        """Look the judgement through and lock it."""
        self.presses("Look through and lock")
        self.presses("Lock")
        self.is_told("Your assessment is locked. Now you can read the others'.")
        return self
