"""What ward officers' recorded time went to, by type and calendar year: one small picture for each type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from transparency.core.text import MONTH_NAMES, capitalised, listed, possessive
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Image, Said, Source, table
from transparency.exhibits.svg import CHART_SCALE, CHART_WIDTH, Drawing
from transparency.months.queries import Place, TypeYear

MOST_PANELS, PANEL_HEIGHT, BARS_HEIGHT, GAP = 4, 124, 62, 24
PANEL_WIDTH = (CHART_WIDTH - GAP) / 2


def year_words(first_month: date, last_month: date) -> str:
    """A calendar year by its months: 2023, or January to March 2024 where it is not whole."""
    first, last = first_month.month, last_month.month
    if (first, last) == (1, 12):
        return str(first_month.year)
    months = MONTH_NAMES[first - 1] + (f" to {MONTH_NAMES[last - 1]}" if last != first else "")
    return f"{months} {first_month.year}"


def _when(year: TypeYear) -> str:
    return year_words(year.first_month, year.last_month)


def types_exhibit(
    key: str, place: Place, rows: Sequence[TypeYear], words: dict[str, str], edition: str, source: Source, note: str
) -> Exhibit | None:
    """The types of a place's time in one edition, rows by year and within it the largest first; None without any."""
    years = list({each.year: each for each in rows}.values())
    newest = [each for each in rows if each.year == years[-1].year and each.is_elsewhere] if years else []
    if not newest or not newest[0].recorded_percent:
        return None
    kinds = {each.activity_type: each for each in (*(it for it in rows if it.year == years[-1].year), *rows)}
    order = dict.fromkeys((*(each.activity_type for each in newest), *kinds))
    shares = {(each.activity_type, each.year): each for each in rows}
    named = {kind: words.get(kind, kind) for kind in order}
    drawn = [kind for kind in order if kinds[kind].is_elsewhere][:MOST_PANELS]
    alt = _alt(drawn, years, shares, named)

    def of_year(year: TypeYear) -> Column:
        name = f"recorded_{year.year}_percent"
        return Column(name, _when(year), True, lambda kind: _share(shares.get((kind, year.year))))

    return Exhibit(
        key=key,
        headline=_headline(place, newest, named),
        subtitle=f"Share of recorded time by type, {edition}, {years[0].year} to {years[-1].year}, in %. One scale. "
        "Hollow: not a whole year." + ("" if len(drawn) == len(newest) else " The table has every type."),
        picture=Image(types_svg(drawn, years, shares, named, alt), alt),
        table=table(
            f"Recorded time by type and year, {place.name}, %",
            (Column("activity_type", "Type", cell=lambda kind: named[kind]), *map(of_year, years)),
            order,
            missing="none recorded",
        ),
        sources=(source,),
        note=note,
    )


def _headline(place: Place, newest: Sequence[TypeYear], named: dict[str, str]) -> str:
    """The type that took most of the time elsewhere in the newest year; each of those that are level."""
    whose, when = f"{possessive(place.name)} time elsewhere", _when(newest[0])
    percent = newest[0].recorded_percent
    level = [named[each.activity_type] for each in newest if each.recorded_percent == percent]
    hours = f"{percent:.1f}% of recorded hours{' each' * (len(level) > 1)}"
    return f"{capitalised(listed(level))} took the largest part of {whose}: {hours}, {when}."


def _share(known: TypeYear | None) -> Cell:
    """A type's share with one decimal; hours that round to nought are not none."""
    if known is None or known.recorded_percent is None:
        return None
    is_trace = known.hours > 0 and known.recorded_percent == 0
    return Said("under 0.1" if is_trace else f"{known.recorded_percent:.1f}", known.recorded_percent)


def _alt(
    kinds: Sequence[str],
    years: Sequence[TypeYear],
    shares: dict[tuple[str, int], TypeYear],
    named: dict[str, str],
) -> str:
    """The first and the last year of each type in words."""

    def percent(kind: str, year: TypeYear) -> str:
        known = shares.get((kind, year.year))
        return "none recorded" if known is None else f"{known.recorded_percent or 0:.1f}%"

    ends = dict.fromkeys((years[0], years[-1]))
    said = [f"{named[kind]} {', '.join(f'{percent(kind, year)} in {_when(year)}' for year in ends)}" for kind in kinds]
    return f"Bars by year for each type of time elsewhere: {'; '.join(said)}."


def types_svg(
    kinds: Sequence[str],
    years: Sequence[TypeYear],
    shares: dict[tuple[str, int], TypeYear],
    named: dict[str, str],
    alt: str,
) -> str:
    """One panel for each type, all on one scale, with a bar for each year; the highest and the newest have a value."""
    rows = (len(kinds) + 1) // 2
    drawing = Drawing(CHART_WIDTH, PANEL_HEIGHT * rows, "Time elsewhere by type and year", alt, CHART_SCALE)
    drawn = {kind: [shares.get((kind, year.year)) for year in years] for kind in kinds}
    top = max((it.recorded_percent or 0 for series in drawn.values() for it in series if it), default=0) or 1
    step = PANEL_WIDTH / len(years)
    for place, (kind, series) in enumerate(drawn.items()):
        left, ground = (PANEL_WIDTH + GAP) * (place % 2), PANEL_HEIGHT * (place // 2) + PANEL_HEIGHT - 24
        title = capitalised(named[kind])
        drawing.add("text", title, x=left, y=ground - BARS_HEIGHT - 20, font_weight="600")
        highest = max((each for each in series if each), key=lambda each: each.recorded_percent or 0)
        for number, (year, each) in enumerate(zip(years, series, strict=True)):
            x = left + step * number
            if each is None:
                continue
            height = max(1.0, BARS_HEIGHT * (each.recorded_percent or 0) / top)
            looks = "met" if year.is_whole else "ring"
            drawing.add("rect", x=x, y=ground - height, width=step - 5, height=height, class_=looks, stroke_width=1.5)
            if each is highest or each is series[-1]:
                value, middle = f"{each.recorded_percent:.1f}", x + (step - 5) / 2
                drawing.add("text", value, x=middle, y=ground - height - 4, text_anchor="middle")
        right = left + PANEL_WIDTH
        drawing.add("line", x1=left, y1=ground, x2=right, y2=ground, class_="line")
        for year, x, anchor in ((years[0], left, "start"), (years[-1], right, "end")):
            drawing.add("text", str(year.year), x=x, y=ground + 16, text_anchor=anchor, class_="soft")
    return drawing.text()
