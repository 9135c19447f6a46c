"""A city with a few months of the monthly series in the place of the published store."""

from __future__ import annotations

import pytest

from transparency.store.store import Store


@pytest.fixture
def city(months: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """What pages ask while a test runs."""
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: months)
    return months
