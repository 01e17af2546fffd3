"""What somebody hands in to run a script stays text, in every field and on every page of a case."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from idesluss.ideas.models import Finding, Idea, Message, Support
from idesluss.ideas.vocab import FINDING_FIELDS, FindingKind
from idesluss.people.models import Person, Unit
from idesluss.web.frame.prose import TAGS
from tests.factories import NOON, DoorFactory, PersonFactory, UnitFactory, sluice_case
from tests.web.ideas.nasty import MARK, NASTY

pytestmark = pytest.mark.django_db

LEADS = ("/", "#", "?", "http://", "https://", "mailto:")


class Page(HTMLParser):
    """The tags of a page, their attributes, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.leads: set[str] = set()
        self.scripts = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.scripts += tag == "script"
        for name, value in attrs:
            self.attributes.add((tag, name))
            if name in ("href", "src", "action", "formaction", "xlink:href", "data"):
                self.leads.add(value or "")

    def handle_decl(self, decl):
        assert MARK not in decl

    def unknown_decl(self, data):
        assert MARK not in data

    def handle_comment(self, data):
        assert MARK not in data

    def handle_pi(self, data):
        assert MARK not in data


class World:
    """One case with something in every field, and the people who read it."""

    def __init__(self) -> None:
        self.door = DoorFactory(visibility="public")
        self.unit = UnitFactory(organisation=self.door.organisation)
        self.giver = PersonFactory()
        near = {"door": self.door, "visibility": "public"}
        self.idea = sluice_case(owner=self.giver, unit=self.unit, **near)
        self.ended = sluice_case("declined", owner=self.giver, split_from=self.idea, **near)
        self.coach = self.idea.responsible
        self.messages = [
            Message.objects.create(idea=self.idea, by=by, at=NOON, text="Hej", **more)
            for by, more in (
                (self.giver, {}),
                (self.coach, {"inside": True}),
                (self.coach, {"asks_giver": True}),
            )
        ]
        for kind in FindingKind:
            result = "copy" if kind is FindingKind.SCAN else ""
            self.idea.findings.create(kind=kind.value, by=self.giver, at=NOON, result=result)
        self.idea.attachments.create(name="a.pdf", size=1, added_by=self.giver, added_at=NOON)
        Support.objects.create(idea=self.idea, person=PersonFactory(), at=NOON)

    def say(self, text: str) -> None:
        """Put ``text`` into every field that somebody writes."""
        fields = {
            "title", "need", "for_whom", "evidence", "on_behalf_of", "secret", "next_what",
            "answer",
        }  # fmt: skip
        written = dict.fromkeys(fields, text) | {"register_number": text[:60]}
        Idea.objects.update(**written, name_shown="public")
        Person.objects.update(name=text, reach_phone=text[:40])
        Unit.objects.update(name=text)
        Message.objects.update(text=text)
        Support.objects.update(reason=text)
        self.idea.attachments.update(name=text)
        for finding in Finding.objects.all():
            facts = {it.key: text for it in FINDING_FIELDS[finding.kind]}
            Finding.objects.filter(pk=finding.pk).update(head=text, text=text, facts=facts)
        self.idea.programme.steps.update(name=text[:60])
        self.idea.programme.name = text
        self.idea.programme.save()

    def pages(self, client, text):
        """Every page of the case, as one of its readers gets it: what asks for each, in turn."""
        org = self.door.organisation.slug

        def url(idea, name="case", *more):
            return reverse(f"ideas:{name}", args=[org, idea.pk, *more])

        def finding(kind):
            return url(self.idea, "finding", self.idea.findings.get(kind=kind).pk)

        wish = {"visibility": "public", "name_shown": "public", "do": "try"}
        wrong = {"text": text, "to": text, "seen": text}
        unseen = {"text": text[:3000], "to": "open", "seen": "0"}
        return (
            (self.coach, lambda: client.get(url(self.idea))),
            (self.coach, lambda: client.get(url(self.ended))),
            (self.coach, lambda: client.get(finding("insight"))),
            (self.coach, lambda: client.post(url(self.idea, "say"), wrong)),
            (self.coach, lambda: client.post(url(self.idea, "say"), unseen)),
            (self.giver, lambda: client.get(url(self.idea))),
            (self.giver, lambda: client.post(url(self.idea, "width"), wish)),
            (self.giver, lambda: client.post(finding("scan"), {"head": text, "link": text})),
            (None, lambda: client.get(url(self.idea))),
        )

    def read(self, client, text, which=None):
        """Those pages, or those of them that ``which`` numbers."""
        asked = self.pages(client, text)
        for number in range(len(asked)) if which is None else which:
            reader, ask = asked[number]
            client.logout()
            if reader:
                client.force_login(reader)
            yield ask().content.decode()


def test_the_collection_is_large_and_all_different():
    assert len(set(NASTY)) == len(NASTY) >= 60
    assert all(MARK in text for text in NASTY)


@pytest.fixture
def world(caplog):
    caplog.set_level("ERROR", "django.request")
    return World()


def test_nothing_that_anybody_writes_becomes_more_than_text(client, world):
    plain = []
    for words in ("Ett helt vanligt ord", "https://ord.example/"):
        world.say(words)
        plain += [Page(html) for html in world.read(client, words)]
    tags = {tag for page in plain for tag in page.tags} | TAGS
    attributes = {it for page in plain for it in page.attributes} | {("a", "title")}  # Markdown's
    scripts = {page.scripts for page in plain}
    seen = 0
    for turn, text in enumerate(NASTY):
        world.say(text)
        # The coach's page shows every field; of the others each string meets another one.
        for html in world.read(client, text, (0, 1 + turn % 8)):
            page = Page(html)
            assert page.tags <= tags, text
            assert page.attributes <= attributes, text
            assert {page.scripts} <= scripts, text
            assert [it for it in page.leads if it and not it.startswith(LEADS)] == [], text
            seen += html.count(MARK)
    assert seen > len(NASTY) * 20  # it was there to be found
