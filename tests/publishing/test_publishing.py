"""Publishing: what is written, revised, refused and warned of."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.small_city import REGISTERS, REGISTERS_AS_AT, SOURCES, staffing_csv
from transparency.core.errors import SnapshotExistsError
from transparency.core.vocabulary import today
from transparency.publishing.outcome import Outcome
from transparency.publishing.publish import Submission, Terms, check, publish
from transparency.publishing.reading import read_table
from transparency.store.database import open_store
from transparency.store.descriptors import Dataset, dataset, snapshot_datasets
from transparency.store.differences import Difference, differences
from transparency.store.snapshots import commit, list_snapshots, publishing_area, stage

Publish = Callable[..., Outcome]


def submission(folder: Path, name: str, text: str) -> Submission:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return Submission(dataset(name), path)


def test_a_snapshot_keeps_the_bytes_as_received(city: Path, publish_staffing: Publish) -> None:
    source = b"\xef\xbb\xbf" + staffing_csv({}).replace(b"\n", b"\r\n")
    (snapshot,) = publish_staffing(city, source).snapshots
    assert snapshot.source_path.read_bytes() == source
    assert snapshot.folder == city / "snapshots" / "staffing" / "2017-06-30_r1"
    assert snapshot.record == {
        "dataset": "staffing",
        "as_at": "2017-06-30",
        "revision": 1,
        "published_on": today().isoformat(),
        "reason": None,
        "coverage": "some_wards",
        "rows": 1,
        "source_sha256": snapshot.source_sha256,
        "parquet_sha256": snapshot.parquet_sha256,
    }


def test_what_is_published_is_read_with_its_source_row_and_blank_is_not_zero(
    city: Path, publish_staffing: Publish
) -> None:
    publish_staffing(city, staffing_csv({}, {"ward_code": "E05900012", "dedicated_pcsos": ""}))
    rows = open_store(city).rows(
        "SELECT source_row, ward_code, dedicated_pcs, dedicated_pcsos, is_minimum "
        "FROM current_staffing WHERE as_at = $as_at ORDER BY source_row",
        as_at=date(2017, 6, 30),
    )
    assert [tuple(row.values()) for row in rows] == [
        (2, "E05900011", 2.0, 1.0, False),
        (3, "E05900012", 2.0, None, False),
    ]


def test_columns_may_come_in_any_order_and_the_ward_name_is_checked_and_not_kept(
    city: Path, publish_staffing: Publish
) -> None:
    columns = "ward_name,source_id,evidence,basis,is_minimum,dedicated_pcsos,dedicated_pcs,as_at_precision,ward_code"
    assert publish_staffing(city, staffing_csv({"ward_name": "Abbey"}, columns=columns)).findings == ()
    (row,) = open_store(city).rows("SELECT * FROM current_staffing WHERE as_at = $as_at", as_at=date(2017, 6, 30))
    assert (row["ward_code"], row["dedicated_pcs"], row["dedicated_pcsos"]) == ("E05900011", 2.0, 1.0)
    assert "ward_name" not in row


def test_an_existing_snapshot_is_never_overwritten_and_the_message_says_how_to_revise(
    city: Path, publish_staffing: Publish
) -> None:
    publish_staffing(city, staffing_csv({}))
    outcome = publish_staffing(city, staffing_csv({"dedicated_pcs": "1"}))
    (finding,) = outcome.findings
    assert str(finding) == (
        "staffing.csv, column as_at: staffing 2017-06-30_r1 is published already, and a snapshot is never "
        "overwritten ('2017-06-30'). To replace it, publish a revision: add --revise --reason \"why\"."
    )
    assert outcome.is_refused


@pytest.mark.rule("T4", "T11")
def test_a_revision_replaces_with_a_reason_and_keeps_what_it_replaces(city: Path, publish_staffing: Publish) -> None:
    publish_staffing(city, staffing_csv({}, {"ward_code": "E05900012"}))
    changed = staffing_csv({"dedicated_pcs": "1"}, {"ward_code": "E05900013", "dedicated_pcsos": ""})
    (second,) = publish_staffing(city, changed, reason="Two wards were confused").snapshots
    assert (second.name, second.reason) == ("2017-06-30_r2", "Two wards were confused")
    store = open_store(city)
    counted = store.rows(
        "SELECT revision, count(*) AS n FROM all_staffing WHERE as_at = $day GROUP BY 1 ORDER BY 1",
        day=date(2017, 6, 30),
    )
    assert counted == [{"revision": 1, "n": 2}, {"revision": 2, "n": 2}]
    first = next(s for s in list_snapshots(city) if s.name == "2017-06-30_r1")
    assert differences(first, second) == (
        Difference("removed", "E05900012"),
        Difference("changed", "E05900011", "dedicated_pcs", "2", "1"),
        Difference("added", "E05900013"),
    )


def test_there_must_be_something_to_revise(city: Path, publish_staffing: Publish) -> None:
    outcome = publish_staffing(city, staffing_csv({}), reason="A mistake")
    assert [finding.rule for finding in outcome.findings] == [
        "nothing is published for this day, so there is nothing to revise"
    ]


def test_a_row_and_its_source_arrive_together_or_not_at_all(city: Path, tmp_path: Path) -> None:
    sources = submission(
        tmp_path, "sources", SOURCES.splitlines()[0] + "\nnew-police,City Police,New,,,facts only,police\n"
    )
    row = staffing_csv({"source_id": "new-police"}).decode()
    staffing = submission(tmp_path, "staffing", row)
    alone = publish(city, [staffing], Terms("2026-01-01"))
    assert [finding.rule for finding in alone.findings] == ["the source is not in the dataset sources"]
    together = publish(city, [staffing, sources], Terms("2026-01-01"))
    assert [(s.dataset, s.name) for s in together.snapshots] == [
        ("staffing", "2026-01-01_r1"),
        ("sources", "2026-01-01_r1"),
    ]
    bad = submission(tmp_path, "staffing", staffing_csv({"source_id": "nobody"}).decode())
    before = list_snapshots(city)
    refused = publish(city, [bad, sources], Terms("2026-01-02"))
    assert refused.is_refused
    assert list_snapshots(city) == before


def test_a_register_that_drops_what_others_need_is_refused_with_the_row_that_needs_it(
    city: Path, tmp_path: Path
) -> None:
    without_minutes = "\n".join(line for line in SOURCES.splitlines() if not line.startswith("minutes")) + "\n"
    terms = Terms(REGISTERS_AS_AT, reason="Sources tidied")
    outcome = publish(city, [submission(tmp_path, "sources", without_minutes)], terms)
    assert outcome.is_refused
    assert {finding.value for finding in outcome.findings} == {"minutes"}
    assert "staffing 2019-04-04_r1" in {finding.file for finding in outcome.findings}


def test_a_dry_run_and_a_check_write_nothing(city: Path, publish_staffing: Publish, tmp_path: Path) -> None:
    before = sorted(city.rglob("*"))
    assert publish_staffing(city, staffing_csv({}), is_dry_run=True) == Outcome(())
    assert check(city, [Submission(dataset("staffing"), tmp_path / "staffing.csv")], Terms("2017-06-30")) == (
        Outcome(())
    )
    assert sorted(city.rglob("*")) == before


def test_missing_wards_are_warned_of_by_name_in_a_snapshot_of_every_ward(city: Path, publish_staffing: Publish) -> None:
    wards = ("11", "12", "13", "21", "31", "32", "33")
    source = staffing_csv(*({"ward_code": f"E059000{ward}"} for ward in wards))
    outcome = publish_staffing(city, source, coverage="all_wards")
    assert len(outcome.snapshots) == 1
    (warning,) = outcome.findings
    assert warning.is_warning
    assert warning.rule == "2 wards of Southbank are missing from a snapshot of every ward"
    assert warning.value == "St James's (E05900022), Village (E05900023)"
    assert publish_staffing(city, source, as_at="2017-07-31").findings == ()


def test_a_fall_of_more_than_half_in_a_borough_is_warned_of(city: Path, publish_staffing: Publish) -> None:
    wards = ("11", "12", "13", "24", "25", "31", "32", "33")

    def every_ward(**pcs: str) -> bytes:
        return staffing_csv(
            *({"ward_code": f"E059000{ward}", "dedicated_pcs": pcs.get(f"w{ward}", "2")} for ward in wards)
        )

    halved = every_ward(w11="1", w12="1", w13="1")
    assert publish_staffing(city, halved, "2019-06-30", "all_wards").findings == ()
    fewer = every_ward(w11="1", w12="0", w13="0")
    (warning,) = publish_staffing(city, fewer, "2019-07-31", "all_wards").findings
    assert warning.is_warning
    assert (warning.column, warning.value) == ("dedicated_pcs", "1")
    assert warning.rule == "Northbank falls by more than half, from 3 on 30 June 2019"


def test_commit_refuses_a_place_that_is_taken(city: Path) -> None:
    reading = read_table(dataset("sources"), SOURCES.encode(), "sources.csv")
    with publishing_area(city) as area:
        staged = [
            stage(
                area,
                dataset("sources"),
                reading.source,
                reading.columns,
                as_at=as_at,
                revision=1,
                published_on=date(2026, 1, 5),
                reason=None,
                coverage="some_wards",
            )
            for as_at in (date(2026, 1, 2), date.fromisoformat(REGISTERS_AS_AT))
        ]
        with pytest.raises(SnapshotExistsError, match="sources 2025-12-31_r1 is already published"):
            commit(city, area, staged)
    assert "2026-01-02_r1" not in {snapshot.name for snapshot in list_snapshots(city)}


FOREIGN_KEYS = [
    (described, key.field)
    for described in snapshot_datasets()
    for key in (*described.foreign_keys, *described.view_keys)
    if described.name in REGISTERS
]


@pytest.mark.parametrize(
    ("described", "column"), FOREIGN_KEYS, ids=[f"{item.name}.{column}" for item, column in FOREIGN_KEYS]
)
def test_every_foreign_key_of_every_descriptor_is_checked(
    described: Dataset, column: str, city: Path, tmp_path: Path
) -> None:
    header, first, *_ = REGISTERS[described.name].splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=True)) | {column: "E05999999"}
    text = f"{header}\n{','.join(cells.values())}\n"
    outcome = publish(city, [submission(tmp_path, described.name, text)], Terms("2026-01-01"))
    told = {(finding.file, finding.row, finding.column, finding.value) for finding in outcome.findings}
    assert (f"{described.name}.csv", 2, column, "E05999999") in told
    assert outcome.is_refused
