"""The small city to publish into, and the means to publish one more row of staffing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.small_city import build_small_city, staffing_csv
from transparency.publishing.publish import Submission, Terms, publish
from transparency.store.descriptors import dataset


@pytest.fixture(scope="session")
def built_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small_city(tmp_path_factory.mktemp("built") / "city", is_demonstration=False)


@pytest.fixture
def city(built_city: Path, tmp_path: Path) -> Path:
    """A fresh copy of the small city, as a store of facts."""
    return Path(shutil.copytree(built_city, tmp_path / "city"))


@pytest.fixture
def publish_day(tmp_path: Path) -> Callable[[Path, str], None]:
    """Publish Abbey's two constables and a PCSO as at a day into a store."""

    def publish_as_at(root: Path, as_at: str) -> None:
        submission = tmp_path / "staffing.csv"
        submission.write_bytes(staffing_csv({}))
        outcome = publish(root, [Submission(dataset("staffing"), submission)], Terms(as_at))
        assert not outcome.is_refused, outcome.findings

    return publish_as_at
