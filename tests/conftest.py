"""A real server for tests that speak HTTP, and the grouping that keeps them on one worker."""

from collections.abc import Iterator

import pytest

from tests.serving import serve

pytest_plugins = ["tests.recording", "pytester"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share the running server, in a browser or not, run one after the other on one worker."""
    for item in items:
        if "live_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("live_server"))


@pytest.fixture(scope="session")
def live_server() -> Iterator[str]:
    """The address of one server with the embedded store, shared by all tests of a worker.

    For another store: `with serve(folder) as address:` from tests.serving.
    """
    with serve() as address:
        yield address
