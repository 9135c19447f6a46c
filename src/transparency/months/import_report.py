"""The report of the monthly workbook's import: how its teams were matched to wards, and which teams to look at."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from transparency.exhibits.exhibit import Column, Exhibit, table
from transparency.exhibits.files import published_as
from transparency.months.queries import match_months, newest_month, team_reports
from transparency.months.sentences import fte, match_sentence, month_name, teams_sentence
from transparency.months.time import monthly_source
from transparency.store.store import Store

MATCH_NOTE = (
    "Code, name and alias are teams of one ward; a shared team covers several wards and is none's own; an unmatched "
    "team covers no ward known here. Together they are the workbook's own totals, to the minute and to 0.01 FTE, for "
    "every month: the store is refused otherwise. Totals of boroughs and London take them all; ward pages never guess."
)
TEAMS_NOTE = (
    "Doubled: teams of a ward that has another team in the same month. Contradicted: teams whose ward code in the "
    "workbook was set aside. One team can stand under several kinds. FTE is added up over the months."
)


def import_exhibits(store: Store) -> tuple[Exhibit, ...]:
    """The whole report; empty where no workbook was imported."""
    return tuple(exhibit for exhibit in (matches_exhibit(store), teams_exhibit(store)) if exhibit is not None)


@published_as("import-matches")
def matches_exhibit(store: Store) -> Exhibit | None:
    """Rows, FTE and minutes of every month by how they were matched, newest first; None where nothing was imported."""
    known, newest = match_months(store), newest_month(store)
    if newest is None:
        return None
    of_newest = [each for each in known if each.month == newest]
    one_ward = sum(each.minutes for each in of_newest if each.match_kind not in ("shared", "unmatched"))
    return Exhibit(
        key="import-matches",
        headline=match_sentence(newest, one_ward, sum(each.minutes for each in of_newest)),
        subtitle="Rows, FTE and minutes of the monthly workbook by how their team was matched to a ward, by month.",
        table=table(
            "How the workbook's rows were matched",
            (
                Column("month", "Month", cell=lambda each: month_name(each.month)),
                Column("match_kind", "Matched by"),
                Column("strength_rows", "Strength rows", True),
                Column("fte", "FTE", True, lambda each: fte(each.fte)),
                Column("activity_rows", "Activity rows", True),
                Column("minutes", "Minutes", True, lambda each: round(each.minutes)),
            ),
            sorted(known, key=attrgetter("month"), reverse=True),
        ),
        sources=(monthly_source(store.is_demonstration, newest),),
        note=MATCH_NOTE,
    )


@published_as("import-teams")
def teams_exhibit(store: Store) -> Exhibit | None:
    """The teams to look at: unmatched, shared, doubled, contradicted; None where there are none."""
    known, newest = team_reports(store), newest_month(store)
    if newest is None or not known:
        return None
    counts = [(kind, len(list(teams))) for kind, teams in groupby(known, attrgetter("team_kind"))]
    return Exhibit(
        key="import-teams",
        headline=teams_sentence(counts),
        subtitle="Ward teams of the monthly workbook that could not be given to one ward, or only with a doubt.",
        table=table(
            "Teams to look at",
            (
                Column("team_name", "Team"),
                Column("team_kind", "Kind"),
                Column("borough_name", "Borough"),
                Column("months_count", "Months", True),
                Column("strength_rows", "Strength rows", True),
                Column("fte_months", "FTE, added up", True, lambda each: fte(each.fte_months)),
                Column("activity_rows", "Activity rows", True),
                Column("minutes", "Minutes", True, lambda each: round(each.minutes)),
            ),
            known,
            "no name",
        ),
        sources=(monthly_source(store.is_demonstration, newest),),
        note=TEAMS_NOTE,
    )
