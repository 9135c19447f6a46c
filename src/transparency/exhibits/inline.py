"""A line of Markdown as HTML: emphasis, code and links. HTML in it is text, and nothing is fetched."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt


def inline_html(text: str) -> str:
    """The line as HTML."""
    html: str = _markdown().renderInline(text)
    return html


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False}).enable(["backticks", "emphasis", "link", "escape", "entity"])
