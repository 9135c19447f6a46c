"""Two replicas behind nginx, with the configuration as it is shipped: a release and a death under load.

One replica copies from a shared folder, the other over HTTP. Readers come from addresses of their own, 127.0.0.x.
"""

from __future__ import annotations

import functools
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Playwright, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.conftest import CHROMIUM_ARGUMENTS
from tests.replicas.test_replica import QuietHandler
from tests.replicas.visitors import traffic
from tests.serving import ROOT, chromium_path, server
from tests.small_city import build_small_city
from transparency.store.database import open_store
from transparency.store.replica_manifest import make_release

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONFIGURATION = ROOT / "deploy/nginx/nginx.conf"
PLAIN = [f"127.0.0.{number}" for number in (11, 12, 13, 14)]
DASHBOARD = [f"127.0.0.{number}" for number in (21, 22, 23, 24, 25, 26)]
SECONDS_TO_TAKE_UP = 180

needs_nginx = pytest.mark.skipif(NGINX is None and "REQUIRE_NGINX" not in os.environ, reason="nginx is not installed")
pytestmark = [
    needs_nginx,
    pytest.mark.skipif(sys.platform != "linux", reason="addresses 127.0.0.x need Linux"),
]


@dataclass
class Site:
    """A released store, two replicas of it, and nginx before them."""

    published: Path
    address: str
    replicas: list[str]
    processes: list[subprocess.Popen[str]]
    copies: list[Path]
    settings: list[dict[str, Any]]

    def health(self, replica: int) -> dict[str, object]:
        answer: dict[str, object] = httpx.get(f"{self.replicas[replica]}/health").json()
        return answer

    def get(self, path: str, local_address: str = "127.0.0.1") -> httpx.Response:
        with httpx.Client(transport=httpx.HTTPTransport(local_address=local_address)) as client:
            return client.get(f"{self.address}{path}")


@contextmanager
def nginx(replicas: list[str]) -> Iterator[str]:
    """The shipped configuration with where to listen and these replicas beside it; gives the address."""
    with tempfile.TemporaryDirectory(prefix="nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx works under a user of its own
        shutil.copy(CONFIGURATION, folder / "nginx.conf")
        servers = [f"server {address.removeprefix('http://')} max_fails=1 fail_timeout=5s;\n" for address in replicas]
        (folder / "replicas.conf").write_text("".join(servers))
        (folder / "listen.conf").write_text(f"listen unix:{folder}/probe.sock;\nlisten 127.0.0.1:{free_port()};\n")
        port = re.findall(r"127\.0\.0\.1:(\d+)", (folder / "listen.conf").read_text())[0]
        with running_nginx(folder, f"http://127.0.0.1:{port}/health"):
            yield f"http://127.0.0.1:{port}"


@contextmanager
def running_nginx(folder: Path, awaited: str) -> Iterator[None]:
    """Nginx with the folder's nginx.conf, from when the address awaited answers."""
    assert NGINX, "nginx is not installed"
    with (folder / "said").open("w+") as said:
        command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
        process = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            deadline = time.monotonic() + SECONDS_TO_TAKE_UP
            while not _answers(awaited):
                assert process.poll() is None and time.monotonic() < deadline, (folder / "said").read_text()
                time.sleep(0.1)
            yield
        finally:
            process.send_signal(signal.SIGQUIT)
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.terminate()
                process.wait(timeout=60)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address).status_code == 200
    except httpx.TransportError:
        return False


def free_port() -> int:
    """Below those the system gives to outgoing connections, one of which might take the port of a dead replica."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    published = build_small_city(folder / "published", is_demonstration=False)
    make_release(published, open_store(published).data_version)
    static = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(published)))
    threading.Thread(target=static.serve_forever, daemon=True).start()
    sources = [str(published), f"http://127.0.0.1:{static.server_port}"]
    with ExitStack() as running:
        copies = [folder / "replica-0", folder / "replica-1"]
        settings: list[dict[str, Any]] = [
            {
                "PORT": str(free_port()),
                "TRANSPARENCY_SOURCE": source,
                "TRANSPARENCY_LOOK_SECONDS": "0.5",
                "TRANSPARENCY_PROXIES": "127.0.0.1",
            }
            for source in sources
        ]
        started = [running.enter_context(server(copy, **each)) for copy, each in zip(copies, settings, strict=True)]
        replicas = [address for address, _ in started]
        front = running.enter_context(nginx(replicas))
        yield Site(published, front, replicas, [process for _, process in started], copies, settings)
    static.shutdown()
    static.server_close()


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_TAKE_UP
    while not is_so():
        assert time.monotonic() < deadline, f"not within {SECONDS_TO_TAKE_UP} s: {what}"
        time.sleep(0.2)


def test_the_shipped_configuration_is_valid(site: Site) -> None:
    """The very files, with the names of the containers replaced by ones that exist here."""
    assert NGINX
    with tempfile.TemporaryDirectory(prefix="nginx-") as name:
        shutil.copytree(CONFIGURATION.parent, name, dirs_exist_ok=True)
        replicas = Path(name) / "replicas.conf"
        replicas.write_text(re.sub(r"replica-\d", "127.0.0.1", replicas.read_text()))
        done = subprocess.run(
            [NGINX, "-t", "-p", name, "-c", f"{name}/nginx.conf"], capture_output=True, text=True, check=False
        )
    assert (done.returncode, "test is successful" in done.stderr) == (0, True), done.stderr


def test_what_nobody_needs_is_closed_and_what_is_too_large_is_refused(site: Site) -> None:
    for path in ("/_stcore/metrics", "/_stcore/agent/x", "/progress/_stcore/metrics", "/_stcore/upload_file/a/b"):
        assert site.get(path).status_code == 404, path
    assert httpx.post(f"{site.address}/api/v1/search", content=b"x" * 70_000).status_code == 413
    assert site.get("/health").headers["cache-control"] == "no-store"
    assert "x-cache" not in site.get("/plain/find?q=abbey").headers


def test_a_plain_page_is_kept_and_the_dashboards_shell_is_not(site: Site) -> None:
    states = [site.get("/ward/E05900011?as_at=2017-01-04").headers["x-cache"] for _ in range(2)]
    assert states == ["MISS", "HIT"]
    assert {site.get("/").headers["x-cache"] for _ in range(2)} <= {"MISS", "BYPASS", "EXPIRED"}


def test_searching_without_end_is_slowed_down_and_reading_is_not(site: Site) -> None:
    with (
        httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.9")) as client,
        ThreadPoolExecutor(40) as many,
    ):
        search = f"{site.address}/api/v1/search?q=abbey"
        asked = [answer.status_code for answer in many.map(client.get, [search] * 40)]
        page = client.get(f"{site.address}/ward/E05900011").status_code
    assert set(asked) == {200, 429}
    assert asked.count(200) > 20
    assert page == 200


def test_a_release_is_taken_up_under_load_and_every_page_names_one_version(
    site: Site, publish_day: Callable[[Path, str], None]
) -> None:
    before = str(site.health(0)["data_version"])
    with traffic(site.address, PLAIN, DASHBOARD) as seen:
        wait_until(lambda: all(seen.runs.get(each) for each in DASHBOARD), "every visitor sees a page")
        publish_day(site.published, "2024-01-31")
        after = open_store(site.published).data_version
        make_release(site.published, after)
        wait_until(lambda: {site.health(n)["data_version"] for n in (0, 1)} == {after}, "both replicas have it")
        taken_up = time.monotonic()
        wait_until(
            lambda: all(runs[-1].began > taken_up for runs in seen.runs.values()), "every visitor sees another page"
        )
    assert [page for page in seen.pages if page.fault] == []
    assert {page.versions for page in seen.pages} == {frozenset({before}), frozenset({after})}
    assert seen.reconnections == dict.fromkeys(DASHBOARD, 0)
    for runs in seen.runs.values():
        assert {run.versions for run in runs} == {frozenset({before}), frozenset({after})}
        assert runs[-1].versions == {after}


def test_a_damaged_release_is_refused_by_both_and_told(site: Site, publish_day: Callable[[Path, str], None]) -> None:
    before = site.health(0)["data_version"]
    publish_day(site.published, "2024-02-29")
    table = site.published / "snapshots/staffing/2024-02-29_r1/data.parquet"
    whole = table.read_bytes()
    table.write_bytes(whole[:-1] + b"\0")
    # The list has the hash of the damaged file; the snapshot's own record has that of the file published.
    make_release(site.published, "000000000000")
    wait_until(lambda: all(site.health(n)["refused_release"] for n in (0, 1)), "both have refused it")
    for number in (0, 1):
        health = site.health(number)
        assert health["status"] == "ok"
        assert "staffing/2024-02-29_r1/data.parquet: the bytes are not those" in str(health["refused_release"])
        assert health["data_version"] == before
    table.write_bytes(whole)
    after = open_store(site.published).data_version
    make_release(site.published, after)
    wait_until(lambda: {site.health(n)["data_version"] for n in (0, 1)} == {after}, "both have the mended one")
    assert [site.health(n)["refused_release"] for n in (0, 1)] == [None, None]


def kill_one_under_load(site: Site) -> None:
    """Of plain requests only those in flight may fail; dashboard pages connect again."""
    with traffic(site.address, PLAIN, DASHBOARD) as seen:
        wait_until(lambda: all(seen.runs.get(each) for each in DASHBOARD), "every visitor sees a page")
        was_alive = time.monotonic()
        site.processes[0].kill()
        site.processes[0].wait()
        killed = time.monotonic()
        wait_until(
            lambda: all(runs and runs[-1].began > killed + 1 for runs in seen.runs.values()),
            "every visitor sees a page again",
        )
    failed = [page for page in seen.pages if page.fault]
    assert [page for page in failed if page.began > killed or page.ended < was_alive] == []
    assert len(failed) <= len(PLAIN)
    assert sum(page.began > killed for page in seen.pages) > len(PLAIN)
    assert {len(page.versions) for page in seen.pages if not page.fault} == {1}
    assert {len(run.versions) for runs in seen.runs.values() for run in runs} == {1}
    # Those led to the dead replica came back once, those of the other noticed nothing.
    assert set(seen.reconnections.values()) <= {0, 1}


def kill_the_other_under_a_browser(site: Site, playwright: Playwright) -> None:
    """Opened while the other replica alone is there, which is killed when the first has come back."""
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
    try:
        page = browser.new_page()
        page.goto(f"{site.address}/?ward=E05900013&as_at=2017-01-04")
        expect(page.get_by_role("heading", name="Village").first).to_be_visible(timeout=1000 * SECONDS_TO_TAKE_UP)
        with server(site.copies[0], **site.settings[0]):
            wait_until(lambda: _answers(f"{site.replicas[0]}/health"), "the first replica is back")
            site.processes[1].kill()
            site.processes[1].wait()
            box = page.get_by_role("textbox").first
            found = page.get_by_role("link", name=re.compile("Castle & Quay")).first

            def is_found() -> bool:
                box.fill("")
                box.fill("castle quay")
                with suppress(PlaywrightTimeoutError):
                    found.wait_for(timeout=5_000)
                return found.is_visible()

            wait_until(is_found, "the page answers again")
    finally:
        browser.close()


def kill_all(site: Site) -> None:
    """What was kept is still served."""
    for process in site.processes:
        process.kill()
        process.wait()
    kept = site.get("/ward/E05900011?as_at=2017-01-04")
    assert (kept.status_code, "4 January 2017" in kept.text) == (200, True), kept.headers
    other = site.get("/ward/E05900011?as_at=2017-02-04")
    assert other.status_code in (502, 504), (other.headers, site.replicas, [p.poll() for p in site.processes])


def test_replicas_die_one_after_the_other(site: Site, playwright: Playwright) -> None:
    """Last, since none of them is left."""
    assert site.get("/ward/E05900011?as_at=2017-01-04").status_code == 200
    kill_one_under_load(site)
    if chromium_path() is not None:
        kill_the_other_under_a_browser(site, playwright)
    kill_all(site)
