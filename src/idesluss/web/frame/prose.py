"""Text that people wrote, made safe to show. Nothing that anybody typed is ever trusted."""

from __future__ import annotations

from functools import cache

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


def guidance(text: str) -> SafeString:
    """Markdown that staff wrote: lists, emphasis, links, small headings. HTML in it stays text.

    A heading becomes one level that fits under a page's own (h3, or h4 below that).
    """
    html = _markdown().render(text)
    clean = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener"
    )
    return mark_safe(clean)  # noqa: S308  cleaned against a list of tags the step before


@cache
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})

    def lower(tokens: list, index: int, options: object, env: object) -> str:
        token = tokens[index]
        token.tag = {"h1": "h3", "h2": "h3"}.get(token.tag, "h4")
        return reader.renderer.renderToken(tokens, index, options, env)

    reader.add_render_rule("heading_open", lambda self, *it: lower(*it))
    reader.add_render_rule("heading_close", lambda self, *it: lower(*it))
    return reader
