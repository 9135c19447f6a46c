"""Pictures of progress: a timeline of every figure to the day with the silence drawn, and a square for each ward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from transparency.core.text import MONTH_NAMES, full_date, possessive, precise_date
from transparency.core.vocabulary import DUE_ON, PROMISED_ON, Half, KnownAs, Precision, ProgressPoint, RequiredPace
from transparency.exhibits.svg import Drawing
from transparency.progress.moments import HOLLOW, Moment, short_words, told
from transparency.progress.sentences import pace_number, share_of

WIDTH, LEFT, RIGHT = 720, 50, 12
LINE, LETTER, MARK = 17, 7.4, 12  # the height of text, about the width of a letter, how clear text stands of a mark
WIDEST_LETTER = 8.6  # of the font a browser has where the site's own is missing, as inside an image
TOP, CONSTABLES, PCSOS = 30, 116, 62  # where the labels begin, and how high each half is drawn
SILENCE_DAYS = 365
HATCH = 9
SQUARE_STEP, IN_A_ROW = 23, 10


@dataclass(frozen=True)
class Timeline:
    """What a timeline shows of a place up to a day. `monthly` is when monthly figures by ward begin and end, and in
    words where they are; `counted_again_on` is the end of the first month whose figures are on this site."""

    place: str
    moments: tuple[Moment, ...]
    day: date
    pace: RequiredPace | None = None
    monthly: tuple[date, date, str] | None = None
    counted_again_on: date | None = None

    @property
    def last(self) -> date:
        return max([DUE_ON, self.day, *(each.as_at for each in self.moments)])

    def point(self, moment: Moment, half: Half) -> ProgressPoint | None:
        return moment.pcs if half is Half.PCS else moment.pcsos

    def newest_figure(self, half: Half) -> Moment | None:
        """The newest moment with a figure of a half; a statement without one is none."""
        with_one = (
            each for each in reversed(self.moments) if (it := self.point(each, half)) and not it.is_bare_statement
        )
        return next(with_one, None)

    @property
    def silent_to(self) -> date:
        """The day, or the earlier one on which this site's own monthly figures begin."""
        again = self.counted_again_on
        return self.day if again is None or again > self.day else again

    def silence(self, half: Half) -> tuple[date, str] | None:
        """From when nothing is known of a half, until the day or its monthly figures, and that in words; None where it
        is no long time."""
        newest, is_over = self.newest_figure(half), self.silent_to < self.day
        again = precise_date(self.silent_to, Precision.MONTH)
        if newest is None:
            before = f" before {again}" if is_over else ""
            return PROMISED_ON, f"No count of {possessive(self.place)} wards found{before}"
        if (self.silent_to - newest.as_at).days <= SILENCE_DAYS:
            return None
        when = f"between {newest.month} and {again}" if is_over else f"since {newest.month}"
        return newest.as_at, f"No {self.place} figure found {when}"


def timeline_alt(shown: Timeline) -> str:
    """The marks in words, then the silence."""
    said = [f"{each.month}: {each.words}" for each in told(shown.moments)]
    silence = shown.silence(Half.PCS)
    said += [f"{silence[1]}."] if silence else []
    said += [f"{shown.monthly[2]}."] if shown.monthly else []
    return f"Wards of {shown.place} with two constables and with a PCSO. {' '.join(said)}"


def timeline_svg(shown: Timeline) -> str:
    """Constables above PCSOs on one axis of time: published figures filled, announcements and our sums hollow.

    What was said of every ward stands above, with a line down to its marks; a long time without a figure is hatched.
    """
    span = max(1, (shown.last - PROMISED_ON).days)

    def across(on: date) -> float:
        return round(LEFT + 10 + (WIDTH - LEFT - RIGHT - 20) * (on - PROMISED_ON).days / span, 1)

    in_words = told(shown.moments)
    above = [each for each in in_words if each.is_statement or share_of(each.first) > 97]
    rows = _rows([(across(each.as_at), _above_label(each)) for each in above])
    top = TOP + LINE * (max(rows, default=-1) + 1) + 8
    lower = top + CONSTABLES + 48
    height = lower + PCSOS + 30 + (26 if shown.monthly else 0)
    drawing = Drawing(WIDTH, height, "Was the promise kept, figure by figure", timeline_alt(shown), 1)
    panels = {Half.PCS: _Panel(top, CONSTABLES), Half.PCSOS: _Panel(lower, PCSOS)}
    drawing.add("text", "Wards with two constables", x=0, y=14, font_weight="600")
    _draw_due(drawing, across(DUE_ON), top, lower)
    drawing.add("text", "Wards with a PCSO", x=0, y=lower - 16, font_weight="600", class_="halo")
    for moment, row in zip(above, rows, strict=True):
        x, y = across(moment.as_at), top - 8 - LINE * row
        down_to = panels[Half.PCS if moment.pcsos is None else Half.PCSOS]
        drawing.add("line", x1=x, y1=y - 10, x2=x, y2=down_to.up(100), class_="line")
        words = _above_label(moment)
        is_at_edge = x + 4 + WIDEST_LETTER * len(words) > WIDTH
        beside = {"x": WIDTH - 2, "text_anchor": "end"} if is_at_edge else {"x": x + 4}
        drawing.add("text", words, **beside, y=y)
    for half, panel in panels.items():
        for level in (0, 50, 100) if half is Half.PCS else (0, 100):
            looks = {"class_": "promise", "stroke_dasharray": "2 4"} if level == 100 else {"class_": "line"}
            drawing.add("line", x1=LEFT, y1=panel.up(level), x2=WIDTH - RIGHT, y2=panel.up(level), **looks)
            drawing.add("text", f"{level}%", x=LEFT - 6, y=panel.up(level) + 5, text_anchor="end", class_="soft")
        _draw_silence(drawing, shown, half, panel, across)
        if half is Half.PCS and shown.pace is not None:
            _draw_pace(drawing, shown, panel, across)
        _draw_half(drawing, shown, half, panel, across, in_words)
    _draw_axis(drawing, across, span, lower + PCSOS + 20, shown.last)
    if shown.monthly:
        _draw_monthly(drawing, shown.monthly, across, lower + PCSOS + 32)
    return drawing.text()


@dataclass(frozen=True)
class _Panel:
    """One half of the promise: where its 100% stands and how far below its 0%."""

    top: float
    height: float

    def up(self, share_pct: float) -> float:
        return round(self.top + self.height * (1 - share_pct / 100), 1)


Across = Callable[[date], float]


def _above_label(moment: Moment) -> str:
    return f"{moment.label}, {moment.month}"


def _rows(labels: Sequence[tuple[float, str]]) -> list[int]:
    """The row of each label, the lowest 0, so that none covers another or the line of one above it."""
    found: list[tuple[float, float, int]] = []
    for x, words in reversed(labels):
        end = x + LETTER * len(words) + 8
        row = max((low + 1 for start, _, low in found if start < end), default=0)
        found.append((x, end, row))
    return [row for _, _, row in reversed(found)]


def _draw_due(drawing: Drawing, x: float, top: float, lower: float) -> None:
    """A line at the day the promise was due, named between the halves; what is written later stands over it."""
    drawing.add("line", x1=x, y1=top, x2=x, y2=lower + PCSOS + 4, class_="ink", stroke_dasharray="1 3")
    words = f"due {full_date(DUE_ON)}"
    is_at_edge = x + 5 + LETTER * len(words) > WIDTH
    beside = {"x": x - 5, "text_anchor": "end"} if is_at_edge else {"x": x + 5}
    drawing.add("text", words, **beside, y=lower - 33, class_="halo soft")


def _draw_silence(drawing: Drawing, shown: Timeline, half: Half, panel: _Panel, across: Across) -> None:
    silence = shown.silence(half)
    if silence is None:
        return
    since, words = silence
    left, right = across(since) + 10, across(shown.silent_to)
    high, low = panel.up(54), panel.up(4)
    tall = low - high
    strokes = [left + HATCH * step for step in range(int((right - left) // HATCH) + 1)]
    path = "".join(f"M{x:.0f},{low:.0f}l{min(tall, right - x):.0f},-{min(tall, right - x):.0f}" for x in strokes)
    if right - left > HATCH:
        drawing.add("path", d=path, class_="line")
    wide, y = LETTER * len(words), (high + low) / 2 + 5
    if right - left > wide:
        drawing.add("text", words, x=(left + right) / 2, y=y, text_anchor="middle", class_="halo soft")
    elif right + wide < WIDTH - RIGHT:
        drawing.add("text", words, x=right + 8, y=y, class_="halo soft")
    else:
        drawing.add("text", words, x=left, y=y, class_="halo soft")


def _draw_pace(drawing: Drawing, shown: Timeline, panel: _Panel, across: Across) -> None:
    """What was needed from the latest count on to reach every ward by the due date."""
    pace = shown.pace
    if pace is None or pace.wards_to_go_count <= 0 or shown.day > DUE_ON:
        return
    x, y = across(pace.latest_on), panel.up(100 * pace.latest_count / pace.wards_count)
    path = f"M{x},{y}L{across(DUE_ON)},{panel.up(100)}"
    drawing.add("path", d=path, class_="half", stroke_width=2, stroke_dasharray="7 5")
    if pace.required_wards_per_month is not None:
        words = f"needed: {pace_number(pace.required_wards_per_month)} wards a month"
        drawing.add("text", words, x=WIDTH - RIGHT, y=14, text_anchor="end", class_="soft")


def _draw_half(
    drawing: Drawing, shown: Timeline, half: Half, panel: _Panel, across: Across, in_words: Sequence[Moment]
) -> None:
    """The marks of one half; a figure below all wards has its words beside it, clear of the other marks."""
    own = [(moment, point) for moment in shown.moments if (point := shown.point(moment, half)) is not None]
    marks = [(across(point.as_at), panel.up(point.wards_met_pct or 100) + 5, MARK) for _, point in own]
    taken = [(at - 5, at + 5, y, tall) for at, y, tall in marks]
    for moment, point in own:
        x = across(moment.as_at)
        if point.known_as is KnownAs.RESTATED:
            drawing.add("path", d=f"M{x},{panel.up(100) - 6}l6,6l-6,6l-6,-6z", class_="ring", stroke_width=2)
            continue
        share = share_of(point)
        looks = "ring" if point.known_as in HOLLOW else "met"
        drawing.add("circle", cx=x, cy=panel.up(share), r=5, class_=looks, stroke_width=2)
        if moment not in in_words or share > 97:
            continue
        words = f"{short_words(point)}, {moment.month}"
        wide, y = LETTER * len(words), panel.up(share) + 5
        left = x + 9 if x + 9 + wide < WIDTH - RIGHT else x - 9 - wide
        while any(left < end and start < left + wide and abs(y - at) < tall for start, end, at, tall in taken):
            y += LINE
        taken.append((left, left + wide, y, LINE))
        drawing.add(
            "text", words, x=left if left > x else x - 9, y=y, text_anchor="start" if left > x else "end", class_="halo"
        )


def _draw_axis(drawing: Drawing, across: Across, span: int, y: float, last: date) -> None:
    """The years, or the half years of a short time."""
    is_long = span > 3 * 365
    months = (1,) if is_long else (1, 7)
    ticks = [date(year, month, 1) for year in range(PROMISED_ON.year, last.year + 1) for month in months]
    for on in (each for each in ticks if PROMISED_ON < each <= last):
        words = str(on.year) if is_long else f"{MONTH_NAMES[on.month - 1][:3]} {on.year}"
        drawing.add("text", words, x=across(on), y=y, text_anchor="middle", class_="soft")


def _draw_monthly(drawing: Drawing, monthly: tuple[date, date, str], across: Across, y: float) -> None:
    """A bar over the months for which there are figures by ward, and where they are."""
    first, last, words = monthly
    left, right = across(first), across(last)
    drawing.add("rect", x=left, y=y, width=max(4, right - left), height=12, class_="unknown", stroke_dasharray="4 3")
    drawing.add("text", words, x=left - 8, y=y + 11, text_anchor="end", class_="soft")


# ---------------------------------------------------------------- squares


@dataclass(frozen=True)
class Squares:
    """So many squares that look alike."""

    count: int
    css_class: str
    stroke: str = "none"


def squares_svg(groups: Sequence[Squares], title: str, alt: str) -> str:
    """A square for each ward, or for each of a hundred, ten in a row."""
    total = sum(group.count for group in groups)
    drawing = Drawing(SQUARE_STEP * IN_A_ROW, SQUARE_STEP * max(1, -(-total // IN_A_ROW)), title, alt)
    place = 0
    for group in groups:
        corners = [divmod(each, IN_A_ROW) for each in range(place, place + group.count)]
        path = "".join(f"M{SQUARE_STEP * column + 2},{SQUARE_STEP * row + 2}h19v19h-19z" for row, column in corners)
        if path:
            drawing.add("path", d=path, class_=group.css_class, stroke_width=2, stroke_dasharray=group.stroke)
        place += group.count
    return drawing.text()
