"""Anybody at a browser, signed in or not."""

from __future__ import annotations

import re
from typing import Any, Self

from django.urls import reverse
from django.utils import translation
from playwright.sync_api import APIResponse, Locator, Page, Response, expect

from idesluss.people.models import Person
from tests.stories.looking import sign_in
from tests.stories.post import Post, said

CONTROLS = "input, select, textarea"


class Somebody:
    """A person at a browser of their own, reading pages of the organisation ``org``."""

    def __init__(
        self, page: Page, url: str, person: Person | None = None, *, org: str, language: str = "sv"
    ) -> None:
        self.page, self.url, self.person = page, url, person
        self.org, self.language = org, language

    # --- Words -------------------------------------------------------------------------------

    def words(self, source: str, **values: Any) -> str:
        """What the person sees where the page's source says ``source`` ("context|source")."""
        context, _, plain = source.rpartition("|")
        with translation.override(self.language):
            said = translation.pgettext(context, plain) if context else translation.gettext(plain)
            return said % values if values else said

    # --- Going places ------------------------------------------------------------------------

    def signs_in(self) -> Self:
        """Come back after a while: the old session has ended."""
        self.page.context.clear_cookies(name="sessionid")
        sign_in(self.page.context, self.person, self.url)
        return self

    def signs_in_with_code(self, post: Post) -> Self:
        """Ask for a code, find it in the mail, write it."""
        self.opens("account_login")
        self.writes("Your e-mail address", self.person.email)
        self.presses("Mail me a code")
        return self.writes_code(post)

    def writes_code(self, post: Post) -> Self:
        """Find the code in the mail that comes, and write it."""
        letter = post.comes()[-1]
        assert letter["To"] == self.person.email
        code = re.search(r"\b\d{4}-\d{4}\b", said(letter))
        self.writes("The code in the letter", code.group())
        self.presses("Sign in", inside=self.page.locator("main"))
        return self

    def opens(self, name: str, *arguments: Any) -> Response:
        """Go straight to a page, as from a bookmark or a letter."""
        return self.page.goto(reverse(name, args=arguments), wait_until="domcontentloaded")

    def opens_home(self) -> Response:
        """The organisation's own page."""
        return self.page.goto(f"/{self.org}/")

    def opens_round(self, slug: str) -> Response:
        """The round's own page."""
        return self.opens("funding:round", self.org, slug)

    def meets_a_wall_at(self, path: str) -> None:
        """The page is not there for this person; that it exists for others does not show."""
        answer = self.page.goto(path)
        assert answer.status == 404, (path, answer.status)
        assert self.heading() == self.words("We cannot find that page")

    def downloads(self, path: str) -> APIResponse:
        """A file, fetched with the person's own session."""
        answer = self.page.request.get(path)
        assert answer.ok, (path, answer.status)
        return answer

    def downloads_from(self, link: str) -> APIResponse:
        """The file that a link on the page leads to."""
        return self.downloads(self.page.get_by_role("link", name=link).get_attribute("href") or "")

    # --- Doing -------------------------------------------------------------------------------

    def presses(self, source: str, *, inside: Locator | None = None, **values: Any) -> None:
        """Press a button and wait for the page that follows."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.button(source, inside=inside, **values).click()

    def follows(self, source: str, *, inside: Locator | None = None, **values: Any) -> None:
        """Click a link and wait for its page."""
        self.follows_title(self.words(source, **values), inside=inside)

    def follows_title(self, text: str, *, inside: Locator | None = None) -> None:
        """Click a link that says ``text``, which somebody has written."""
        link = (inside or self.page.locator("main")).get_by_role("link", name=text).first
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            link.click()

    def button(self, source: str, *, inside: Locator | None = None, **values: Any) -> Locator:
        """The first button that says so."""
        name = self.words(source, **values)
        return (inside or self.page.locator("body")).get_by_role("button", name=name).first

    def writes(self, label: str, text: str, *, inside: Locator | None = None) -> None:
        """Fill in the field that ``label`` names; what stood there goes away."""
        self.field(label, inside=inside).fill(text)

    def field(self, label: str, *, inside: Locator | None = None) -> Locator:
        """The field that ``label`` (source, or what somebody has written) names."""
        place = inside or self.page.locator("main")
        return place.get_by_label(self.words(label)).and_(self.page.locator(CONTROLS)).first

    def answers(self, question: str, text: str) -> None:
        """Fill in a question that the municipality has written."""
        self.page.get_by_label(question).fill(text)

    def unfolds(self, source: str) -> Locator:
        """Open what is folded away, and return it."""
        fold = (
            self.page.locator("details")
            .filter(has=self.page.locator("summary", has_text=self.words(source)))
            .first
        )
        fold.locator("summary").first.click()
        return fold

    # --- Reading -----------------------------------------------------------------------------

    def heading(self) -> str:
        """The page's main heading, without the mark that says that something is invented."""
        mark = self.words("Invented")
        return self.text_of(self.page.locator("h1")).removesuffix(mark).strip()

    def text_of(self, found: Locator) -> str:
        """The text, with every run of space as one."""
        return " ".join((found.text_content() or "").split())

    def fact(self, source: str) -> str:
        """What the list of facts says under that word."""
        word = self.page.locator("dt", has_text=re.compile(f"^{re.escape(self.words(source))}$"))
        return self.text_of(self.page.locator("dl > div").filter(has=word).first.locator("dd"))

    def reads(self, source: str, **values: Any) -> None:
        """The page says so, now or in a moment."""
        self.reads_text(self.words(source, **values))

    def reads_text(self, text: str) -> None:
        """The page says ``text``, now or in a moment."""
        expect(self.page.locator("main")).to_contain_text(text)

    def is_told(self, source: str, **values: Any) -> None:
        """The page says so in its own message at the top."""
        expect(self.page.locator(".messages")).to_contain_text(self.words(source, **values))

    def told(self) -> str:
        """The page's own messages at the top."""
        return self.text_of(self.page.locator(".messages"))

    def sees(self, text: str) -> bool:
        """Whether the page has the text anywhere now."""
        return text in " ".join((self.page.locator("main").text_content() or "").split())
