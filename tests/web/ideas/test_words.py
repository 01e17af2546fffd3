"""The pages of an organisation's own words: a table, a form, a list that is taken in, a try."""

import pytest
from django.urls import reverse

from idesluss.ideas.models import TermRow
from idesluss.ideas.usecases.terms import add_term, remove_term
from idesluss.people.vocab import Role
from tests.factories import NOON, OrganisationFactory, person_as

pytestmark = pytest.mark.django_db
LIST = "/slusstad/setup/words/"
ROW = {"sv": "snurris, snurrgård", "da": "hvirvelplads"}
LINE = "snurris, snurrgård · hvirvelplads · - · - · -"


@pytest.fixture
def here():
    return OrganisationFactory(slug="slusstad")


@pytest.fixture
def boss(here, client):
    person = person_as(Role.ADMINISTRATOR, here)
    client.force_login(person)
    return person


@pytest.fixture
def row(here, boss):
    return add_term(here.pk, ROW, by=boss, at=NOON)


def page(client, address=LIST, **more):
    answer = client.get(address, **more)
    return answer.content.decode()


@pytest.mark.list_page("ideas:words")
def test_the_table_asks_as_much_for_three_rows_as_for_one(here, boss, client, count_queries):
    def add(number):
        for _ in range(number):
            n = TermRow.objects.count()
            row = add_term(here.pk, {"sv": f"snurris{n}", "da": f"hvirvel{n}"}, by=boss, at=NOON)
            gone = add_term(here.pk, {"sv": f"pirris{n}", "da": f"pirre{n}"}, by=boss, at=NOON)
            remove_term(gone.pk, by=boss, at=NOON)
            assert row.pk

    assert count_queries(lambda: client.get(LIST), add) == 6


def test_without_rows_the_page_says_what_they_are_for_with_an_example(boss, client):
    text = page(client, "/slusstad/setup/words/")
    assert "No words of your own yet" in text or "egna ord" in text
    assert "Valvet, allaktivitetshus · kulturhus" in text
    assert "words.txt" not in text


def test_the_set_up_leads_to_it(boss, client):
    assert f'href="{LIST}"' in page(client, "/slusstad/setup/")


def test_a_row_is_added_and_stands_in_the_table(boss, client):
    answer = client.post(f"{LIST}add/", ROW, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert [it.line for it in TermRow.objects.all()] == [LINE]
    assert '<td data-label="Danska" lang="da">hvirvelplads</td>' in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [({}, "sv"), ({"en": "alone"}, "en"), ({"sv": "a, b", "fi": "x" * 301}, "fi")],
)
def test_what_is_wrong_stands_at_its_field_and_everything_typed_is_kept(boss, client, typed, field):
    answer = client.post(f"{LIST}add/", typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    for words in typed.values():
        assert words in answer.content.decode()
    assert not TermRow.objects.exists()


def test_a_row_is_changed_and_two_who_change_it_are_told(row, client):
    first = client.post(f"{LIST}{row.pk}/", {**ROW, "nb": "virvelplass", "seen": "0"})
    assert first.status_code == 302
    late = client.post(f"{LIST}{row.pk}/", {**ROW, "fi": "pyörrepaikka", "seen": "0"})
    assert late.status_code == 422
    assert "pyörrepaikka" in late.content.decode()
    row.refresh_from_db()
    assert (row.nb, row.fi) == ("virvelplass", "")


def test_the_form_shows_the_row_as_it_is(row, client):
    text = page(client, f"{LIST}{row.pk}/")
    assert 'value="snurris, snurrgård"' in text
    assert 'name="seen" value="0"' in text


def test_a_removed_row_is_offered_back_at_once_and_later(row, client):
    answer = client.post(f"{LIST}{row.pk}/remove/", follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain == [(f"{LIST}?removed={row.pk}", 302)]
    assert text.count(f'action="{LIST}{row.pk}/back/"') == 2
    client.post(f"{LIST}{row.pk}/back/")
    row.refresh_from_db()
    assert row.removed_at is None
    assert client.post(f"{LIST}{row.pk}/back/", follow=True).status_code == 200
    assert client.get(f"{LIST}{row.pk}/remove/").status_code == 405


def test_a_removed_row_cannot_be_changed(row, boss, client):
    remove_term(row.pk, by=boss, at=NOON)
    assert client.get(f"{LIST}{row.pk}/").status_code == 404
    client.post(f"{LIST}{row.pk}/remove/")
    row.refresh_from_db()
    assert row.version == 1


def test_rows_are_searched_in(row, here, boss, client):
    add_term(here.pk, {"sv": "Gluggis, gluggrum"}, by=boss, at=NOON)
    found = client.get(LIST, {"q": "GLUGG"})
    assert [it.sv for it in found.context["page"]] == ["Gluggis, gluggrum"]
    assert list(client.get(LIST, {"q": "<b>"}).context["page"]) == []
    assert "&lt;b&gt;" in page(client, LIST, data={"q": "<b>"})
    assert "&lt;b&gt;" not in page(client, LIST, data={"q": " "})


def test_a_word_is_tried_with_own_rows_and_those_of_the_program(row, client):
    answer = client.get(LIST, {"word": "snurris möbelåterbruk och", "lang": "sv"})
    tried = {it.word: it for it in answer.context["tried"]}
    assert [it.own for it in tried["snurris"].meant] == [True]
    assert tried["möbelåterbruk"].parts == ("möbel", "återbruk")
    assert tried["och"].stop
    assert "möbel + återbruk" in answer.content.decode()


@pytest.mark.parametrize("query", [{"word": ""}, {"word": "x" * 300}, {"word": "a", "lang": "xx"}])
def test_a_try_that_cannot_be_read_leaves_the_page_standing(boss, client, query):
    answer = client.get(LIST, query)
    assert (answer.status_code, answer.context["tried"]) == (200, None)


def test_signs_alone_are_no_word(boss, client):
    assert client.get(LIST, {"word": "!?"}).context["tried"] == []


# ── Many at once ────────────────────────────────────────────────────────────────────────────────


def test_a_list_is_shown_first_and_then_taken_in(row, client):
    text = f"{LINE}\ngluggis · gluggehjørne · - · - · <b>"
    looked = client.post(f"{LIST}many/", {"text": text, "then": "look"})
    assert looked.status_code == 200
    assert "gluggehjørne" in looked.content.decode()
    assert "<b>" not in looked.content.decode().partition("<main")[2].partition("textarea")[0]
    assert TermRow.objects.count() == 1
    taken = client.post(f"{LIST}many/", {"text": text, "then": "take"}, follow=True)
    assert taken.redirect_chain == [(LIST, 302)]
    assert TermRow.objects.count() == 2


def test_bad_lines_are_named_and_nothing_is_taken_in(boss, client):
    text = "gluggis · gluggehjørne · - · - · -\nbara tre · celler · här"
    for then in ("look", "take"):
        answer = client.post(f"{LIST}many/", {"text": text, "then": then})
        assert answer.status_code == 422
        assert [line.number for line, _ in answer.context["bad"]] == [2]
        assert "bara tre · celler · här" in answer.content.decode()
    assert not TermRow.objects.exists()


@pytest.mark.parametrize("text", ["", "# bara en rad\n", LINE, "x" * 1_000_001])
@pytest.mark.parametrize("then", ["look", "take"])
def test_a_list_with_nothing_to_take_in_says_so_at_the_field(row, client, text, then):
    answer = client.post(f"{LIST}many/", {"text": text, "then": then})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text"]


def test_what_is_saved_as_a_text_can_be_taken_in_elsewhere(row, here, boss, client):
    add_term(here.pk, {"sv": "gluggis, gluggrum"}, by=boss, at=NOON)
    answer = client.get(f"{LIST}words.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode()
    assert text == f"# sv · da · nb · fi · en\n{LINE}\ngluggis, gluggrum · - · - · - · -\n"
    other = OrganisationFactory(slug="lerum")
    client.force_login(person_as(Role.ADMINISTRATOR, other))
    client.post("/lerum/setup/words/many/", {"text": text, "then": "take"})
    assert [it.line for it in other.term_rows.order_by("pk")] == text.splitlines()[1:]


# ── Who may ─────────────────────────────────────────────────────────────────────────────────────

PAGES = ["words", "word_add", "words_in", "words_file", "word_change", "word_remove", "word_back"]


@pytest.mark.parametrize("name", PAGES)
def test_only_administrators_of_the_organisation_come_in(row, here, client, name):
    more = [row.pk] if name in ("word_change", "word_remove", "word_back") else []
    there = reverse(f"ideas:{name}", args=["slusstad", *more])
    ask = client.post if name in ("word_remove", "word_back") else client.get
    client.logout()
    assert ask(there).status_code == 302
    others = [person_as(role, here) for role in Role if role is not Role.ADMINISTRATOR]
    for somebody in (*others, person_as(Role.ADMINISTRATOR, OrganisationFactory())):
        client.force_login(somebody)
        assert ask(there).status_code == 404
    row.refresh_from_db()
    assert row.version == 0


def test_rows_of_another_organisation_are_not_there(row, client):
    other = OrganisationFactory(slug="lerum")
    client.force_login(person_as(Role.ADMINISTRATOR, other))
    assert client.get(f"/lerum/setup/words/{row.pk}/").status_code == 404
    assert LINE.partition(" ")[0] not in page(client, "/lerum/setup/words/")
