"""The life of one promise as a still picture: made, due, and each day on which its status changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from transparency.exhibits.bars import draw_mark
from transparency.exhibits.exhibit import Image, Mark
from transparency.exhibits.svg import Drawing
from transparency.promises.queries import LedgerEntry, StatusOnDay

WIDTH = 400  # narrower than a chart: a card of a telephone has 299 pixels for it
SIDE, ROW, GAP = 14, 18, 22  # a row of labels, and the room of the marks on either side of the line
MARK = 9  # half of a mark's width
LETTER = 8.4  # the width that a letter of a label may take


def track(entry: LedgerEntry, mark_of: Callable[[StatusOnDay], Mark], rows: int = 1) -> Image:
    """From the day it was made to the day asked: a mark at each change of its status, a dot where it was said again.

    There are `rows` of labels above the line and as many below.
    """
    height, middle = 2 * (ROW * rows + GAP), ROW * rows + GAP
    changes = [line for line in entry.history if line.is_change]
    said = [f"{mark_of(line).word} since {line.on.year}" for line in changes]
    due = f" Due in {entry.due_on.year}." if entry.due_on else ""
    alt = f"Made in {entry.promise.made_on.year}.{due} Then: {', '.join(said)}."
    drawing = Drawing(WIDTH, height, f"Dates of “{entry.promise.title}”", alt, 1.2)
    start = min(entry.promise.made_on, entry.history[0].on)
    end = max(entry.day, entry.due_on or entry.day)

    def across(on: date) -> float:
        return round(SIDE + (WIDTH - 2 * SIDE) * (on - start).days / max(1, (end - start).days), 1)

    drawing.add("line", x1=SIDE, y1=middle, x2=across(entry.day), y2=middle, class_="unknown", stroke_width=2)
    for line in entry.history:
        if not line.is_change:
            drawing.add("circle", cx=across(line.on), cy=middle, r=3, class_="place")
    labels = [(across(line.on), f"{mark_of(line).word.split(',')[0]} {line.on.year}") for line in changes]
    if entry.due_on:
        x = across(entry.due_on)
        drawing.add("line", x1=x, y1=middle - 14, x2=x, y2=middle + 14, class_="ink", stroke_width=1.5)
        labels.insert(1, (x, f"due {entry.due_on.year}"))
    for line in changes:
        draw_mark(drawing, mark_of(line), across(line.on), middle)
    above = [ROW * (rows - row) - 4 for row in range(rows)]
    _label(drawing, [labels[-1], *labels[:-1]], [y for each in above for y in (each, height - each + 8)])
    return Image(drawing.text(), alt)


def _label(drawing: Drawing, labels: list[tuple[float, str]], rows: list[int]) -> None:
    """Each label in the row nearest to the top that has room for it; one without room is in the table alone."""
    taken: list[tuple[float, float, float]] = []
    for x, words in labels:
        half = LETTER * len(words) / 2
        # Near a side of the picture the words begin or end at their mark, however narrow the reader's letters are.
        at, anchor, start = x, "middle", x - half
        if x < half:
            at, anchor, start = x - MARK, "start", x - MARK
        elif x > WIDTH - half:
            at, anchor, start = x + MARK, "end", x + MARK - 2 * half
        for y in rows:
            if all(y != row or start + 2 * half < left or right < start for row, left, right in taken):
                taken.append((y, start - 8, start + 2 * half + 8))
                drawing.add("text", words, x=round(at, 1), y=y, text_anchor=anchor, class_="soft")
                break
