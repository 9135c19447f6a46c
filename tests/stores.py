"""The stores that tests only read, each opened once by a worker: three invented small cities, and the embedded one."""

from __future__ import annotations

import pytest

from tests.monthly_stores import city_with_months
from tests.small_city import build_small_city
from transparency.core.project import EMBEDDED_DATA
from transparency.store.database import open_store
from transparency.store.store import Store


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small city as if its data were real."""
    return open_store(build_small_city(tmp_path_factory.mktemp("city"), is_demonstration=False))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small city as a demonstration store."""
    return open_store(build_small_city(tmp_path_factory.mktemp("demonstration")))


@pytest.fixture(scope="session")
def months(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small city with a few months of the monthly series."""
    return city_with_months(tmp_path_factory.mktemp("months"))


@pytest.fixture(scope="session")
def store_of_facts() -> Store:
    """The embedded store."""
    return open_store(EMBEDDED_DATA, run_checks=False)
