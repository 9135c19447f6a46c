"""Boroughs side by side on one measure, or a few of them on all, as exhibits for the dashboard and the plain pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from transparency.boroughs.measures import (
    KM,
    MEASURES,
    Known,
    Measure,
    Reading,
    counters_of,
    known_measures,
    of_boroughs,
    reading,
)
from transparency.boroughs.sentences import compared_headline
from transparency.core.text import in_words, listed
from transparency.exhibits.addresses import borough_address
from transparency.exhibits.cells import borough_column, unique
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Image, Link, Row, Rows, Said, table
from transparency.exhibits.files import one_of, published_as
from transparency.exhibits.strips import Scale, counted_row, scale_to, value_row
from transparency.places.arguments import some_boroughs
from transparency.store.store import Store

FEW = 4
NOTES_OF_EACH = "Each measure has a date and limits of its own, which its own page gives."


@published_as("boroughs-compared", measure=one_of("measure", MEASURES), boroughs=some_boroughs())
def compared_exhibit(store: Store, day: date, measure: str = "counters", codes: tuple[str, ...] = ()) -> Exhibit | None:
    """The boroughs chosen, or all, on one measure; None where nothing of it is known on the day."""
    told, read = MEASURES[measure], reading(store, measure, day)
    if read is None:
        return None
    shown = of_boroughs(read, codes)
    return Exhibit(
        key="compared",
        headline=compared_headline(told, read, shown, bool(codes), partial(counters_of, store, day, shown)),
        subtitle=f"{told.caption}, {read.when}. {_order_words(told)}",
        picture=_picture(told, read, shown, day),
        table=table(f"{told.caption} by borough, {read.when}", _columns(told, read, day), _with_london(read, shown)),
        sources=read.sources,
        note=read.note,
    )


def _order_words(measure: Measure) -> str:
    if measure.unit == "counters":
        return "Those who lost most first, no rank among equals."
    if measure.is_estimate:
        return "Largest first, but no rank: a few points may be no difference."
    if measure.promised is not None or measure.is_between:
        return "Largest first."
    return "Farthest first." if measure.unit == KM else "Largest first. More is neither better nor worse."


def _with_london(read: Reading, shown: Sequence[Known]) -> list[Known]:
    return [*shown, *([read.london] if read.london else [])]


def _columns(measure: Measure, read: Reading, day: date) -> tuple[Column, ...]:
    name = Column(
        "borough_name",
        "Borough",
        cell=lambda each: (
            Link(each.borough_name, borough_address(each.borough_code, day))
            if each.borough_code.startswith("E09")
            else each.borough_name
        ),
    )
    now = Column("value", read.when, True, _value)
    most = Column("at_most", "At most", True, lambda each: each.at_most)
    before = Column("before", read.before_when, True, _before)
    return (name, now, *([most] if measure.is_between else []), *([before] if read.before_when else []))


def _value(each: Known) -> Cell:
    return each.words if each.value is None else Said(each.words, each.value)


def _before(each: Known) -> Cell:
    return Said(each.before_words, each.before) if each.before is not None else None


# ---------------------------------------------------------------- the picture


def _picture(measure: Measure, read: Reading, shown: Sequence[Known], day: date) -> Rows:
    if measure.unit == "counters":
        rows = tuple(Row(_link(each, day), _counted(each, read), _now_words(each)) for each in shown)
        closed = f" Ring: closed since {read.before_when}." if read.before_when else ""
        return Rows(rows, (), f"Filled dot: open.{closed}")
    scale = _scale(measure, read)
    others = [each.value for each in read.boroughs if each.value is not None and each not in shown]
    places = [*shown, *([read.london] if read.london and len(shown) <= FEW else [])]
    rows = tuple(Row(_link(each, day), _drawn(each, read, scale, others), each.words) for each in places)
    return Rows(rows, scale.labels(measure.unit), _key(measure, read, bool(others)))


def _link(each: Known, day: date) -> Link | str:
    if not each.borough_code.startswith("E09"):
        return each.borough_name
    return Link(each.borough_name, borough_address(each.borough_code, day))


def _counted(each: Known, read: Reading) -> Image | None:
    if each.value is None:
        return None
    at_most = int(each.at_most if each.at_most is not None else each.value)
    before = int(each.before_at_most or each.before or 0)
    was = f", {each.before_words} in {read.before_when}" if each.before_words else ""
    return counted_row(each.borough_name, f"{each.words} open{was}", int(each.value), at_most, before)


def _now_words(each: Known) -> str:
    return f"{each.before_words} → {each.words}" if each.before_words else each.words


def _scale(measure: Measure, read: Reading) -> Scale:
    """A scale of all boroughs, so that choosing some does not change it; what was promised, or London's, marked."""
    values = [value for each in read.boroughs for value in (each.value, each.before) if value is not None]
    london = read.london.value if read.london else None
    marks = [each for each in (measure.promised if measure.promised is not None else london,) if each is not None]
    return Scale(20, 5) if measure.is_between else scale_to(max(values, default=1), marks)


def _drawn(each: Known, read: Reading, scale: Scale, others: Sequence[float]) -> Image | None:
    if each.value is None:
        return None
    alt = f"{each.words}, {each.before_words} in {read.before_when}" if each.before_words else each.words
    return value_row(each.borough_name, alt, scale, each.value, each.before, each.at_most, others)


def _key(measure: Measure, read: Reading, has_others: bool) -> str:
    if measure.is_between:
        return "Filled: wards known to have their officers. Outlined: wards that may, not known."
    said = []
    if read.before_when:
        said.append(f"Grey dot: {read.before_when}.")
    if measure.promised is not None:
        said.append(f"Dashed: the {in_words(measure.promised)} promised.")
    elif read.london is not None and read.london.value is not None:
        said.append(f"Dashed: London, {read.london.words}.")
    if has_others:
        said.append("Faint dots: the other boroughs.")
    return " ".join(said)


# ---------------------------------------------------------------- every measure at once


def _readings(store: Store, day: date) -> dict[str, Reading]:
    return {name: read for name in known_measures(store, day) if (read := reading(store, name, day)) is not None}


@published_as("boroughs-measures", measure=one_of("measure", MEASURES))
def measures_exhibit(store: Store, day: date, measure: str = "counters") -> Exhibit | None:
    """Every borough on every measure known on the day, in the order of one of them."""
    readings = _readings(store, day)
    first = readings.get(measure) or next(iter(readings.values()), None)
    if first is None:
        return None
    columns = [
        Column(name, f"{MEASURES[name].caption}, {read.when}", True, partial(_value_of, read))
        for name, read in readings.items()
    ]
    return Exhibit(
        key="measures",
        headline="All boroughs on every measure.",
        subtitle=f"In the order of: {MEASURES[measure].label}.",
        table=table("Boroughs on every measure", (borough_column(day), *columns), first.boroughs),
        sources=unique(source for read in readings.values() for source in read.sources),
        note=NOTES_OF_EACH,
    )


def _value_of(read: Reading, place: Known) -> Cell:
    return _value(next(each for each in read.boroughs if each.borough_code == place.borough_code))


@published_as("boroughs-chosen", boroughs=some_boroughs())
def chosen_exhibit(store: Store, day: date, codes: tuple[str, ...]) -> Exhibit | None:
    """A few boroughs and London beside each other, one row for each measure; None for many, or where none is known."""
    readings = _readings(store, day)
    if not readings or not 0 < len(codes) <= FEW:
        return None
    names = {each.borough_code: each.borough_name for each in next(iter(readings.values())).boroughs}
    columns = [
        Column(f"value_{place}", names[code], True, partial(_value_in, code)) for place, code in enumerate(codes, 1)
    ]
    return Exhibit(
        key="chosen",
        headline=f"{listed([names[code] for code in codes])} on every measure.",
        subtitle="Each measure has a date of its own.",
        table=table(
            "Every measure",
            (
                Column("measure", "Measure", cell=lambda each: f"{each[0].caption}, {each[1].when}"),
                *columns,
                Column("london", "London", True, lambda each: _value(each[1].london) if each[1].london else None),
            ),
            [(MEASURES[name], read) for name, read in readings.items()],
            missing="–",
        ),
        sources=unique(source for read in readings.values() for source in read.sources),
        note=NOTES_OF_EACH,
    )


def _value_in(code: str, measured: tuple[Measure, Reading]) -> Cell:
    """A borough's value; without one why there is none."""
    return _value(next(each for each in measured[1].boroughs if each.borough_code == code))
