"""Documents through Typst: tagged PDF (PDF/UA-1), fit for the archive (PDF/A-3a)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from idesluss.papers.glyphs import FONTS, printable

TEMPLATES = Path(__file__).resolve().parent / "templates"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the document for machines to read. ``text`` is JSON."""

    name: str
    text: str
    description: str


def typeset(template: str, page: Mapping[str, Any], attachment: Attachment | None = None) -> bytes:
    """Return the PDF that ``template`` (a file in ``templates/``) makes of ``page``.

    ``attachment`` travels inside when the template attaches it.

    ``page`` is plain data: texts reach Typst as JSON and are never read as its language, whatever
    they hold. The same arguments give the same bytes. Everything is tagged; a document that
    breaks PDF/UA-1 or PDF/A-3a is not built at all.

    Raises:
        FontsMissing: the build has not run.
    """
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards=["a-3a", "ua-1"],
        sys_inputs={
            "page": json.dumps(_printable(page)),
            **_inputs(attachment),
        },
    )


def _inputs(attachment: Attachment | None) -> dict[str, str]:
    if attachment is None:
        return {}
    return {
        "attachment": attachment.text,
        "name": attachment.name,
        "description": attachment.description,
    }


def _printable(data: Any) -> Any:
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, Mapping):
        return {key: _printable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_printable(value) for value in data]
    return data
