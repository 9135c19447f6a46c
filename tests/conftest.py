"""A real server for tests that speak HTTP, and which tests are kept together on one worker."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from httpx._config import DEFAULT_TIMEOUT_CONFIG
from xdist.scheduler import LoadScopeScheduling

from tests.serving import serve, server

pytest_plugins = ["tests.recording", "tests.stores", "pytester"]

# No test is timed: a machine with other work must not fail one, and what never answers is found all the same.
for part in ("connect", "read", "write", "pool"):
    setattr(DEFAULT_TIMEOUT_CONFIG, part, 180.0)
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


# Tests of half a minute and more that share nothing: each, or each view, goes to whichever worker is free. All others
# are kept together by file, whose stores, servers and pages are then made once.
SHARED_OUT = (
    "tests/contracts/test_golden_export.py",
    "tests/publishing/test_killed_and_racing.py",
    "tests/replicas/test_clock.py",
)
EACH_VIEW_ON_ONE_WORKER = "tests/browser/test_every_view.py"


# Files and folders with a test of more than five seconds, or of more than twenty together (pytest --durations).
SLOW = (
    "tests/about/test_rulebook.py",
    "tests/contracts/test_golden_export.py",
    "tests/demo/",
    "tests/importers/",
    "tests/outlets/test_export.py",
    "tests/outlets/test_handout",
    "tests/pages/",
    "tests/publishing/",
    "tests/places/test_postcodes.py::test_the_true_ward_of_a_sampled_postcode_is_a_candidate",
    "tests/security/test_dashboard.py",
    "tests/security/test_injection.py",
    "tests/security/test_supply.py",
)


def starts_a_server(item: pytest.Item) -> bool:
    """Whether a test is of replicas, or speaks to a real server by a fixture or by tests.serving."""
    names = vars(item.module) if isinstance(item, pytest.Function) else {}
    return (
        item.nodeid.startswith("tests/replicas/")
        or "live_server" in getattr(item, "fixturenames", ())
        or serve in names.values()
        or server in names.values()
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what make test-fast leaves out, and begin with it: what is short then fills the gaps at the end."""
    for item in items:
        if starts_a_server(item):
            item.add_marker("server")
        if item.nodeid.startswith(SLOW):
            item.add_marker("slow")
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("browser", "server", "slow"))))


class Together(LoadScopeScheduling):
    """Gives the tests of a file, or of a view, to one worker, in their order; those shared out to whichever is free."""

    def _split_scope(self, nodeid: str) -> str:
        file, view = nodeid.partition("::")[0], nodeid.partition("[")[2]
        if file == EACH_VIEW_ON_ONE_WORKER:
            return f"{file}[{view}"
        return nodeid if file in SHARED_OUT else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """In place of xdist's own groups, whose marks pytest 9.2 does not hear (xdist 3.8.0); in the order collected."""
    config.option.loadscopereorder = False
    return Together(config, log)


@pytest.fixture(scope="session")
def live_server() -> Iterator[str]:
    """The address of one server with the embedded store, shared by all tests of a worker.

    For another store: `with serve(folder) as address:` from tests.serving.
    """
    with serve() as address:
        yield address
