"""Three questions for a ward panel, made from what is known and what is not known of the ward on a day."""

from __future__ import annotations

from collections.abc import Sequence

from transparency.core.text import capitalised, listed, on_date
from transparency.core.vocabulary import Basis, Evidence, HalfKnown, HalfStatus, SiteOnDay
from transparency.wards.verdict import is_fresh


def questions(
    ward_name: str,
    pcs: HalfKnown,
    pcsos: HalfKnown,
    night: SiteOnDay | None,
    has_published_hub: bool,
    is_ended: bool,
) -> tuple[str, str, str]:
    """Three questions for a meeting, each with the number it is about where one is known.

    `night` is the nearest counter open 24 hours, None where none is known.
    """
    place = f"the area of {ward_name}" if is_ended else ward_name
    where = (
        f"Where and when can residents meet the officers of {place} in the next three months?"
        if has_published_hub
        else f"Where are the officers of {place} based, and where and when can residents meet them?"
    )
    if night is not None and night.distance_m is not None:
        where = f"The nearest counter open at night is {night.distance_m / 1000:.1f} km away. {where}"
    return (
        _officers_question(place, pcs, pcsos),
        f"How often were the officers of {place} sent elsewhere in the last three months, and for what duties?",
        where,
    )


def _officers_question(place: str, pcs: HalfKnown, pcsos: HalfKnown) -> str:
    """About what is known to be short; else about what is not known; else whether what was there still is."""
    halves = (("constables", pcs), ("a PCSO", pcsos))
    short = [(noun, half) for noun, half in halves if half.status is HalfStatus.SHORT]
    if short:
        when, nouns = _newest_day([half for _, half in short]), listed([noun for noun, _ in short])
        if short[0][1].basis is Basis.FTE:
            return f"{when} {place} was short of {nouns}: is it still, and when will its team be at full strength?"
        return f"{when} {place} was short of {nouns}: is it still, and when will the posts be filled?"
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
    when = _newest_day([half for _, half in halves])
    if pcs.basis is Basis.FTE:
        return f"{when} {place} had the strength promised: has it still, and how much of it is on the ward?"
    return f"{when} {place} had the officers promised: are all of these posts filled now?"


def _newest_day(known: Sequence[HalfKnown]) -> str:
    """On 4 January 2017, or in January 2017: as exactly as the newest of them is known."""
    dated = [(half.as_at, half.precision) for half in known if half.as_at is not None]
    return capitalised(on_date(*max(dated)))
