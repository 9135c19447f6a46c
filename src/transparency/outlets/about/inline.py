"""A line of Markdown as HTML: emphasis, code and links. HTML in it is text, and nothing is fetched."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt


def inline_html(text: str) -> str:
    """The line as HTML."""
    return _markdown().renderInline(text)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False}).enable(["backticks", "emphasis", "link", "escape", "entity"])
