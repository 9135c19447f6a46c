"""What editors write in `data/content/`: Markdown with placeholders, and tables as CSV."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from transparency.core.project import EMBEDDED_DATA
from transparency.exhibits.html import environment, table_html

CONTENT = EMBEDDED_DATA / "content"
_MARKUP = re.compile(r"[\\`*_\[\]]")
_ENTITY = re.compile(r"&#(42|9[1-356]);")  # one of these


def content_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table; an empty cell is an empty string."""
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@cache
def content_heading(name: str) -> tuple[str, str]:
    """The title of a page and the line below it."""
    title, line, _ = (CONTENT / f"{name}.md").read_text(encoding="utf-8").split("\n\n", 2)
    return title.removeprefix("# "), line


def content_html(name: str, **values: Any) -> str:
    """A page as HTML with its placeholders, which are Jinja2, filled in. No value can add markup."""
    html: str = MarkdownIt("commonmark").render(_pages().get_template(f"{name}.md").render(values))
    return _ENTITY.sub(lambda match: chr(int(match[1])), html)


def inline_html(text: str) -> str:
    """A line of Markdown as HTML: emphasis, code and links. HTML in it is text, and nothing is fetched."""
    html: str = _inline().renderInline(text)
    return html


@cache
def _pages() -> Environment:
    pages = environment().overlay(loader=FileSystemLoader(CONTENT), finalize=_without_markup)
    pages.filters["table"] = lambda table: Markup(table_html(table))  # noqa: S704 - rendered by our escaping template
    return pages


def _without_markup(value: Any) -> Any:
    """A text with the characters that Markdown reads as markup written as HTML entities; HTML stays as it is."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return Markup(_MARKUP.sub(lambda match: f"&#{ord(match[0])};", escape(value)))  # noqa: S704 - escaped here


@cache
def _inline() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False}).enable(["backticks", "emphasis", "link", "escape", "entity"])
