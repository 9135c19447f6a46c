"""HTML fragments and pages: one Jinja2 environment, everything escaped, the same for dashboard and plain pages."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from transparency import wording
from transparency.outlets.exhibit import Cell, Image, Link, Mark, Table, cell_text

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates with the filters they use; unknown names are faults, all values are escaped."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["cell"] = cell_html
    templates.filters["data_uri"] = data_uri
    templates.filters["full_date"] = wording.full_date
    templates.filters["capitalised"] = wording.capitalised
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
        return Markup(", ").join(cell_html(part, missing) for part in cell)
    return Markup.escape(cell_text(cell))


def table_html(table: Table) -> str:
    """A real table: caption, column headers, row headers, numbers to the right."""
    return render("table.html", table=table)


def image_html(image: Image, css_class: str = "") -> str:
    """An SVG as an image with its alternative text; as an image it cannot carry script."""
    return str(Markup('<img class="{}" src="{}" alt="{}">').format(css_class, data_uri(image.svg), image.alt))


def data_uri(svg: str) -> str:
    """SVG text as an address that needs no request."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
