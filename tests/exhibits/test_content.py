"""Pages of editors' Markdown: placeholders are filled in as text, whatever they hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from transparency.exhibits import content
from transparency.exhibits.exhibit import Column, Table


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(content, "CONTENT", tmp_path)
    content._pages.cache_clear()
    content.content_heading.cache_clear()
    yield tmp_path / "page.md"
    content._pages.cache_clear()
    content.content_heading.cache_clear()


@pytest.mark.parametrize("value", ["*x* _y_ `z`", "[a](https://example.org)", "<b>x</b> & y", r"a\*b", "![i](j.png)"])
def test_a_value_adds_no_markup(page: Path, value: str) -> None:
    page.write_text("# Title\n\nLine.\n\n**Said:** {{ value }}\n\n<pre>{{ value }}</pre>\n")
    html = content.content_html("page", value=value)
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<p><strong>Said:</strong> {escaped}</p>" in html
    assert f"<pre>{escaped}</pre>" in html


def test_a_table_is_put_in_whole_and_words_around_it_are_markdown(page: Path) -> None:
    page.write_text("# Title\n\nLine with `code`.\n\n{{ rows|table }}\n\n[A link](/data/).\n")
    html = content.content_html("page", rows=Table("Wards", (Column("name", "Ward"),), (("*Abbey*",),)))
    assert '<th scope="row">*Abbey*</th>' in html
    assert "<code>code</code>" in html and '<a href="/data/">A link</a>' in html


def test_the_heading_is_the_title_and_the_line_below(page: Path) -> None:
    page.write_text("# Title\n\nWhat it is.\n\nBody.\n")
    assert content.content_heading("page") == ("Title", "What it is.")
