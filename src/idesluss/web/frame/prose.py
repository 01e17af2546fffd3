"""Text that people wrote, made safe to show. Nothing that anybody typed is ever trusted."""

from __future__ import annotations

from functools import cache, lru_cache

import nh3
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "ul",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}


def paragraphs(text: str) -> SafeString:
    """Plain text as paragraphs: empty lines part them, single line breaks stay. Escaped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    blocks = [block.strip("\n") for block in lines.split("\n\n") if block.strip()]
    whole = (
        mark_safe(escape(block).replace("\n", "<br>\n"))  # noqa: S308  escaped the step before
        for block in blocks
    )
    return format_html_join("\n", "<p>{}</p>", ((block,) for block in whole))


@lru_cache(maxsize=512)  # what is read is read again: by everybody on the case, in every step
def guidance(text: str) -> SafeString:
    """Markdown that staff wrote: lists, emphasis, links, small headings. HTML in it stays text.

    Headings come out as h3, or h4 when they are small, to fit under a page's own.
    """
    reader = _markdown()
    tokens = reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2", "h3") else "h4"
    html = reader.renderer.render(tokens, reader.options, {})
    clean = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener"
    )
    return mark_safe(clean)  # noqa: S308  cleaned against a list of tags the step before


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True})
