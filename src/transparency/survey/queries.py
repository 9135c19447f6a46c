"""City Hall's Public Attitude Survey: what the people asked in a borough or London said, by quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from transparency.exhibits.exhibit import Source
from transparency.published.queries import series_source
from transparency.store.store import Store, memoised_between

DATASET = "public_attitude_borough"
KNOWS = "knows_how_to_contact_ward_officer"


@dataclass(frozen=True)
class Attitude:
    """The share of the people asked who agree in a quarter, and the change since the quarter of the promise."""

    geography_code: str
    measure: str
    quarter_end: date
    percent: int
    promised_quarter_end: date | None
    promised_percent: int | None
    change_points: int | None


@memoised_between("SELECT quarter_end AS day FROM current_public_attitude_borough")
def newest_attitudes(store: Store, day: date) -> Mapping[str, Mapping[str, Attitude]]:
    """London and each borough by code: each measure in the newest quarter that had ended by the day."""
    sql = """
    SELECT * FROM attitude_quarter
    WHERE quarter_end = (
        SELECT quarter_end FROM current_public_attitude_borough
        WHERE quarter_end <= $day ORDER BY quarter_end DESC LIMIT 1
    )
    """
    found: dict[str, dict[str, Attitude]] = {}
    for each in store.records(Attitude, sql, day=day):
        found.setdefault(each.geography_code, {})[each.measure] = each
    return found


def quarters(store: Store, day: date, code: str, measure: str = KNOWS) -> tuple[Attitude, ...]:
    """One measure of a place in every quarter that had ended by the day, oldest first."""
    sql = """
    SELECT * FROM attitude_quarter
    WHERE geography_code = $code AND measure = $measure AND quarter_end <= $day ORDER BY quarter_end
    """
    return store.records(Attitude, sql, code=code, measure=measure, day=day)


def survey_source(store: Store, quarter_end: date) -> Source | None:
    """Where the survey was read, as at its newest quarter."""
    return series_source(store, DATASET, quarter_end)
