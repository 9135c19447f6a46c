"""The map of a ward's page: the ward among its neighbours, the nearest counters of the day asked, those that closed."""

from __future__ import annotations

from dataclasses import dataclass

from transparency.core.text import listed
from transparency.core.vocabulary import SiteOnDay
from transparency.exhibits.exhibit import Image
from transparency.exhibits.locator import MAP_HEIGHT, MAP_WIDTH, Locator, draws_closed, locator_svg
from transparency.exhibits.shapes import shapes_on
from transparency.pages.ward_record import WardPage
from transparency.store.store import Store

APPROXIMATE = "Ward shapes are approximate."
# Paper has room for less than a screen; the map of an ended ward stands before the counters on a telephone.
ON_SCREEN, ON_PAPER, OF_ENDED = (MAP_WIDTH, MAP_HEIGHT), (300.0, 200.0), (MAP_WIDTH, 160.0)


@dataclass(frozen=True)
class WardMap:
    """The drawing, None for a ward whose shape is not stored, and the key of its marks."""

    image: Image | None
    key: str


def ward_map(store: Store, page: WardPage, size: tuple[float, float] = ON_SCREEN) -> WardMap:
    """The map of a ward, `size` user units wide and high."""
    shown = _shown(store, page, size)
    if shown is None:
        return WardMap(None, APPROXIMATE)
    return WardMap(Image(locator_svg(shown), shown.description), _key(shown))


def _key(shown: Locator) -> str:
    """The marks that are on the map, and that its shapes are drawn by us."""
    at_night = {site.is_24_7 for site in shown.counters if site.position is not None}
    marks = ["▲ open 24 hours"] if True in at_night else []
    if False in at_night:
        marks.append("△ other open counter" if marks else "△ open counter")
    if draws_closed(shown):
        marks.append("× closed since 2017")
    return f"{', '.join(marks)}. {APPROXIMATE}" if marks else APPROXIMATE


def _shown(store: Store, page: WardPage, size: tuple[float, float]) -> Locator | None:
    shapes, ward = shapes_on(store, page.standing.day), page.ward
    if ward.ward_code not in shapes.wards:
        return None
    beside = {each.ward.ward_code: each.ward.ward_name for each in page.neighbours}
    return Locator(
        shapes=shapes,
        ward_code=ward.ward_code,
        borough_code=ward.borough_code,
        counters=page.near.nearest_three,
        nearest=page.near.nearest,
        title=ward.ward_name,
        description=map_words(page, list(beside.values())),
        closed=page.near.closed_nearby,
        neighbours=beside,
        width=size[0],
        height=size[1],
    )


def map_words(page: WardPage, neighbours: list[str]) -> str:
    """The map in words."""
    said = [f"Map of {page.ward.ward_name}" + (f" beside {listed(neighbours)}" if neighbours else "")]
    if page.near.nearest_three:
        said.append(f"Nearest open counters: {listed([site.site_name for site in page.near.nearest_three])}")
    if page.near.closed_nearby:
        said.append(f"Closed since 2017: {listed([_closed_words(site) for site in page.near.closed_nearby])}")
    return f"{'. '.join(said)}."


def _closed_words(site: SiteOnDay) -> str:
    """A closed counter; with its distance where it is known only to its street, and so not drawn."""
    if site.position is not None or site.distance_m is None:
        return site.site_name
    return f"{site.site_name} (about {site.distance_m / 1000:.1f} km, not drawn)"
