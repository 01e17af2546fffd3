"""Bare Django over our tables: the same rows, no rules, no access beyond being signed in.

As a Django developer writes it in an hour: generic middleware, QuerySets with select_related and
prefetch_related, Django's own forms and formsets, plain tables. ``application()`` is its WSGI
application; it stands beside ours in the same process and asks the same database.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings

# Django's own project template, and LocaleMiddleware for a service in several languages.
MIDDLEWARE = [
    "bench.bare.own_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def application() -> WSGIHandler:
    """The WSGI application with the middleware above."""
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        return WSGIHandler()


def own_addresses(respond: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Addresses of the bare pages instead of ours."""

    def answer(request: Any) -> HttpResponse:
        request.urlconf = "bench.bare.urls"
        return respond(request)

    return answer
