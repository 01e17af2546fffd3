"""Post a question to a service elsewhere and read its answer, both JSON.

What keeps an address that somebody has typed from reaching where it should not: the name is looked
up once, and the connection goes to exactly the addresses that were looked at; networks of one's
own are shut unless whoever runs the installation has opened them (``local``), and then only
loopback and private ones; beyond them everything is encrypted; no answer leads anywhere else; no
proxy of the environment is asked; nothing takes longer or is larger than said here.
"""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from typing import Any

from idesluss.logic.addresses import Place, is_near, is_public, read_address
from idesluss.logic.refusals import Refusal, gettext_noop, require

WAIT = 5.0  # seconds: to look a name up, and again for the whole answer
LARGEST = 500_000  # bytes of an answer


class CallFailed(Refusal):
    """The service elsewhere could not be asked. Needs ``host``."""

    sentence = gettext_noop("%(host)s could not be asked. Try again later.")


class ShutNetwork(CallFailed):
    """The address lies in a network where nothing may be called."""

    sentence = gettext_noop(
        "%(host)s lies in a network of our own, where this service calls nobody. Whoever runs the "
        "installation can allow it."
    )
    field = "address"


class NotEncrypted(CallFailed):
    """The address is not encrypted."""

    sentence = gettext_noop("The address must begin with https, so that nobody reads along.")
    field = "address"


class NotFound(CallFailed):
    """Nothing has that name."""

    sentence = gettext_noop("Nothing on the network is called %(host)s. Look at the address.")
    field = "address"


class NoAnswer(CallFailed):
    """Nobody listens there, or the line broke."""

    sentence = gettext_noop("Nobody answers at %(host)s.")
    field = "address"


class NotTrusted(CallFailed):
    """The certificate does not fit."""

    sentence = gettext_noop("%(host)s cannot prove that it is who it says: its certificate is bad.")
    field = "address"


class TooSlow(CallFailed):
    """No answer in time. Needs ``seconds`` too."""

    sentence = gettext_noop("%(host)s has not answered in %(seconds)s seconds. Try again later.")


class KeyRefused(CallFailed):
    """401 or 403."""

    sentence = gettext_noop("%(host)s does not accept the key.")
    field = "api_key"


class SentElsewhere(CallFailed):
    """A redirection, which is not followed."""

    sentence = gettext_noop("%(host)s sends on to another address. Connect that one itself.")
    field = "address"


class TooBusy(CallFailed):
    """429 or 503."""

    sentence = gettext_noop("%(host)s has too much to do just now. Try again later.")


class SaysNo(CallFailed):
    """Any other status. Needs ``status`` too."""

    sentence = gettext_noop("%(host)s answers with the error %(status)s. Look at the address.")
    field = "address"


class TooMuch(CallFailed):
    """A larger answer than anything we ask for can have."""

    sentence = gettext_noop("%(host)s answers with far more than was asked for.")


class Strange(CallFailed):
    """An answer that cannot be read."""

    sentence = gettext_noop("%(host)s answers with something that is no translation.")


def post(address: str, path: str, question: Any, *, headers: Mapping[str, str], local: bool) -> Any:
    """Post ``question`` to ``path`` below ``address`` and return what is answered.

    ``local``: loopback and private networks may be called too, also without encryption.

    Raises:
        BadAddress: it is no address.
        CallFailed: what went wrong, as one of its classes.
    """
    place = read_address(address)
    number = reachable(place, local=local)
    status, told = _exchange(place, number, path, question, headers)
    _look_at(place, status)
    require(len(told) <= LARGEST, TooMuch(host=place.host))
    try:
        return json.loads(told)
    except (ValueError, RecursionError):
        raise Strange(host=place.host) from None


def reachable(place: Place, *, local: bool) -> str:
    """The IP address to connect to, after every one of the name's has been looked at.

    Raises:
        NotFound, TooSlow: the name leads nowhere, or nobody says in time where.
        ShutNetwork: one of them lies where nothing may be called.
        NotEncrypted: it is reached without encryption beyond the networks of one's own.
    """
    numbers = _look_up(place)
    near = local and all(map(is_near, numbers))
    require(near or all(map(is_public, numbers)), ShutNetwork(host=place.host))
    require(near or place.scheme == "https", NotEncrypted(host=place.host))
    return numbers[0]


def _look_up(place: Place) -> list[str]:
    """Every IP address of the host."""
    found: list[str] = []

    def ask() -> None:
        with suppress(OSError, UnicodeError):
            told = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
            found.extend(str(where[0]) for *_, where in told)

    asking = threading.Thread(target=ask, daemon=True)  # a look-up cannot be told to hurry
    asking.start()
    asking.join(WAIT)
    require(not asking.is_alive(), TooSlow(host=place.host, seconds=int(WAIT)))
    require(bool(found), NotFound(host=place.host))
    return found


class _Connection(HTTPConnection):
    """A connection to an IP address that was looked at, named as what was asked for."""

    def __init__(self, place: Place, number: str) -> None:
        super().__init__(place.host, place.port, timeout=WAIT)
        self.place, self.number = place, number
        self.line: socket.socket | None = None  # stays, when the answer has taken over ``sock``
        if place.scheme == "https":
            self.default_port = 443

    def connect(self) -> None:
        self.sock = self.line = socket.create_connection((self.number, self.port), WAIT)
        if self.place.scheme == "https":
            context = ssl.create_default_context()
            self.sock = self.line = context.wrap_socket(
                self.sock, server_hostname=self.place.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def cut(self) -> None:
        """Break off whatever is being waited for."""
        if self.line is not None:
            with suppress(OSError):  # it may have just ended by itself
                socket.socket.shutdown(self.line, socket.SHUT_RDWR)


def _exchange(
    place: Place, number: str, path: str, question: Any, headers: Mapping[str, str]
) -> tuple[int, bytes]:
    """Ask, and return status and answer, of which no more is read than one byte too many."""
    body = json.dumps(question).encode()
    sent = {"Content-Type": "application/json", "Accept": "application/json", **headers}
    connection = _Connection(place, number)
    late = threading.Event()

    def cut() -> None:
        late.set()
        connection.cut()

    clock = threading.Timer(WAIT, cut)  # one byte at a time would satisfy any socket's patience
    clock.daemon = True
    clock.start()
    try:
        connection.request("POST", place.path + path, body, sent)
        with connection.getresponse() as answer:
            status, told = answer.status, answer.read(LARGEST + 1)
    except ssl.SSLCertVerificationError:
        raise NotTrusted(host=place.host) from None
    except (OSError, HTTPException) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise TooSlow(host=place.host, seconds=int(WAIT)) from None
        raise NoAnswer(host=place.host) from None
    finally:
        clock.cancel()
        connection.close()
    require(not late.is_set(), TooSlow(host=place.host, seconds=int(WAIT)))
    return status, told


def _look_at(place: Place, status: int) -> None:
    """Raise what an answer's status says, if it is not a good one."""
    host = place.host
    require(not 300 <= status < 400, SentElsewhere(host=host))
    require(status not in (401, 403), KeyRefused(host=host))
    require(status not in (429, 503), TooBusy(host=host))
    require(200 <= status < 300, SaysNo(host=host, status=status))
