"""Addresses of services are read strictly, and networks of one's own are known as such."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.addresses import BadAddress, Place, is_near, is_public, read_address


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("https://a.example", Place("https", "a.example", 443, "")),
        (" https://A.example/v1/ ", Place("https", "a.example", 443, "/v1")),
        ("http://10.0.0.1:5000", Place("http", "10.0.0.1", 5000, "")),
        ("http://[::1]:5000/x", Place("http", "::1", 5000, "/x")),
        ("https://översätt.example", Place("https", "xn--verstt-eua3l.example", 443, "")),
    ],
)
def test_an_address_is_read(text, place):
    assert read_address(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.example",
        "ftp://a.example",
        "file:///etc/passwd",
        "https://",
        "https://user@a.example",
        "https://user:word@a.example",
        "https://a.example?x=1",
        "https://a.example?",
        "https://a.example#x",
        "https://a.example:0",
        "https://a.example:99999",
        "https://a.example:x",
        "https://[::1",
        "https://[::1%eth0]",
        "https://a.example/a b",
        "https://a.ex\nample",
        "https://a b.example",
        "https://a.example/\r\nX: y",
        "https://a..example",
        "https://" + "a" * 70 + ".example",
    ],
)
def test_what_is_no_address_is_refused_at_its_field(text):
    with pytest.raises(BadAddress) as caught:
        read_address(text)
    assert caught.value.field == "address"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_an_address_or_is_refused(text):
    for typed in (text, f"https://{text}"):
        try:
            place = read_address(typed)
        except BadAddress:
            continue
        assert place.scheme in ("http", "https")
        assert place.host.isascii()
        assert place.path.isascii()
        assert not set(place.host + place.path) & set("\r\n \t")


def test_the_same_service_has_the_same_origin():
    one, two = read_address("https://a.example/v1"), read_address("https://A.example:443")
    assert one.origin == two.origin
    assert one.origin != read_address("http://a.example").origin


NEAR = ["127.0.0.1", "10.9.8.7", "172.16.0.1", "192.168.1.1", "::1", "fd00::1", "::ffff:127.0.0.1"]
NEITHER = [
    "0.0.0.0", "169.254.169.254", "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::",
    "fe80::1", "fe80::1%eth0", "ff02::1", "2002:0a00:0001::", "2001:0:1::1", "64:ff9b::7f00:1",
]  # fmt: skip
PUBLIC = ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822", "::ffff:93.184.216.34"]


@pytest.mark.parametrize("number", NEAR)
def test_loopback_and_private_networks_are_near(number):
    assert (is_near(number), is_public(number)) == (True, False)


@pytest.mark.parametrize("number", NEITHER)
def test_what_is_neither_near_nor_public_is_never_called(number):
    assert not is_public(number)
    if number != "64:ff9b::7f00:1":
        assert not is_near(number)


@pytest.mark.parametrize("number", PUBLIC)
def test_public_addresses_are_known(number):
    assert (is_near(number), is_public(number)) == (False, True)
