"""London's wards in the newest month as a small map: with their officers, short, not known."""

from __future__ import annotations

from datetime import date

from transparency.core.text import number
from transparency.core.vocabulary import WardStatus
from transparency.exhibits.dots import Dots, dots_svg
from transparency.exhibits.exhibit import Image
from transparency.exhibits.shapes import shapes_on
from transparency.months.queries import strength_month, wards_in_month
from transparency.months.sentences import month_name
from transparency.store.store import Store

SHORT = frozenset((WardStatus.PCS_SHORT, WardStatus.PCSO_SHORT, WardStatus.BOTH_SHORT))
# How a ward is drawn by what is known of it: its words, its look, its size.
KINDS = {None: ("not known", "soft", 2), False: ("short", "short", 3), True: ("with their officers", "met", 3)}


def month_map(store: Store, day: date) -> tuple[Image, str] | None:
    """A dot for each ward where it lies, and what they are; None where no strength is stored."""
    newest = strength_month(store, day)
    if newest is None:
        return None
    wards, shapes = wards_in_month(store, newest.month), shapes_on(store, newest.as_at)
    kept = {each.ward_code: _is_kept(each.ward_status) for each in wards}
    counts = [f"{number(list(kept.values()).count(is_kept))} {words}" for is_kept, (words, _, _) in KINDS.items()]
    dots = [
        Dots(
            tuple(shapes.label_at[code] for code in kept if kept[code] is is_kept and code in shapes.label_at),
            look,
            size,
        )
        for is_kept, (_, look, size) in KINDS.items()
    ]
    title = f"London's wards in {month_name(newest.month)}"
    caption = f"{title}. Filled: with their officers. Outlined: short. Small and grey: not known."
    alt = f"Map of {title[0].upper()}{title[1:]}: {', '.join(reversed(counts))}."
    return Image(dots_svg(shapes.outlines, dots, title, alt), alt), caption


def _is_kept(status: WardStatus) -> bool | None:
    """Whether a ward had its officers; None where that is not known."""
    return True if status is WardStatus.MET else False if status in SHORT else None
