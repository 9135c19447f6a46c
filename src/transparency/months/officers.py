"""Ward officers per ward: the mean of a borough or of London over the newest months of one edition."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from transparency.core.text import capitalised, precise_date
from transparency.core.vocabulary import LONDON_CODE, PROMISED_PCS, PROMISED_PCSOS, Precision
from transparency.exhibits.cells import rounded
from transparency.exhibits.exhibit import Column, Exhibit, Image, table
from transparency.exhibits.files import published_as
from transparency.exhibits.svg import CHART_SCALE, CHART_WIDTH, Drawing
from transparency.months.sentences import fte
from transparency.months.time import DATASET_PAGE
from transparency.places.arguments import a_borough
from transparency.places.queries import all_boroughs, find_borough
from transparency.published.queries import series_source
from transparency.published.sentences import edition_note
from transparency.store.store import Store, memoised_between

DATASET = "dwo_fte_borough"
CAVEAT = (
    "Full-time equivalents of constables and PCSOs together, a mean over the months and over the borough's wards of "
    "2022: not people, and not the posts promised. It does not show that any one ward has its two constables and PCSO. "
    "London is of the boroughs with a value."
)


@dataclass(frozen=True)
class Officers:
    """The strength of a borough's or London's ward officers, and the same per ward; `blank_because` says why not."""

    geography_code: str
    month_from: date
    month_to: date
    boroughs_count: int
    wards_count: int
    fte_mean: float | None
    fte_per_ward: float | None
    set_aside_fte: float | None
    blank_because: str | None

    @property
    def months(self) -> str:
        """August 2025 to July 2026."""
        first, last = (precise_date(day, Precision.MONTH) for day in (self.month_from, self.month_to))
        return f"{first} to {last}"

    @property
    def why_blank(self) -> str:
        """Why there is no value, in few words: most teams seem to be missing from the workbook."""
        return (self.blank_because or "not published").removeprefix("not credible: ").partition(", as ")[0]


@memoised_between("SELECT month_to AS day FROM officers_per_ward")
def officers_by_place(store: Store, day: date) -> dict[str, Officers]:
    """Every borough and London, where the months had ended by the day."""
    sql = "SELECT * FROM officers_per_ward WHERE month_to <= $day"
    return {each.geography_code: each for each in store.records(Officers, sql, day=day)}


def officers_sentence(name: str, known: Officers, london: Officers | None) -> str:
    """How many ward officers a ward of a place had on average, London beside a borough; or why that is not known."""
    if known.fte_per_ward is None:
        why = f" {capitalised(known.why_blank)}." if known.blank_because else ""
        return f"We do not know how many ward officers {name} had from {known.months}.{why}"
    said = f"{name} had {fte(known.fte_per_ward)} full-time equivalent ward officers a ward on average, {known.months}"
    if known.geography_code == LONDON_CODE:
        return f"{said}: {fte(known.fte_mean)} in all for {known.wards_count} wards in {known.boroughs_count} boroughs."
    if london is None or london.fte_per_ward is None:
        return f"{said}."
    return f"{said}; London had {fte(london.fte_per_ward)}."


def limits(london: Officers) -> str:
    """What the officers of a ward on average do not say."""
    return (
        "Officers are constables and PCSOs together, and no single ward is shown; London is "
        f"{london.boroughs_count} boroughs."
    )


@published_as("officers-per-ward", borough=a_borough())
def officers_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """The strength of a borough's ward officers and the same per ward, London beside."""
    known = officers_by_place(store, day)
    own, london = known.get(borough_code), known.get(LONDON_CODE)
    source = series_source(store, DATASET, own.month_to) if own else None
    if own is None or source is None:
        return None
    name = find_borough(store, borough_code).borough_name
    names = {borough_code: name, LONDON_CODE: "London"}
    return Exhibit(
        key="officers-per-ward",
        headline=officers_sentence(name, own, london),
        subtitle=f"Mean strength of ward officers and the same per ward, {name} and London, {own.months}; full-time "
        "equivalents.",
        table=table(
            f"Ward officers per ward, {name} and London",
            (
                Column("place", "Place", cell=lambda each: names[each.geography_code]),
                rounded("fte_per_ward", "FTE per ward", 1),
                rounded("fte_mean", "FTE", 1),
                Column("wards_count", "Wards of 2022", True),
                Column("boroughs_count", "Boroughs with a value", True, boroughs_with_value),
                Column("blank_because", "Why not", cell=lambda each: each.blank_because or "–"),
            ),
            [each for each in (own, london) if each is not None],
            missing="not published",
        ),
        sources=(source,),
        note=f"{CAVEAT} {edition_note(source, DATASET_PAGE)}",
    )


# ---------------------------------------------------------------- all boroughs at once


@published_as("officers-by-borough", borough=a_borough())
def spread_exhibit(store: Store, day: date, borough_code: str | None = None) -> Exhibit | None:
    """Ward officers per ward in every borough on one scale, London and the borough asked for named."""
    known = officers_by_place(store, day)
    london = known.get(LONDON_CODE)
    source = series_source(store, DATASET, london.month_to) if london else None
    if london is None or london.fte_per_ward is None or source is None:
        return None
    names = {each.borough_code: each.borough_name for each in all_boroughs(store)} | {LONDON_CODE: "London"}
    headline = _spread_headline(london, known.get(borough_code or ""), names.get(borough_code or ""))
    return Exhibit(
        key="officers-by-borough",
        headline=headline,
        subtitle=f"Ward officers a ward, mean of {london.months}, full-time equivalents. One mark for each borough.",
        picture=_spread_image(known, names, borough_code, headline),
        table=table(
            "Ward officers a ward by borough",
            (
                Column("borough_name", "Borough", cell=lambda each: names[each.geography_code]),
                rounded("fte_per_ward", "Officers a ward", 1),
                Column("wards_count", "Wards of 2022", True),
                Column("blank_because", "Why not", cell=lambda each: each.blank_because or "–"),
            ),
            sorted(known.values(), key=lambda each: (each is london, names[each.geography_code])),
            missing="not published",
        ),
        sources=(source,),
        note=f"{CAVEAT} {edition_note(source, DATASET_PAGE)}",
    )


def _spread_headline(london: Officers, own: Officers | None, name: str | None) -> str:
    whole = f"{fte(london.fte_per_ward)} officers on average"
    if own is None or name is None:
        return f"A ward in London had {whole}, {london.months}, constables and PCSOs together. Three were promised."
    if own.fte_per_ward is None:
        return f"We have no figure for {name}. In London a ward had {whole}, {london.months}."
    had = f"A ward in {name} had {fte(own.fte_per_ward)} officers on average, {own.months}."
    return f"{had} In London it was {fte(london.fte_per_ward)}."


AXIS = 134  # how far down the scale of the boroughs is


def _spread_image(known: dict[str, Officers], names: dict[str, str], borough_code: str | None, headline: str) -> Image:
    """A mark for each borough on one scale; the ends, London and the borough asked for have their names."""
    shown = sorted(
        ((each.fte_per_ward, code) for code, each in known.items() if each.fte_per_ward and code != LONDON_CODE),
    )
    low, high = shown[0], shown[-1]
    first, last = min(int(low[0]), PROMISED_PCS), int(high[0]) + 1
    alt = f"{headline} Boroughs from {fte(low[0])} in {names[low[1]]} to {fte(high[0])} in {names[high[1]]}."
    drawing = Drawing(CHART_WIDTH, 200, "Ward officers a ward, by borough", alt, CHART_SCALE)

    def across(value: float) -> float:
        return round(20 + (CHART_WIDTH - 40) * (value - first) / (last - first), 1)

    drawing.add("line", x1=20, y1=AXIS, x2=CHART_WIDTH - 20, y2=AXIS, class_="line")
    for level in range(first, last + 1):
        drawing.add("text", str(level), x=across(level), y=AXIS + 20, text_anchor="middle", class_="soft")
    promised = across(PROMISED_PCS + PROMISED_PCSOS)
    drawing.add("line", x1=promised, y1=44, x2=promised, y2=AXIS, class_="promise", stroke_dasharray="2 4")
    drawing.add("text", "3 promised", x=promised, y=AXIS + 40, text_anchor="middle", class_="soft")
    stacked: Counter[float] = Counter()
    for value, code in shown:
        look = "met" if code == borough_code else "ring"
        drawing.add("circle", cx=across(value), cy=AXIS - 10 - 14 * stacked[value], r=5, class_=look, stroke_width=2)
        stacked[value] += 1
    named = [
        (low[0], names[low[1]], 34),
        (high[0], names[high[1]], 34),
        (known[LONDON_CODE].fte_per_ward or 0, "London", 14),
    ]
    drawing.add("path", d=f"M{across(named[-1][0])},20V{AXIS}", class_="ink", stroke_dasharray="1 3")
    own = known.get(borough_code or "")
    if own is not None and own.fte_per_ward is not None and borough_code not in (low[1], high[1]):
        named.append((own.fte_per_ward, names[own.geography_code], AXIS + 58))
    for value, name, y in named:
        words, x = f"{name} {fte(value)}", across(value)
        half = len(words) * 4
        drawing.add("text", words, x=min(max(x, half), CHART_WIDTH - half), y=y, text_anchor="middle", class_="halo")
    return Image(drawing.text(), alt)


def boroughs_with_value(known: Officers) -> int:
    """How many boroughs a value is of."""
    return 0 if known.fte_mean is None else known.boroughs_count
