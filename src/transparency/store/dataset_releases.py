"""What is handed out as files: the newest rows of every dataset, each published snapshot, and derived tables.

Names are given beside codes: where a column has the code of a ward, borough or site, its name follows it. In a
demonstration store every table says so row by row: its column `evidence` is `demonstration` throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from transparency.core.errors import ParameterError, UnknownFileError
from transparency.core.vocabulary import Evidence, today
from transparency.store.descriptors import Dataset, Field, catalogue
from transparency.store.snapshots import Snapshot
from transparency.store.store import DEMONSTRATION_NOTICE, Store

LATEST = "latest"
# What is sent of a published snapshot: the formats of its rows, and the file as it was handed in.
SNAPSHOT_FORMATS = ("csv", "json", "parquet")
SOURCE_SUFFIX = "-source.csv"

# A derived table answers for a day: its view is a macro of the day. These are the others.
_OTHER_ROWS = {
    "attitude_quarter": """
        SELECT * FROM attitude_quarter WHERE quarter_end <= $day ORDER BY quarter_end, geography_code DESC, measure
    """,
    "dwo_by_borough": """
        SELECT * FROM dwo_by_borough WHERE last_day(month) <= $day ORDER BY month, borough_code, rank NULLS LAST
    """,
    "elsewhere_month": """
        SELECT * REPLACE (round(recorded_hours, 2) AS recorded_hours, round(elsewhere_hours, 2) AS elsewhere_hours)
        FROM elsewhere_month WHERE last_day(month) <= $day ORDER BY month, geography_code DESC
    """,
    "elsewhere_type_year": """
        SELECT * REPLACE (round(hours, 2) AS hours)
        FROM elsewhere_type_year WHERE last_day(last_month) <= $day
        ORDER BY year, geography_code DESC, activity_type
    """,
    "elsewhere_year": """
        SELECT * REPLACE (round(recorded_hours, 2) AS recorded_hours, round(elsewhere_hours, 2) AS elsewhere_hours)
        FROM elsewhere_year WHERE last_day(last_month) <= $day ORDER BY year, geography_code DESC
    """,
    "officers_per_ward": """
        SELECT * FROM officers_per_ward WHERE month_to <= $day ORDER BY geography_code DESC
    """,
    "progress": """
        SELECT * EXCLUDE (known_on) REPLACE (
            CASE WHEN wards_met_count IS NULL THEN wards_met_pct ELSE round(wards_met_pct) END AS wards_met_pct
        )
        FROM progress_point
        WHERE known_on <= $day
        ORDER BY geography_code DESC, as_at, half, known_as, source_id
    """,
    "required_pace": """
        SELECT $day::DATE AS status_on, * FROM required_pace_on($day) ORDER BY geography_code DESC
    """,
    "ward_counter_distance": """
        SELECT $day::DATE AS status_on, * EXCLUDE (ward_name, borough_code, borough_name) REPLACE (
            round(counter_distance_m) AS counter_distance_m,
            round(counter_24_7_distance_m) AS counter_24_7_distance_m,
            array_to_string(counters_possibly_nearer, '; ') AS counters_possibly_nearer
        )
        FROM ward_counter_distance_on($day)
        ORDER BY ward_code
    """,
}

# For a column of codes: the column of names beside it, and what the names are of.
_NAMES_BESIDE = {
    "ward_code": ("ward_name", "the ward"),
    "neighbour_code": ("neighbour_name", "the neighbouring ward"),
    "ward_code_2014": ("ward_name_2014", "the ward of the 2014 set"),
    "ward_code_2022": ("ward_name_2022", "the ward of the 2022 set"),
    "borough_code": ("borough_name", "the borough"),
    "geography_code": ("geography_name", "the borough, or London"),
    "site_id": ("site_name", "the site"),
    "counter_site_id": ("counter_name", "the nearest open counter"),
    "counter_24_7_site_id": ("counter_24_7_name", "the nearest counter open 24 hours"),
}
_PRESENT = {"required": True}
_AS_AT = Field("as_at", "date", "The day the row describes", None, False, _PRESENT)
_REVISION = Field(
    "revision", "integer", "The revision the row is from, 1 for the first", None, False, {"required": True}
)
_INVENTED = {"required": True, "enum": (Evidence.DEMONSTRATION.value,)}
_DEMONSTRATION = Field("evidence", "string", DEMONSTRATION_NOTICE, None, False, _INVENTED)


@dataclass(frozen=True)
class Release:
    """A table as it is handed out: `fields` in the order of the cells of each row; missing cells are None.

    `edition` is `latest` or a snapshot's name; `day` is the day a table by day answers for, else None;
    `published_on` is the newest day on which anything in it was published, None where nothing was.
    """

    dataset: Dataset
    edition: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Any, ...], ...]
    day: date | None
    published_on: date | None
    data_version: str
    is_demonstration: bool

    @property
    def is_immutable(self) -> bool:
        return self.edition != LATEST

    @property
    def notice(self) -> str:
        """What a file of it says before anything else; empty for published facts."""
        return DEMONSTRATION_NOTICE if self.is_demonstration else ""

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


def published_dataset(name: str) -> Dataset:
    """The dataset called `name`; raises UnknownFileError naming those there are."""
    if name not in catalogue():
        raise UnknownFileError(f"No dataset is called {name[:40]!r}. There are: {', '.join(catalogue())}.")
    return catalogue()[name]


def answers_by_day(dataset: Dataset) -> bool:
    """Whether the dataset can be asked for as it stood on a day."""
    return dataset.kind == "derived" or (dataset.kind == "snapshot" and dataset.grain == "observation")


def snapshots_of(store: Store, dataset: Dataset) -> tuple[Snapshot, ...]:
    """The dataset's published snapshots, oldest as-at date first, each with its revisions in order."""
    return tuple(snapshot for snapshot in store.snapshots if snapshot.dataset == dataset.name)


def release(store: Store, dataset: Dataset, edition: str, day: date | None = None) -> Release:
    """The latest rows, perhaps as on a day, or one snapshot by its name.

    Raises ParameterError where a day is asked of a table that has none, and UnknownFileError for no snapshot's name.
    """
    if edition != LATEST:
        if day is not None:
            raise ParameterError("as_at", "A snapshot is of one day already: leave as_at out.")
        return _snapshot(store, dataset, edition)
    if day is not None and not answers_by_day(dataset):
        raise ParameterError("as_at", f"{dataset.title} is one list, not a state on a day: leave as_at out.")
    if dataset.kind == "derived":
        rows = store.rows(derived_rows(dataset), day=day or today())
        return _release(store, dataset, LATEST, rows, day or today(), store.newest_published_on)
    if dataset.kind == "reference":
        rows = store.rows("SELECT * FROM query_table($table) ORDER BY ALL", table=dataset.name)
        return _release(store, dataset, LATEST, rows, None, None)
    rows = store.rows(
        """
        SELECT * FROM query_table($table)
        WHERE $day IS NULL OR snapshot_as_at <= $day
        ORDER BY snapshot_as_at, revision, source_row
        """,
        table=f"current_{dataset.name}",
        day=(day or today()) if dataset.grain == "observation" else None,
    )
    newest = max((snapshot.published_on for snapshot in snapshots_of(store, dataset)), default=None)
    return _release(store, dataset, LATEST, rows, day, newest)


def derived_rows(dataset: Dataset) -> str:
    """The rows of a derived table on `$day`, of observations every one up to it, of anything else its state."""
    by_day = f"SELECT $day::DATE AS status_on, * FROM {dataset.view}($day) ORDER BY ALL"  # noqa: S608 - the catalogue's own
    return _OTHER_ROWS.get(dataset.name, by_day)


def _snapshot(store: Store, dataset: Dataset, edition: str) -> Release:
    """One published snapshot, such as `2017-12-28_r1`; the error names the newest."""
    published = {snapshot.name: snapshot for snapshot in snapshots_of(store, dataset)}
    if edition not in published:
        newest = f" The newest is {list(published)[-1]}." if published else " It has no dated snapshots: use latest."
        raise UnknownFileError(f"{dataset.title} has no snapshot {edition[:40]!r}.{newest}")
    snapshot = published[edition]
    rows = store.rows(
        """
        SELECT * FROM query_table($table)
        WHERE snapshot_as_at = $as_at AND revision = $revision
        ORDER BY source_row
        """,
        table=f"all_{dataset.name}",
        as_at=snapshot.as_at,
        revision=snapshot.revision,
    )
    return _release(store, dataset, edition, rows, None, snapshot.published_on, names_on=snapshot.as_at)


def handed_out_fields(dataset: Dataset, edition: str = LATEST, is_demonstration: bool = False) -> tuple[Field, ...]:
    """The columns of a dataset as it is handed out: its own, and a column of names after each of codes."""
    # A site can be renamed by a later publication, and the file of a snapshot never changes.
    fields = _with_names(_own_fields(dataset), {"site_id"} if edition != LATEST else set())
    if is_demonstration:
        fields = [field for field in fields if field.name != _DEMONSTRATION.name] + [_DEMONSTRATION]
    return tuple(fields)


def _own_fields(dataset: Dataset) -> list[Field]:
    """The columns of the published table; of an observation with its as-at date and revision."""
    own = [field for field in dataset.fields if not field.is_optional_column]
    if dataset.kind == "snapshot" and dataset.grain == "observation":
        return [_AS_AT, _REVISION, *own]
    return own


def names_of_codes(store: Store, day: date) -> dict[str, str]:
    """The name of every borough and site, of London, and of every ward in the newest set up to a day, by code."""
    rows = store.rows("SELECT code, name FROM name_on($day)", day=day)
    return {row["code"]: row["name"] for row in rows}


def _release(
    store: Store,
    dataset: Dataset,
    edition: str,
    rows: list[dict[str, Any]],
    day: date | None,
    published_on: date | None,
    names_on: date | None = None,
) -> Release:
    fields = handed_out_fields(dataset, edition, store.is_demonstration)
    names = names_of_codes(store, names_on or day or today())
    code_columns = {name: code for code, (name, _) in _NAMES_BESIDE.items()}
    known = {field.name for field in _own_fields(dataset)}

    def cell(row: dict[str, Any], field: Field) -> Any:
        if field is _DEMONSTRATION:
            return Evidence.DEMONSTRATION.value
        if field.name in known:
            return row[field.name]
        return names.get(row[code_columns[field.name]])

    return Release(
        dataset=dataset,
        edition=edition,
        fields=fields,
        rows=tuple(tuple(cell(row, field) for field in fields) for row in rows),
        day=day,
        published_on=published_on,
        data_version=store.data_version,
        is_demonstration=store.is_demonstration,
    )


def _with_names(fields: list[Field], nameless: set[str]) -> list[Field]:
    """The fields with a column of names after each column of codes that has none in the table."""
    present = {field.name for field in fields}
    result = []
    for field in fields:
        result.append(field)
        name, of_what = _NAMES_BESIDE.get(field.name, ("", ""))
        if name and name not in present and field.name not in nameless:
            described = f"Name of {of_what}, of the ward set in force" if "ward" in of_what else f"Name of {of_what}"
            result.append(Field(name, "string", described))
    return result
