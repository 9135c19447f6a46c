"""What was published or said of a place's wards, day by day, in the few words that stand beside a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from transparency.core.text import capitalised, number, precise_date
from transparency.core.vocabulary import Half, KnownAs, Precision, ProgressPoint
from transparency.progress.sentences import share_of

HOLLOW = (KnownAs.DERIVED, KnownAs.DECLARED)
ABOUT = (KnownAs.APPROXIMATE, KnownAs.DERIVED)
TOLD = {Half.PCS: "two constables", Half.PCSOS: "a PCSO"}


@dataclass(frozen=True)
class Moment:
    """One day on which something was published or said: of constables, of PCSOs, or of both; `is_again` of what was
    announced or restated before."""

    pcs: ProgressPoint | None
    pcsos: ProgressPoint | None
    is_again: bool = False

    @property
    def first(self) -> ProgressPoint:
        """The point that gives the moment its day and source."""
        point = self.pcs or self.pcsos
        assert point is not None  # noqa: S101 - made of at least one
        return point

    @property
    def as_at(self) -> date:
        return self.first.as_at

    @property
    def month(self) -> str:
        """June 2019: as exactly as a timeline shows it."""
        return month_of(self.first)

    @property
    def known_as(self) -> KnownAs:
        return self.first.known_as

    @property
    def is_statement(self) -> bool:
        """Said of every ward at once, or of the model: no figure."""
        return self.known_as in (KnownAs.DECLARED, KnownAs.RESTATED)

    @property
    def symbol(self) -> str:
        """How a list marks it: filled where published, hollow where announced or our own sum."""
        return "◇" if self.known_as is KnownAs.RESTATED else "○" if self.known_as in HOLLOW else "●"

    @property
    def label(self) -> str:
        """What stands beside the mark of a picture, without its day: of constables where anything is said of them."""
        if self.known_as is KnownAs.RESTATED:
            return "restated"
        if self.known_as is KnownAs.DECLARED:
            return "said again" if self.is_again else "every ward, announced"
        return short_words(self.first)

    @property
    def words(self) -> str:
        """The same as a line of a list."""
        if self.known_as is KnownAs.RESTATED:
            again = "The model was restated again."
            return again if self.is_again else "The model was restated, not that each ward had its officers."
        both = " and ".join(TOLD[point.half] for point in (self.pcs, self.pcsos) if point is not None)
        if self.known_as is KnownAs.DECLARED:
            return f"Every ward was said {'again ' * self.is_again}to have {both}."
        said = [f"{value_words(point)} had {TOLD[point.half]}" for point in (self.pcs, self.pcsos) if point is not None]
        return f"{capitalised(', '.join(said))}."


def moments(points: Sequence[ProgressPoint]) -> tuple[Moment, ...]:
    """The points of a place, oldest first, each day once; of one half and day the first."""
    by_day: dict[date, dict[Half, ProgressPoint]] = {}
    for point in points:
        by_day.setdefault(point.as_at, {}).setdefault(point.half, point)
    found: list[Moment] = []
    for halves in by_day.values():
        moment = Moment(halves.get(Half.PCS), halves.get(Half.PCSOS))
        is_again = moment.is_statement and any(each.known_as is moment.known_as for each in found)
        found.append(replace(moment, is_again=is_again))
    return tuple(found)


MOST_TOLD = 4


def told(found: Sequence[Moment]) -> tuple[Moment, ...]:
    """The moments that stand in words on a page: all of them, or of many figures the first and the newest."""
    figures = [each for each in found if not each.is_statement]
    if len(figures) <= MOST_TOLD:
        return tuple(found)
    return tuple(each for each in found if each.is_statement or each in (figures[0], figures[-1]))


def month_of(point: ProgressPoint) -> str:
    """The month of a point, or its year where no more is known."""
    is_year = point.as_at_precision is Precision.YEAR
    return precise_date(point.as_at, Precision.YEAR if is_year else Precision.MONTH)


def value_words(point: ProgressPoint) -> str:
    """About 395 of 629 wards, 89% of wards; of our own sum, that it is one."""
    if point.wards_met_count is None:
        return f"{number(share_of(point))}% of wards"
    ours = " (our sum)" if point.known_as is KnownAs.DERIVED else ""
    return f"{_about(point)}{number(point.wards_met_count)} of {number(point.wards_count)} wards{ours}"


def short_words(point: ProgressPoint) -> str:
    """About 395 of 629, 89%: what stands beside a mark."""
    if point.wards_met_count is None:
        return f"{number(share_of(point))}%"
    ours = " (our sum)" if point.known_as is KnownAs.DERIVED else ""
    return f"{_about(point)}{number(point.wards_met_count)} of {number(point.wards_count)}{ours}"


def _about(point: ProgressPoint) -> str:
    return "about " if point.known_as in ABOUT else ""


def moments_sentence(found: Sequence[Moment]) -> str:
    """The first and the newest figures of constables, or of PCSOs where nothing else is known."""
    half = Half.PCS if any(each.pcs for each in found) else Half.PCSOS
    own = [point for each in found if (point := each.pcs if half is Half.PCS else each.pcsos) is not None]
    figures = [point for point in own if not point.is_bare_statement] or own
    shown = figures if len(figures) <= 4 else [figures[0], *figures[-3:]]
    said = ", ".join(f"{_short(point, len(shown) == 1)} in {month_of(point)}" for point in shown)
    return f"Wards with {TOLD[half]}: {said}."


def _short(point: ProgressPoint, is_alone: bool) -> str:
    """About 395; 7 of 20 where nothing else is said."""
    if point.known_as is KnownAs.RESTATED:
        return "the model restated"
    if point.known_as is KnownAs.DECLARED:
        return "all announced"
    if point.wards_met_count is None:
        return f"{number(share_of(point))}%"
    whole = f" of {number(point.wards_count)}" if is_alone else ""
    return f"{_about(point)}{number(point.wards_met_count)}{whole}"
