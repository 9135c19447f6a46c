"""A fresh copy of the small city for each test, as a store of facts or as a demonstration."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.small_city import build_small_city
from transparency.publishing.outcome import Outcome
from transparency.publishing.publish import Submission, Terms, publish
from transparency.store.descriptors import dataset


@pytest.fixture(scope="session")
def built_cities(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    folder = tmp_path_factory.mktemp("cities")
    return {flag: build_small_city(folder / str(flag), is_demonstration=flag) for flag in (True, False)}


@pytest.fixture
def city(built_cities: dict[bool, Path], tmp_path: Path) -> Path:
    """The small city as a store of facts: evidence `demonstration` has no place in it."""
    return Path(shutil.copytree(built_cities[False], tmp_path / "city"))


@pytest.fixture
def demonstration(built_cities: dict[bool, Path], tmp_path: Path) -> Path:
    """The small city as a demonstration store: it verifies as good."""
    return Path(shutil.copytree(built_cities[True], tmp_path / "demonstration"))


@pytest.fixture
def publish_staffing(tmp_path: Path) -> Callable[..., Outcome]:
    """Write bytes to `staffing.csv` and publish them as staffing."""

    def publish_bytes(
        root: Path,
        source: bytes,
        as_at: str = "2017-06-30",
        coverage: str = "some_wards",
        reason: str | None = None,
        is_dry_run: bool = False,
    ) -> Outcome:
        path = tmp_path / "staffing.csv"
        path.write_bytes(source)
        terms = Terms(as_at, coverage, reason)
        return publish(root, [Submission(dataset("staffing"), path)], terms, is_dry_run)

    return publish_bytes
