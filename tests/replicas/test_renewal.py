"""A store in service is replaced by a newer one, and by nothing that is not whole: real stores, no server."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from transparency.core.errors import StoreError
from transparency.store import renewal
from transparency.store.current import Service
from transparency.store.database import open_store
from transparency.store.renewal import PublishedFolder, Renewal
from transparency.store.snapshots import list_snapshots
from transparency.store.write_once import IN_FLIGHT_FILE, STAGING_PREFIX

STAFFING = "snapshots/staffing/2017-01-04_r1"


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def renewing(root: Path, clock: Clock | None = None) -> tuple[Renewal, Service]:
    service = Service()
    started = Renewal(PublishedFolder(root), service, clock or Clock())
    started.begin()
    return started, service


def looks(kept: Renewal) -> bool:
    """Two looks, since only what is the same at both is opened."""
    return [kept.look(), kept.look()][1]


def test_a_published_snapshot_is_taken_up_and_the_old_store_still_answers(
    city: Path, publish_day: Callable[[Path, str], None]
) -> None:
    kept, service = renewing(city)
    before = service.store()
    publish_day(city, "2024-01-31")
    assert looks(kept)
    after = service.store()
    assert after.data_version == open_store(city).data_version != before.data_version
    question = "SELECT count(*) AS n FROM all_staffing WHERE as_at = DATE '2024-01-31'"
    assert (before.rows(question), after.rows(question)) == ([{"n": 0}], [{"n": 1}])
    assert not looks(kept)
    assert service.store() is after


def test_the_old_store_is_closed_when_no_request_can_be_reading_it(
    city: Path, publish_day: Callable[[Path, str], None]
) -> None:
    clock = Clock()
    kept, service = renewing(city, clock)
    before = service.store()
    publish_day(city, "2024-01-31")
    looks(kept)
    clock.seconds += renewal.SECONDS_BEFORE_CLOSING - 1
    kept.look()
    assert before.rows("SELECT 1 AS one") == [{"one": 1}]
    clock.seconds += 1
    kept.look()
    with pytest.raises(duckdb.ConnectionException):
        before.rows("SELECT 1 AS one")


def test_what_still_changes_is_not_opened(city: Path, tmp_path: Path) -> None:
    kept, service = renewing(city)
    before = service.store()
    for number in range(3):
        (city / "reference" / "note.csv").write_text("x" * number)
        assert not kept.look()
    assert service.store() is before
    assert service.refused is None


def test_a_publish_in_progress_is_passed_over_until_it_is_done(
    city: Path, publish_day: Callable[[Path, str], None]
) -> None:
    kept, service = renewing(city)
    before = service.store()
    publish_day(city, "2024-01-31")
    area = city / "snapshots" / f"{STAGING_PREFIX}stopped"
    area.mkdir()
    (area / IN_FLIGHT_FILE).write_text('["staffing/2024-01-31_r1"]')
    assert not looks(kept)
    assert service.store() is before
    (area / IN_FLIGHT_FILE).unlink()
    assert looks(kept)


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def make_unreadable(path: Path) -> None:
    """A link to itself: opening it fails for every user, the administrator too."""
    path.unlink()
    path.symlink_to(path.name)


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "the folder is gone": (shutil.rmtree, "The store folder 'city' does not exist or is not a folder."),
    "a byte of a table is flipped": (
        lambda root: flip_a_byte(root / STAFFING / "data.parquet"),
        "staffing/2017-01-04_r1/data.parquet: the bytes are not those that were published. Restore it from a copy",
    ),
    "a byte of a submission is flipped": (
        lambda root: flip_a_byte(root / STAFFING / "source.csv"),
        "staffing/2017-01-04_r1/source.csv: the bytes are not those that were published.",
    ),
    "a byte of a record is flipped": (
        lambda root: flip_a_byte(root / STAFFING / "snapshot.json"),
        "snapshots/staffing/2017-01-04_r1: snapshot.json",
    ),
    "a byte of a reference table is flipped": (
        lambda root: flip_a_byte(root / "reference/boroughs.csv"),
        "reference/boroughs.csv: the file is not the one whose hash was published in reference/SHA256SUMS.",
    ),
    "a table is cut short": (
        lambda root: (root / STAFFING / "data.parquet").write_bytes(b"PAR1"),
        "staffing/2017-01-04_r1/data.parquet: the bytes are not those that were published.",
    ),
    "a record has not been copied yet": (
        lambda root: (root / STAFFING / "snapshot.json").unlink(),
        "snapshots/staffing/2017-01-04_r1: snapshot.json cannot be read",
    ),
    "a table has not been copied yet": (
        lambda root: (root / STAFFING / "data.parquet").unlink(),
        "staffing/2017-01-04_r1/data.parquet: the file cannot be read (No such file or directory).",
    ),
    "a table is unreadable": (
        lambda root: make_unreadable(root / STAFFING / "data.parquet"),
        "staffing/2017-01-04_r1/data.parquet: the file cannot be read (Too many levels of symbolic links).",
    ),
    "reference tables are unreadable": (
        lambda root: make_unreadable(root / "reference/ward_sets.csv"),
        "reference/ward_sets.csv: the file cannot be read (Too many levels of symbolic links).",
    ),
    "the declaration is half-written": (
        lambda root: (root / "store.json").write_text('{"is_demon'),
        "store.json cannot be read",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_damaged_store_is_refused_and_the_last_good_one_stays(
    city: Path, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    damage, reason = FAULTS[fault]
    kept, service = renewing(city)
    before = service.store()
    damage(city)
    assert not any(kept.look() for _ in range(4))
    assert service.store() is before
    assert before.rows("SELECT count(*) AS n FROM wards_2014") == [{"n": 9}]
    assert service.refused is not None
    assert reason in service.refused.reason
    assert "\n" not in service.refused.reason
    (line,) = caplog.messages
    assert line.startswith(f"A release was refused, and data version {before.data_version} stays in service: ")


@pytest.mark.parametrize("fault", ["the folder is gone", "a byte of a table is flipped", "a table is unreadable"])
def test_a_server_that_starts_on_a_damaged_store_says_so_and_goes_on_when_it_is_mended(
    city: Path, fault: str, tmp_path: Path
) -> None:
    damage, reason = FAULTS[fault]
    copy = shutil.copytree(city, tmp_path / "copy")
    damage(city)
    kept, service = renewing(city)
    with pytest.raises(StoreError) as refused:
        service.store()
    assert reason in str(refused.value)
    shutil.rmtree(city, ignore_errors=True)
    shutil.copytree(copy, city)
    assert looks(kept)
    assert len(service.store().snapshots) == len(list_snapshots(copy))
    assert service.refused is None


def test_a_snapshot_that_breaks_a_rule_is_refused_with_the_rule(
    city: Path, publish_day: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put there past `publish`, which would have refused it."""
    kept, service = renewing(city)
    before = service.store()
    monkeypatch.setattr("transparency.publishing.publish.findings_in", lambda store: ())
    publish_day(city, "2017-06-30")
    shutil.rmtree(city / "snapshots" / "sources")
    assert not looks(kept)
    assert service.store() is before
    assert service.refused is not None
    assert "the source is not in the dataset sources" in service.refused.reason


def test_a_refused_store_is_tried_again_after_a_while_and_told_of_once(
    city: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the moment, such as memory or a share that hangs, leaves the folder as it was."""
    clock = Clock()
    kept, service = renewing(city, clock)
    (city / "reference" / "wards_2014.csv").touch()

    def refuse(root: Path) -> None:
        raise StoreError("no memory")

    with monkeypatch.context() as failing:
        failing.setattr(renewal, "open_store", refuse)
        assert not any(kept.look() for _ in range(5))
        assert len(caplog.messages) == 1
    assert not kept.look()
    clock.seconds += renewal.SECONDS_BEFORE_TRYING_AGAIN
    assert kept.look()
    assert service.refused is None


def test_what_stands_in_memory_is_offered_again_when_the_folder_is_as_it_was(city: Path, tmp_path: Path) -> None:
    kept, service = renewing(city)
    before = service.store()
    city.rename(tmp_path / "aside")
    kept.look()
    assert service.refused is not None
    (tmp_path / "aside").rename(city)
    kept.look()
    assert service.refused is None
    assert service.store() is before
