"""An exhibit: a finding with its chart, its table, its source and its address. None of them can be left out.

The same exhibit is shown by the dashboard, the plain pages and the print, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from transparency.core.text import full_date, number, precise_date
from transparency.core.vocabulary import Precision


@dataclass(frozen=True)
class Link:
    """A cell or line that leads somewhere: the text and an address, of this site or of a source."""

    text: str
    href: str


@dataclass(frozen=True)
class Mark:
    """A status as symbol, word and colour, always all three. `css_class` names the colour."""

    symbol: str
    word: str
    css_class: str


@dataclass(frozen=True)
class Said:
    """A number that a page says in its own words ("+2", "no change"), while a file has the number."""

    words: str
    value: float | None


Cell = str | int | float | date | Link | Mark | Said | None | tuple["Cell", ...]


@dataclass(frozen=True)
class Column:
    """A column: its name in the CSV, its heading, and how a record becomes its cell.

    Without `cell` it is what the record has under the column's name.
    """

    name: str
    label: str
    is_number: bool = False
    cell: Callable[[Any], Cell] | None = None

    def of(self, record: Any) -> Cell:
        """The cell of a record."""
        if self.cell is not None:
            return self.cell(record)
        named: Cell = named_in(record, self.name)
        return named


def named_in(record: Any, name: str) -> Any:
    """What a record has under a name, be it a row of a query or an object."""
    return record[name] if isinstance(record, Mapping) else getattr(record, name)


@dataclass(frozen=True)
class Table:
    """Rows under columns, the first cell of each row naming it. `missing` is the word for an empty cell."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    missing: str = "not known"


def table(caption: str, columns: Iterable[Column], records: Iterable[Any], missing: str = "not known") -> Table:
    """The records under declared columns."""
    declared = tuple(columns)
    rows = tuple(tuple(column.of(record) for column in declared) for record in records)
    return Table(caption, declared, rows, missing)


@dataclass(frozen=True)
class Source:
    """Where a figure comes from and the date it describes."""

    publisher: str
    title: str
    url: str | None
    as_at: date | None = None
    precision: Precision = Precision.DAY
    published_on: date | None = None

    @property
    def as_at_words(self) -> str:
        """The day of the figure, and separately that of its release where it is another."""
        if self.as_at is None:
            return ""
        figure_day = precise_date(self.as_at, self.precision)
        if self.published_on in (None, self.as_at):
            return f"as at {figure_day}"
        return f"released {full_date(self.published_on)}, figure for {figure_day}"


@dataclass(frozen=True)
class Image:
    """A still picture: SVG text and what it shows in words."""

    svg: str
    alt: str


@dataclass(frozen=True)
class Chart:
    """An interactive picture: a Plotly figure or a pydeck deck, what it shows in words, and how to draw it still.

    `still` gives the same picture as SVG text for plain pages and paper; None where the table has to do.
    """

    figure: Any
    alt: str
    still: Callable[[], str] | None = None


@dataclass(frozen=True)
class Row:
    """One line of a picture in rows: what it is of, what is drawn of it, and its value in words; nothing is drawn of
    what is not known."""

    place: Link | str
    drawing: Image | None
    words: str


@dataclass(frozen=True)
class Rows:
    """A picture of one line for each place, all on the scale that `axis` labels at even steps; `key` says what the
    marks mean."""

    rows: tuple[Row, ...]
    axis: tuple[str, ...]
    key: str

    @property
    def alt(self) -> str:
        """What every row says."""
        said = (f"{cell_text(row.place)} {row.drawing.alt if row.drawing else row.words}" for row in self.rows)
        return f"{'; '.join(said)}."


@dataclass(frozen=True)
class Exhibit:
    """Headline (the finding, made from the data), subtitle (measure, place, day, unit), picture, table, sources.

    `csv_href` is the address of the same rows as CSV; None where the rows are not published as a file.
    """

    key: str
    headline: str
    subtitle: str
    table: Table
    sources: tuple[Source, ...]
    picture: Image | Chart | Rows | None = None
    csv_href: str | None = None
    note: str = ""

    @property
    def still(self) -> Exhibit:
        """The exhibit with an interactive chart drawn still, or without it where its table has to do."""
        if not isinstance(self.picture, Chart):
            return self
        draw = self.picture.still
        return replace(self, picture=Image(draw(), self.picture.alt) if draw is not None else None)


def cell_text(cell: Cell, missing: str = "not known") -> str:
    """A cell as plain words."""
    if cell is None:
        return missing
    if isinstance(cell, Link):
        return cell.text
    if isinstance(cell, Mark):
        return f"{cell.symbol} {cell.word}"
    if isinstance(cell, Said):
        return cell.words
    if isinstance(cell, tuple):
        return ", ".join(cell_text(part, missing) for part in cell)
    if isinstance(cell, date):
        return precise_date(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return number(cell)
    return cell
