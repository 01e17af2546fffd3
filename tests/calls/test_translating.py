"""Texts are translated in pieces, as text, by either kind of service."""

import threading

import pytest

from idesluss.calls import translating
from idesluss.calls.posting import KeyRefused, Strange, TooSlow
from idesluss.calls.translating import GoingOn, Service, one_at_a_time, translate
from idesluss.logic.refusals import TooLong
from tests.calls.elsewhere import KEY, elsewhere


@pytest.fixture
def there():
    with elsewhere() as server:
        yield server


def libre(there, **more):
    return Service("libre", there.address, local=True, **more)


def model(there, **more):
    return Service("openai", f"{there.address}/v1", "viking-7b", local=True, **more)


def test_libretranslate_is_asked_for_plain_text(there):
    assert translate(libre(there), ["Hej", ""], "sv", "da") == ["sv>da HEJ", ""]
    asked = {"q": "Hej", "source": "sv", "target": "da", "format": "text"}
    assert there.asked == [("/translate", asked)]


def test_a_language_model_is_told_to_do_nothing_else(there):
    assert translate(model(there), ["Hej"], "sv", "nb") == ["viking-7b HEJ"]
    [(path, said)] = there.asked
    assert (path, said["model"], said["temperature"]) == ("/v1/chat/completions", "viking-7b", 0)
    order, text = said["messages"]
    assert (order["role"], text) == ("system", {"role": "user", "content": "Hej"})
    assert "from Swedish to Norwegian Bokmål" in order["content"]


@pytest.mark.parametrize("kind", [libre, model])
def test_a_key_opens_and_a_wrong_one_is_told(there, kind):
    there.key = KEY
    assert translate(kind(there, key=KEY), ["Hej"], "sv", "da")
    for wrong in ("", "another"):
        with pytest.raises(KeyRefused) as caught:
            translate(kind(there, key=wrong), ["Hej"], "sv", "da")
        assert caught.value.field == "api_key"


def test_the_key_is_not_in_what_a_service_is_printed_as(there):
    assert KEY not in repr(libre(there, key=KEY))


@pytest.mark.parametrize("kind", [libre, model])
def test_a_whole_address_is_taken_as_it_is(there, kind):
    for path in ("/translate", "/v1/chat/completions"):
        service = Service("libre" if kind is libre else "openai", there.address + path, local=True)
        translate(service, ["Hej"], "sv", "da")
    paths = [path for path, _ in there.asked]
    mine = "/translate" if kind is libre else "/v1/chat/completions"
    assert mine in paths


def test_a_long_text_goes_in_pieces_and_keeps_its_paragraphs(there, monkeypatch):
    monkeypatch.setattr(translating, "PIECE", 20)
    text = "Första stycket är kort.\n\nAndra. Tredje meningen."
    [made] = translate(libre(there), [text], "sv", "da")
    assert all(len(it) <= 20 for it in there.texts)
    assert "\n\n" in made
    assert made.replace("sv>da ", "") == text.upper()


def test_too_long_a_text_is_not_sent(there):
    with pytest.raises(TooLong):
        translate(libre(there), ["a" * 20_000, "b"], "sv", "da")
    assert there.asked == []


def test_all_pieces_together_have_an_end(there, monkeypatch):
    monkeypatch.setattr(translating, "WHOLE", -1)
    with pytest.raises(TooSlow):
        translate(libre(there), ["Hej"], "sv", "da")


@pytest.mark.parametrize(
    "words",
    [
        b"{}",
        b"[]",
        b"null",
        b'"hej"',
        b'{"translatedText": null}',
        b'{"translatedText": ["hej"]}',
        b'{"translatedText": ""}',
        b'{"translatedText": "\\u0000\\u202e  "}',
        b'{"choices": []}',
        b'{"choices": [{"message": null}]}',
        b'{"choices": [{"message": {"content": 7}}]}',
        b'{"translatedText": "' + b"x" * 5000 + b'"}',
    ],
)
@pytest.mark.parametrize("kind", [libre, model])
def test_an_answer_that_is_no_translation_is_strange(there, kind, words):
    there.mood, there.words = "says", words
    with pytest.raises(Strange):
        translate(kind(there), ["Hej"], "sv", "da")


def test_signs_that_are_not_seen_are_left_out_of_an_answer(there):
    there.mood, there.words = "says", b'{"translatedText": " a\\u202eb\\u0000\\n\\tc "}'
    assert translate(libre(there), ["Hej"], "sv", "da") == ["ab\n\tc"]


def test_the_same_thing_is_not_sent_twice_at_once(there):
    with one_at_a_time("a"):
        with one_at_a_time("b"):
            pass
        with pytest.raises(GoingOn), one_at_a_time("a"):
            pass
    with one_at_a_time("a"):
        pass


def test_only_so_many_are_translated_at_a_time(monkeypatch):
    monkeypatch.setattr(translating, "AT_ONCE", 1)
    inside, done = threading.Event(), threading.Event()

    def first():
        with one_at_a_time("a"):
            inside.set()
            done.wait(5)

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait(5)
    with pytest.raises(GoingOn), one_at_a_time("b"):
        pass
    done.set()
    thread.join()
