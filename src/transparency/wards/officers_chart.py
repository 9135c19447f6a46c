"""Officers against the promise: one person mark for each promised post, and those beyond it shown separately."""

from __future__ import annotations

from math import sqrt
from typing import Any

from transparency.core.vocabulary import PROMISED_PCS, PROMISED_PCSOS, Basis, Evidence, HalfKnown, HalfStatus
from transparency.exhibits.svg import Drawing
from transparency.wards.verdict import half_phrase

MARK_WIDTH = 46
MARK_TOP = 30
GROUP_GAP = 24
# The room of the words over a group, large because a telephone shows the picture at half its size.
LABEL_WIDTHS = {"Constables": 128, "PCSO": 66}
MOST_SHOWN_BEYOND = 6


def officers_svg(pcs: HalfKnown, pcsos: HalfKnown) -> str:
    """Two groups of marks, constables and PCSO, as SVG text.

    Filled: known to be there. Ring: declared for every ward, not evidenced for this one. Dashed: short.
    A question mark: not known on the day. Marks after a bar are beyond the promise.
    """
    groups = (("Constables", pcs, PROMISED_PCS), ("PCSO", pcsos, PROMISED_PCSOS))
    widths = [max(LABEL_WIDTHS[label], _group_width(known, promised)) for label, known, promised in groups]
    drawing = Drawing(
        sum(widths) + GROUP_GAP,
        112,
        "Officers against the promise",
        officers_alt(pcs, pcsos),
    )
    left = 0.0
    for (label, known, promised), width in zip(groups, widths, strict=True):
        drawing.add("text", label, x=left + 2, y=20, class_="large")
        _draw_group(drawing, left, known, promised)
        left += width + GROUP_GAP
    return drawing.text()


def officers_alt(pcs: HalfKnown, pcsos: HalfKnown) -> str:
    """The same in words: of two constables promised …; of one PCSO promised …"""
    return f"Of two constables promised: {half_phrase(pcs)}. Of one PCSO promised: {half_phrase(pcsos)}."


def _beyond(known: HalfKnown, promised: int) -> int:
    return 0 if known.count is None else min(MOST_SHOWN_BEYOND, max(0, int(known.count) - promised))


def _group_width(known: HalfKnown, promised: int) -> float:
    beyond = _beyond(known, promised)
    return MARK_WIDTH * (promised + beyond) + (14 if beyond else 0)


def _draw_group(drawing: Drawing, left: float, known: HalfKnown, promised: int) -> None:
    for place in range(promised):
        _draw_person(drawing, left + place * MARK_WIDTH, known, place)
    beyond = _beyond(known, promised)
    if beyond:
        bar = left + promised * MARK_WIDTH + 4
        drawing.add("line", x1=bar, y1=MARK_TOP, x2=bar, y2=MARK_TOP + 72, class_="line", stroke_width=2)
    for place in range(beyond):
        x = left + (promised + place) * MARK_WIDTH + 14
        _draw_person(drawing, x, known, promised + place)


def _draw_person(drawing: Drawing, left: float, known: HalfKnown, place: int) -> None:
    middle = left + MARK_WIDTH / 2
    body = f"M{middle - 16:g} {MARK_TOP + 72:g} v-22 a16 16 0 0 1 32 0 v22 z"
    shape: dict[str, Any] = {"class_": _mark_class(known, place), "stroke_width": 2.5}
    if shape["class_"] in ("short", "unknown"):
        shape["stroke_dasharray"] = "5 4" if shape["class_"] == "short" else "1.5 4"
    share = 0.0 if known.count is None else min(1.0, max(0.0, known.count - place))
    if shape["class_"] == "met" and share < 1:
        _draw_part(drawing, middle, body, share)
        return
    drawing.add("circle", cx=middle, cy=MARK_TOP + 14, r=10, **shape)
    drawing.add("path", d=body, **shape)
    if shape["class_"] == "unknown":
        drawing.add("text", "?", x=middle, y=MARK_TOP + 62, text_anchor="middle", class_="soft", font_weight="600")


def _mark_class(known: HalfKnown, place: int) -> str:
    if known.count is None or known.status is HalfStatus.LAST_KNOWN or known.basis is Basis.POSTS:
        return "unknown"
    if known.count <= place:
        return "unknown" if known.is_minimum else "short"
    return "ring" if known.evidence is Evidence.DECLARED else "met"


def _draw_part(drawing: Drawing, middle: float, body: str, share: float) -> None:
    """Part of a full-time equivalent: the outline dashed, filled from the ground to its share of the height."""
    drawing.add("circle", cx=middle, cy=MARK_TOP + 14, r=10, class_="short", stroke_width=2.5, stroke_dasharray="5 4")
    drawing.add("path", d=body, class_="short", stroke_width=2.5, stroke_dasharray="5 4")
    ground, shoulder, neck, head, crown = (MARK_TOP + above for above in (72, 50, 24, 14, 4))
    top = ground - (ground - crown) * share
    chest = max(top, shoulder - 16)
    half = sqrt(16**2 - max(0, shoulder - chest) ** 2)
    drawing.add(
        "path",
        d=f"M{middle - 16:g} {ground}V{max(chest, shoulder):g}A16 16 0 0 1 {middle - half:.1f} {chest:.1f}"
        f"H{middle + half:.1f}A16 16 0 0 1 {middle + 16:g} {max(chest, shoulder):g}V{ground}z",
        class_="met",
        stroke_width=2.5,
    )
    if top < neck:
        half, is_most = sqrt(10**2 - (top - head) ** 2), int(top < head)
        left, right = f"{middle - half:.1f} {top:.1f}", f"{middle + half:.1f} {top:.1f}"
        drawing.add("path", d=f"M{left}A10 10 0 {is_most} 0 {right}z", class_="met", stroke_width=2.5)
