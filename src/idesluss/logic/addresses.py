"""Addresses of services elsewhere, read; and which of them lie in a network of one's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from idesluss.logic.refusals import Refusal, gettext_noop

_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_PATH = re.compile(r"(?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*")
NEAR = tuple(
    map(
        ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"),
    )
)
"""Loopback and private networks (RFC 1918, RFC 4193); link-local addresses are not among them."""
TRANSLATED = ip_network("64:ff9b::/96")  # an IPv4 address inside an IPv6 one (RFC 6052)


class BadAddress(Refusal):
    """What is written is no address of a service."""

    sentence = gettext_noop(
        "This is no address of a service. It looks like https://translate.example.org, without "
        "user name, question mark or #."
    )
    field = "address"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service is: scheme ("https" or "http"), host, port, path without a last slash."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """What must be the same for it to be the same service."""
        return self.scheme, self.host, self.port


def read_address(text: str) -> Place:
    """Read the address of a service.

    Raises:
        BadAddress: it is none, or holds what has no place in it (a password, a query).
    """
    text = text.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        host = str(IPv6Address(host)) if ":" in host else host.encode("idna").decode().lower()
    except (ValueError, UnicodeError):
        raise BadAddress from None
    path = parts.path.rstrip("/")
    more = parts.username, parts.password, parts.query, parts.fragment
    usable = parts.scheme in ("https", "http") and not any(more) and "?" not in text and port != 0
    plain = text.isprintable() and _HOST.fullmatch(host) and _PATH.fullmatch(path)
    if not usable or not plain:
        raise BadAddress
    usual = 443 if parts.scheme == "https" else 80
    return Place(parts.scheme, host, port or usual, path)


def is_near(number: str) -> bool:
    """Whether an IP address is of loopback or of a private network."""
    address = _inner(number)
    return any(address in network for network in NEAR if network.version == address.version)


def is_public(number: str) -> bool:
    """Whether an IP address is one that everybody in the world reaches."""
    address = _inner(number)
    if isinstance(address, IPv6Address) and (address.sixtofour or address.teredo):
        return False
    return address.is_global and not address.is_multicast


def _inner(number: str) -> IPv4Address | IPv6Address:
    """An IP address; of one that only wraps an IPv4 address, that one."""
    address = ip_address(number.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in TRANSLATED:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
