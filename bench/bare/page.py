"""Templates of the bare pages: an engine of their own, as ``startproject`` sets it up."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates


@functools.cache
def engine() -> DjangoTemplates:
    """Django's template engine with its usual context processors and cached templates."""
    return DjangoTemplates(
        {
            "NAME": "bare",
            "DIRS": [Path(__file__).parent / "templates"],
            "APP_DIRS": False,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                    "django.template.context_processors.i18n",
                ],
            },
        }
    )


def render(
    request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """As ``django.shortcuts.render``, with the engine above."""
    content = engine().get_template(f"bare/{name}.html").render(context, request)
    return HttpResponse(content, status=status)
