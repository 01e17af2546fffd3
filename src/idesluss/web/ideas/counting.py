"""How often one place has done something: counted as sign-in counts, and in the same table."""

from __future__ import annotations

from allauth.core.internal import ratelimit

from idesluss.web.frame.request import Request


def too_often(request: Request, what: str, rate: str) -> bool:
    """Whether ``what`` was done too often already, else count it.

    ``rate`` is "20/h/ip", for each person "20/h/user"; several are parted by commas. Only what is
    posted counts.
    """
    used = ratelimit.consume(request, app="idesluss", action=what, config={what: rate})
    return used is None
