"""The tables of a ward's page, and the sentences that stand with them."""

from __future__ import annotations

from transparency.core.text import distance, full_date, on_date, precise_date
from transparency.core.vocabulary import PROMISED_PCS, PROMISED_PCSOS, Basis, Half, today
from transparency.exhibits.cells import SOURCE
from transparency.exhibits.exhibit import Cell, Column, Image, Table, table
from transparency.exhibits.marks import half_mark
from transparency.months.charts import StrengthPoint, strength_alt, strength_svg
from transparency.months.elsewhere import share_sentence
from transparency.months.sentences import month_name, share_of_time
from transparency.months.time import monthly_source
from transparency.pages.ward_record import WardPage, has_published_hub, leading_halves
from transparency.survey.queries import KNOWS
from transparency.survey.sentences import known_words
from transparency.wards.queries import StaffingRow, WardChange, WardPlan
from transparency.wards.questions import questions
from transparency.wards.standing import WardStanding
from transparency.wards.verdict import half_phrase, no_own_figure, officers_of_both

SECOND_POST = "Second post"
PROMISED = {
    Half.PCS: ("Police constables (PCs)", PROMISED_PCS),
    Half.PCSOS: ("Police community support officer (PCSO)", PROMISED_PCSOS),
}


def officers_table(page: WardPage) -> Table:
    """What the picture shows: one row for constables and one for the PCSO."""
    standing = page.standing
    columns = (
        Column("half", "Officers", cell=lambda known: PROMISED[known.half][0]),
        Column("promised", "Promised", True, lambda known: PROMISED[known.half][1]),
        Column("known", "Known", cell=half_phrase),
        Column("status", "Status", cell=lambda known: standing.mark if known.count is None else half_mark(known)),
    )
    caption = f"Promised and known, {page.ward.ward_name}, {full_date(standing.day)}"
    return table(caption, columns, (standing.pcs, standing.pcsos))


def monthly_source_line(page: WardPage) -> str:
    """The workbook as at the ward's newest month; empty without one."""
    if not page.months:
        return ""
    source = monthly_source(page.is_demonstration, page.months[-1].month)
    return f"{source.publisher}, {source.title}, {source.as_at_words}"


def monthly_image(page: WardPage, newest: int = 0) -> Image | None:
    """The ward's strength by month, in a picture of its own; all months, or so many of the newest."""
    points = [StrengthPoint(each.month, each.constable_fte, each.pcso_fte) for each in page.months[-newest:]]
    if not points:
        return None
    return Image(strength_svg(points, page.ward.ward_name), strength_alt(points))


def no_history(standing: WardStanding) -> str:
    """That no figure of the ward is known, and why."""
    name, day = standing.ward.ward_name, standing.day
    why = no_own_figure(name, day, standing.has_months, standing.is_workbook_missing)
    return f"No figure of {name} itself is stored for any day up to {full_date(day)}. {why}"


def history_table(page: WardPage) -> Table:
    """Every row about the ward, newest first, those before the promise said to be so."""
    columns = (
        Column("as_at", "As at", cell=_as_at),
        Column("dedicated_pcs", "Constables", True, lambda row: _minimum(row.dedicated_pcs, row.is_minimum)),
        Column("dedicated_pcsos", "PCSOs", True, lambda row: _minimum(row.dedicated_pcsos, row.is_minimum)),
        Column("evidence", "How we know", cell=lambda row: row.evidence.word + ", posts" * (row.basis is Basis.POSTS)),
        SOURCE,
    )
    return table(f"What has been published about {page.ward.ward_name}", columns, page.history)


def _as_at(row: StaffingRow) -> str:
    return precise_date(row.as_at, row.as_at_precision) + ("" if row.counts else " (before the promise)")


def _minimum(count: float | None, is_minimum: bool | None) -> Cell:
    if count is None:
        return None
    return f"at least {count:g}" if is_minimum else count


def plan_sentence(plan: WardPlan) -> str:
    planned = officers_of_both(plan.planned_pcs, plan.planned_pcsos, Basis.POSTS)
    due = f" by {full_date(plan.due_on)}" if plan.due_on else ""
    if plan.note is not None and plan.note.startswith(SECOND_POST):
        due += ", a second beside the one it had"
    said = on_date(plan.announced_on, plan.announced_on_precision)
    return f"The plan announced {said} was for {' and '.join(planned)}{due}. A plan does not count as officers."


def change_sentence(change: WardChange | None) -> str:
    """What changed between the ward's two latest rows, or that it cannot be said."""
    if change is None:
        return ""
    newer = precise_date(change.as_at, change.as_at_precision)
    older = precise_date(change.previous_as_at, change.previous_as_at_precision)
    parts = [
        f"no change in {noun}" if value == 0 else f"{value:+g} {noun}".replace("-", "−")
        for value, noun in ((change.dedicated_pcs_change, "constables"), (change.dedicated_pcsos_change, "PCSOs"))
        if value is not None
    ]
    if not parts:
        return (
            f"Between {older} and {newer} the change cannot be given: one of the two is a minimum, "
            "counts something else or is not known."
        )
    return f"Between {older} and {newer}: {' and '.join(parts)}."


def ward_questions(page: WardPage) -> tuple[str, str, str]:
    """Three questions for a meeting, with the numbers of the ward, or of its borough where it has none of its own."""
    return questions(
        page.ward.ward_name,
        *leading_halves(page.standing),
        time_elsewhere=_time_elsewhere(page),
        to_meet=_to_meet(page),
        has_published_hub=has_published_hub(page.access),
        is_ended=page.is_ended,
    )


def _time_elsewhere(page: WardPage) -> str:
    month, years = page.standing.month, page.series.elsewhere
    if month is not None and month.abstraction_pct is not None:
        share_words = f"{share_of_time(month.abstraction_pct)} of their recorded time elsewhere"
        return f"In {month_name(month.month)} the officers of {page.ward.ward_name} spent {share_words}."
    return f"{share_sentence(page.ward.borough_name, years[-1])}." if years else ""


def _to_meet(page: WardPage) -> str:
    """How far the nearest counter open at night is today, else how many know how to contact their ward officer."""
    night, then = page.access.nearest_24_7, page.night_then
    if page.standing.day == today() and night is not None and night.distance_m is not None:
        before = ""
        if then is not None and then.distance_m is not None and distance(then.distance_m) != distance(night.distance_m):
            before = f", and was {distance(then.distance_m)} away at the end of 2017"
        return f"The nearest counter open at night is {distance(night.distance_m)} away{before}."
    knows = next((each for each in page.series.survey if each.measure == KNOWS), None)
    return f"{known_words(page.ward.borough_name, knows)}." if knows is not None else ""


def share(part: float) -> str:
    """A share of an area: 76%, or less than 1%."""
    return f"{100 * part:.0f}%" if part >= 0.005 else "less than 1%"
