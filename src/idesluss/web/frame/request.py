"""The request as the middleware of the house completes it; views say ``request: Request``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from idesluss.people.models import Organisation

if TYPE_CHECKING:
    from idesluss.web.frame.kept import Kept


class Request(HttpRequest):
    """What a view may count on (see ``middleware``). Only named, never made."""

    user: Any  # a Person, or the anonymous user
    at: datetime  # the one moment of this request, aware UTC
    htmx: bool  # htmx asks, and swaps the answer in
    organisation: Organisation  # of the address; None where the address has none
    chosen_language: str | None  # None: the organisation's language is used
    kept: Kept | None  # text from before sign-in, for ``kept.open_form``
