"""A city with a few months of the monthly series, opened once, and in the place of the published store."""

from __future__ import annotations

import pytest

from tests.monthly_stores import city_with_months
from transparency.store.store import Store


@pytest.fixture(scope="session")
def months(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return city_with_months(tmp_path_factory.mktemp("months"))


@pytest.fixture
def city(months: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The same, and what pages ask while a test runs."""
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: months)
    return months
