"""A manager who is asked what the unit says to an application."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Self

from playwright.sync_api import expect

from tests.stories.people.somebody import Somebody
from tests.stories.post import said


class Manager(Somebody):
    """Reads what is asked, answers or passes it on."""

    def follows_link(self, letter: EmailMessage, answer: str) -> Self:
        """The link in the letter that opens the page with ``answer`` ("yes", …) chosen."""
        assert letter["To"] == self.person.email
        [path] = re.findall(rf"https?://[^/]+(/\S+\?answer={answer})$", said(letter), re.MULTILINE)
        self.page.goto(path, wait_until="domcontentloaded")
        expect(self.page.locator("[name=answer]:checked")).to_have_value(answer)
        return self

    def answers_with(self, words: str = "", *, hours: str = "", money: str = "") -> Self:
        """Write what goes with the chosen answer, and send it."""
        typed = {
            "Your limits, or your reason for a no": words,
            "Hours of working time that you pledge": hours,
            "Money of the unit that you pledge": money,
        }
        for label, text in typed.items():
            if text:
                self.writes(label, text)
        self.presses("Send the answer")
        self.is_told("Thank you. Your answer is saved, and the applicant is told.")
        return self

    def passes_on(self, to: str, why: str) -> Self:
        """Let somebody else answer."""
        fold = self.unfolds("Should somebody else answer?")
        self.writes("Who answers instead?", to, inside=fold)
        self.writes("Why?", why, inside=fold)
        self.presses("Pass it on")
        return self
