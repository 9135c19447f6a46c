"""HTML fragments and pages: one Jinja2 environment, everything escaped, the same for dashboard and plain pages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from transparency.core import text as wording
from transparency.exhibits.exhibit import Cell, Exhibit, Image, Link, Mark, Rows, Table, cell_text
from transparency.store.age import clock_doubt

_LINE_BREAK = re.compile(r"\s*\n\s*")
# What may not stand in an address within an attribute, as it is written there (RFC 3986, 2.1). In base64 a drawing
# would be a third longer, and compressed twice as long.
_IN_ADDRESS = {character: f"%{ord(character):02X}" for character in "%#<>&\"'\n\r\t"}
_WRITTEN = str.maketrans(_IN_ADDRESS)
SVG_IMAGE = re.compile(r'<img[^>]*src="(data:image/svg\+xml,[^"]+)"[^>]*>')
TEMPLATES = Path(__file__).parent / "templates"
MOST_IN_ONE_COLUMN = 12


@cache
def environment() -> Environment:
    """The templates with the filters they use; unknown names are errors, all values are escaped."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["cell"] = cell_html
    templates.filters["data_uri"] = data_uri
    templates.filters["full_date"] = wording.full_date
    templates.filters["capitalised"] = wording.capitalised
    templates.globals["clock_doubt"] = clock_doubt
    templates.globals["precise_date"] = wording.precise_date
    templates.globals["number"] = wording.number
    return templates


def render(template: str, **context: Any) -> str:
    """One template with its context, as HTML."""
    return environment().get_template(template).render(**context)


def cell_html(cell: Cell, missing: str = "not known") -> Markup:
    """A cell as HTML: links as links, marks with their symbol hidden from the ear, the rest escaped."""
    if cell is None:
        return Markup('<span class="missing">{}</span>').format(missing)
    if isinstance(cell, Link):
        return Markup('<a href="{}">{}</a>').format(cell.href, cell.text)
    if isinstance(cell, Mark):
        return Markup('<span class="mark {}"><span aria-hidden="true">{}</span> {}</span>').format(
            cell.css_class, cell.symbol, cell.word
        )
    if isinstance(cell, tuple):
        # One element, so that it stays one thing where a table's cells are laid out as cards.
        return Markup("<span>{}</span>").format(Markup(", ").join(cell_html(part, missing) for part in cell))
    return Markup.escape(cell_text(cell))


def table_html(table: Table) -> str:
    """A real table: caption, column headers, row headers, numbers to the right."""
    return render("table.html", table=table)


def image_html(image: Image) -> str:
    """An SVG as an image with its alternative text; as an image it cannot carry script."""
    return str(Markup('<img class="" src="{}" alt="{}">').format(data_uri(image.svg), image.alt))


def rows_html(picture: Rows) -> str:
    """A picture of rows, many of them in two columns; each row is text with what is drawn of it."""
    half = (len(picture.rows) + 1) // 2 if len(picture.rows) > MOST_IN_ONE_COLUMN else len(picture.rows)
    columns = [part for part in (picture.rows[:half], picture.rows[half:]) if part]
    return render("rows.html", columns=columns, axis=picture.axis, key=picture.key)


def still_exhibit_html(exhibit: Exhibit, level: int = 2, is_table_open: bool = True) -> str:
    """An exhibit whose picture, if it has one, is a still image: complete in one piece of HTML."""
    head = render("exhibit_head.html", exhibit=exhibit, level=level)
    picture = ""
    if isinstance(exhibit.picture, Rows):
        picture = rows_html(exhibit.picture)
    elif isinstance(exhibit.picture, Image):
        picture = image_html(exhibit.picture)
    return head + picture + exhibit_foot_html(exhibit, is_table_open)


def exhibit_foot_html(exhibit: Exhibit, is_table_open: bool = True) -> str:
    """What is below a picture. A table stands open only where it is short and no picture shows the same."""
    return render("exhibit_foot.html", exhibit=exhibit, is_table_open=is_table_open and exhibit.picture is None)


def in_one_line(html: str) -> str:
    """The same HTML without line breaks, for pieces without preformatted text: the framework takes the indent of
    every line away each time it shows one."""
    return _LINE_BREAK.sub(" ", html)


def inline_pictures(html: str) -> str:
    """HTML whose images are SVG data, with each drawn into the page itself: title and description are read."""
    return SVG_IMAGE.sub(lambda match: drawn_in(match[1]), html)


def data_uri(svg: str) -> str:
    """SVG text as an address that needs no request."""
    return "data:image/svg+xml," + svg.translate(_WRITTEN)


def drawn_in(uri: str) -> str:
    """The SVG text that `data_uri` wrote as an address."""
    svg = uri.removeprefix("data:image/svg+xml,")
    for character, written in reversed(_IN_ADDRESS.items()):
        svg = svg.replace(written, character)
    return svg
