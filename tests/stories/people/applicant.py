"""An applicant: writes, hands in, changes, completes, withdraws, follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from playwright.sync_api import expect

from tests.stories.people.somebody import Somebody


class Applicant(Somebody):
    """Somebody with an idea."""

    def begins(self, slug: str, title: str, need: str) -> Self:
        """From the round's page: a title and the need."""
        self.opens_round(slug)
        self.follows("Apply")
        self.writes("Title", title)
        self.writes("What does not work today, and for whom?", need)
        self.presses("Save and continue")
        return self

    def tells(self, answers: Mapping[str, str]) -> Self:
        """Answer the questions of the step one is at, and go on."""
        for question, text in answers.items():
            self.answers(question, text)
        self.presses("Save and continue")
        return self

    def plans(self, answers: Mapping[str, str], last_day: str, *, asks: object) -> Self:
        """The plan and the money: a sum as one types it, or lines of what and sum."""
        for question, text in answers.items():
            self.answers(question, text)
        self.writes("The project's last day", last_day)
        self.writes("Why would it not happen without this money?", "Vi har ingen post för det.")
        if isinstance(asks, str):
            self.writes("Or the whole sum, if you cannot divide it yet", asks)
        else:
            self._lists(asks)
        self.presses("Save and continue")
        return self

    def _lists(self, lines: Sequence[tuple[str, str]]) -> None:
        for place, (what, kronor) in enumerate(lines, start=1):
            self.page.get_by_label(f"{self.words('For what')} {place}", exact=True).fill(what)
            self.page.get_by_label(f"{self.words('Sum')} {place}", exact=True).fill(kronor)

    def brings(self, name: str, colleague: str) -> Self:
        """Find a colleague by a part of the name, and add them."""
        self.writes("Find a colleague", name)
        self.presses("Search")
        self.presses("Add", inside=self.page.get_by_role("listitem").filter(has_text=colleague))
        self.reads("%(name)s now hands in the application together with you.", name=colleague)
        return self

    def attaches(self, *files: Path) -> Self:
        """Choose files and attach them."""
        self.field("Files").set_input_files(files)
        self.presses("Attach")
        return self

    def belongs_to(self, department: str) -> Self:
        """Say which department it is about, and go on."""
        self.field("Which department is it about?").select_option(label=department)
        self.presses("Save and continue")
        return self

    def serves(self, *goals: str) -> Self:
        """Tick the goals, and look the whole through."""
        for goal in goals:
            self.page.get_by_label(goal).check()
        self.presses("Save and look through")
        return self

    def hands_in(self) -> str:
        """Hand in, read the receipt, and note the register number."""
        self.presses("Hand in the application")
        assert self.heading() == self.words("Thank you, we have your application")
        return self.fact("Register number")

    def opens_own(self, title: str) -> Self:
        """From the list of one's own applications."""
        self.opens("funding:mine", self.org)
        self.follows_title(title)
        return self

    def changes(self, step: str, question: str, text: str) -> Self:
        """Change one answer of what is handed in."""
        self.follows("Change the application")
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.goto(self.page.url.replace("/edit/need/", f"/edit/{step}/"))
        self.answers(question, text)
        self.presses("Save and finish")
        return self

    def withdraws(self, why: str) -> Self:
        """Take the application back, having been asked once more."""
        self.follows("Withdraw the application")
        self.writes("Why? (may be left out)", why)
        self.presses("Withdraw the application")
        self.is_told("The application is withdrawn.")
        return self

    def completes(self, answer: str) -> Self:
        """Answer what is asked for."""
        self.follows("Complete it")
        self.writes("Your answer", answer)
        self.presses("Send the answer")
        self.is_told("Thank you. Your answer has reached us.")
        return self

    def cannot_hand_in(self) -> None:
        """The page offers no way to hand in."""
        expect(
            self.page.get_by_role("button", name=self.words("Hand in the application"))
        ).to_have_count(0)
