"""What is asked elsewhere goes where it may, takes no longer than it should, and never on."""

import os
import socket
import ssl
import threading
import time

import pytest

from idesluss.calls import posting
from idesluss.calls.posting import (
    KeyRefused,
    NoAnswer,
    NotEncrypted,
    NotFound,
    NotTrusted,
    SaysNo,
    SentElsewhere,
    ShutNetwork,
    Strange,
    TooBusy,
    TooMuch,
    TooSlow,
    _Connection,
    post,
    reachable,
)
from idesluss.logic.addresses import read_address
from tests.calls.elsewhere import elsewhere

PUBLIC, PRIVATE, LINK = "93.184.216.34", "10.1.2.3", "169.254.169.254"


@pytest.fixture
def there():
    with elsewhere() as server:
        yield server


@pytest.fixture
def names(monkeypatch):
    """What each name leads to, as the network would say."""
    known = {}

    def getaddrinfo(host, port, **more):
        if host not in known:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (it, port)) for it in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return known


def ask(there, *, local=True, path="/translate", **headers):
    question = {"q": "hej", "source": "sv", "target": "da"}
    return post(there.address, path, question, headers=headers, local=local)


def test_a_good_answer_is_read_as_json(there):
    assert ask(there) == {"translatedText": "sv>da HEJ"}
    [headers] = there.headers
    assert headers["Content-Type"] == headers["Accept"] == "application/json"
    assert headers["Host"] == there.address.removeprefix("http://")


def test_a_path_of_the_address_stands_before_that_of_the_question(there):
    post(
        f"{there.address}/v1/", "/x", {"q": "a", "source": "", "target": ""}, headers={}, local=True
    )
    assert [path for path, _ in there.asked] == ["/v1/x"]


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (400, SaysNo),
        (401, KeyRefused),
        (403, KeyRefused),
        (404, SaysNo),
        (429, TooBusy),
        (500, SaysNo),
        (503, TooBusy),
    ],
)
def test_what_a_status_says_is_told(there, status, refusal):
    there.mood, there.status = "status", status
    with pytest.raises(refusal) as caught:
        ask(there)
    assert caught.value.params["host"] == "127.0.0.1"


def test_nobody_is_sent_on_to_another_address(there):
    there.mood = "redirecting"
    with pytest.raises(SentElsewhere):
        ask(there)
    assert len(there.asked) == 1


@pytest.mark.parametrize("mood", ["silent", "dripping"])
def test_a_slow_answer_is_cut_off_also_one_that_comes_byte_by_byte(there, monkeypatch, mood):
    monkeypatch.setattr(posting, "WAIT", 0.3)
    there.mood = mood
    began = time.monotonic()
    with pytest.raises(TooSlow):
        ask(there)
    assert time.monotonic() - began < 3


def test_a_huge_answer_is_not_read_to_its_end(there):
    there.mood = "huge"
    with pytest.raises(TooMuch):
        ask(there)


@pytest.mark.parametrize(("mood", "refusal"), [("broken", NoAnswer), ("hanging_up", Strange)])
def test_a_broken_or_half_answer_is_none(there, mood, refusal):
    there.mood = mood
    with pytest.raises(refusal):
        ask(there)


@pytest.mark.parametrize("words", [b"", b"<html>", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_strange(there, words):
    there.mood, there.words = "says", words
    with pytest.raises(Strange):
        ask(there)


def test_there_is_nothing_to_cut_off_before_anybody_has_answered():
    _Connection(read_address("http://127.0.0.1"), "127.0.0.1").cut()


def test_nobody_listening_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(NoAnswer):
            post(address, "/", {}, headers={}, local=True)


def test_proxies_of_the_environment_are_not_asked(there, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setitem(os.environ, name, "http://127.0.0.1:9")
    assert ask(there) == {"translatedText": "sv>da HEJ"}


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(monkeypatch):
    """The other side speaks TLS that ends at once; a bad certificate is told as such."""

    def handshake(self):
        raise ssl.SSLCertVerificationError

    monkeypatch.setattr(ssl.SSLSocket, "do_handshake", handshake)
    with elsewhere() as there, pytest.raises(NotTrusted):
        post(there.address.replace("http:", "https:"), "/", {}, headers={}, local=True)


def test_what_does_not_speak_tls_gets_nothing_over_https():
    with elsewhere() as there:
        with pytest.raises(NoAnswer):
            post(there.address.replace("http:", "https:"), "/", {}, headers={}, local=True)
        assert there.asked == []


# ── Where it may go ─────────────────────────────────────────────────────────────────────────────


def test_loopback_is_shut_unless_the_installation_allows_it(there):
    with pytest.raises(ShutNetwork):
        ask(there, local=False)
    assert there.asked == []


@pytest.mark.parametrize(
    ("address", "found", "local", "refusal"),
    [
        ("https://a.example", [PUBLIC], False, None),
        ("https://a.example", [PUBLIC], True, None),
        ("http://a.example", [PUBLIC], False, NotEncrypted),
        ("http://a.example", [PUBLIC], True, NotEncrypted),
        ("http://a.example", [PRIVATE], True, None),
        ("https://a.example", [PRIVATE], False, ShutNetwork),
        ("https://a.example", [PUBLIC, PRIVATE], False, ShutNetwork),
        ("https://a.example", [PUBLIC, PRIVATE], True, ShutNetwork),
        ("https://a.example", [LINK], True, ShutNetwork),
        ("https://a.example", ["0.0.0.0"], True, ShutNetwork),
        ("https://a.example", ["::1"], False, ShutNetwork),
        ("https://a.example", ["::ffff:10.0.0.1"], False, ShutNetwork),
        ("https://a.example", ["64:ff9b::a00:1"], False, ShutNetwork),
        ("https://a.example", ["2002:a00:1::"], False, ShutNetwork),
        ("https://a.example", ["fe80::1%eth0"], True, ShutNetwork),
        ("https://b.example", [PUBLIC], False, NotFound),
        ("https://a.example", [], False, NotFound),
    ],
)
def test_every_address_of_a_name_is_looked_at(names, address, found, local, refusal):
    names["a.example"] = found
    if refusal is None:
        assert reachable(read_address(address), local=local) == found[0]
    else:
        with pytest.raises(refusal):
            reachable(read_address(address), local=local)


def test_a_name_is_looked_up_once_and_what_was_looked_at_is_called(there, names, monkeypatch):
    """A name that leads elsewhere the second time leads nobody astray."""
    asked = []

    def getaddrinfo(host, port, *more, **kwargs):
        if host == "turning.example":
            asked.append(host)
            number = "127.0.0.1" if len(asked) == 1 else LINK
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    address = there.address.replace("127.0.0.1", "turning.example")
    question = {"q": "hej", "source": "sv", "target": "da"}
    post(address, "/translate", question, headers={}, local=True)
    assert asked == ["turning.example"]
    assert there.headers[0]["Host"].startswith("turning.example:")


def test_a_look_up_that_takes_too_long_is_not_waited_for(monkeypatch):
    going_on = threading.Event()
    monkeypatch.setattr(posting, "WAIT", 0.1)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: going_on.wait(5) and [])
    with pytest.raises(TooSlow):
        reachable(read_address("https://a.example"), local=False)
    going_on.set()
