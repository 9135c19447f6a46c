"""Three questions for a ward panel, made from what is known and what is not known of the ward on a day."""

from __future__ import annotations

from collections.abc import Sequence

from transparency.core.text import capitalised, listed, on_date
from transparency.core.vocabulary import Basis, Evidence, HalfKnown, HalfStatus
from transparency.wards.verdict import is_fresh, of_promised, officers


def questions(
    ward_name: str,
    pcs: HalfKnown,
    pcsos: HalfKnown,
    *,
    time_elsewhere: str = "",
    to_meet: str = "",
    has_published_hub: bool = False,
    is_ended: bool = False,
) -> tuple[str, str, str]:
    """Three questions for a meeting, each with the number it is about where one is known.

    `time_elsewhere` and `to_meet` are the sentences that the second and third quote, empty where nothing is known.
    """
    place = f"the area of {ward_name}" if is_ended else ward_name
    away = (
        f"How much is it now for the officers of {place}, and for what duties?"
        if time_elsewhere
        else f"How often were the officers of {place} sent elsewhere in the last three months, and for what duties?"
    )
    where = (
        f"Where and when can residents meet the officers of {place} in the next three months?"
        if has_published_hub
        else f"Where are the officers of {place} based, and where and when can residents meet them?"
    )
    return (
        _officers_question(place, pcs, pcsos),
        f"{time_elsewhere} {away}".lstrip(),
        f"{to_meet} {where}".lstrip(),
    )


def _officers_question(place: str, pcs: HalfKnown, pcsos: HalfKnown) -> str:
    """About what is known to be short; else about what is not known; else whether what there was still is."""
    short = [half for half in (pcs, pcsos) if half.status is HalfStatus.SHORT]
    if short:
        had = f"{_newest_day(short)} {place} had {listed([of_promised(half) for half in short])}"
        filled = "its team be at full strength" if short[0].basis is Basis.FTE else "the posts be filled"
        return f"{had}: is that still so, and when will {filled}?"
    unevidenced = [
        noun
        for noun, half in (("constables", pcs), ("PCSOs", pcsos))
        if not is_fresh(half) or half.evidence is Evidence.DECLARED
    ]
    if unevidenced:
        promised = {"constables": "two constables", "PCSOs": "one PCSO"}
        verb = "was" if unevidenced == ["PCSOs"] else "were"
        was = f"{capitalised(listed([promised[noun] for noun in unevidenced]))} {verb} promised."
        return f"{was} How many does {place} have now, and how many of the posts are vacant?"
    there = [officers(half.half, half.count or 0, half.is_minimum, half.basis) for half in (pcs, pcsos)]
    had = f"{_newest_day((pcs, pcsos))} {place} had {listed(there)}"
    if pcs.basis is Basis.FTE:
        return f"{had}. Does it still have them, and how much of their time is spent on the ward?"
    return f"{had}: are all of these posts filled now?"


def _newest_day(known: Sequence[HalfKnown]) -> str:
    """On 4 January 2017, or in January 2017: as exactly as the newest of them is known."""
    dated = [(half.as_at, half.precision) for half in known if half.as_at is not None]
    return capitalised(on_date(*max(dated)))
