"""The files in deploy/: every path and command they name exists, and what can be run here is run.

No container engine is used.
"""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

import httpx
import pytest
import yaml

from tests.replicas.test_two_replicas import free_port, needs_nginx, running_nginx
from tests.serving import ROOT, server
from tests.small_city import build_small_city
from transparency.core.settings import Settings
from transparency.store.database import open_store
from transparency.store.replica import Replica, source_at
from transparency.store.replica_manifest import make_release

DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
UNIT = DEPLOY / "transparency.service"
# Read where they are used, and not among the settings of how the site is reached.
OTHER_VARIABLES = {"DATA", "SOURCE"}


def instructions(name: str) -> list[str]:
    """What follows an instruction of the container file, continued lines joined."""
    return re.findall(rf"^{name} (.*)$", CONTAINERFILE.replace("\\\n", " "), re.MULTILINE)


def health_check() -> str:
    (line,) = instructions("HEALTHCHECK")
    return line.partition(" CMD ")[2].strip()


def test_the_health_check_of_the_container_fails_where_nothing_answers() -> None:
    check = [sys.executable, *ast.literal_eval(health_check())[1:]]
    assert subprocess.run(check, env={"PORT": str(free_port())}, capture_output=True, check=False).returncode == 1


def known_variables() -> set[str]:
    return {f"TRANSPARENCY_{name.upper()}" for name in (*Settings.__dataclass_fields__, *OTHER_VARIABLES)}


def test_the_container_copies_what_is_there_and_all_the_application_needs() -> None:
    copied = {source for line in instructions("COPY") for source in line.split()[:-1]}
    assert {name for name in copied if not (ROOT / name).exists()} == set()
    needed = {"app.py", "pages", "src", "static", "data", ".streamlit", "requirements.txt", "requirements.lock"}
    assert needed <= copied


def test_what_the_container_copies_is_enough_to_serve_every_page(tmp_path: Path) -> None:
    """The same copies in a folder of their own, and the container's command run in it."""
    for line in instructions("COPY"):
        *names, target = line.split()
        for name in names:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, tmp_path / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, tmp_path / target)
    with server(None, PYTHONPATH=str(tmp_path / "src")) as (address, _), httpx.Client(base_url=address) as client:
        paths = ["/health", "/", "/ward/E05000139", "/ward/E05000139/handout.pdf", "/data/", "/assets/favicon.svg"]
        paths += re.findall(r"/(?:plain|about)/[\w/-]+", client.get("/sitemap.xml").text)
        answered = {path: client.get(path).status_code for path in dict.fromkeys(paths)}
        known = client.get("/health").json()["data_version"]
        check = [sys.executable, *ast.literal_eval(health_check())[1:]]
        checked = subprocess.run(check, env={"PORT": address.rpartition(":")[2]}, check=False).returncode
    assert len(answered) > 15
    assert {path: status for path, status in answered.items() if status != 200} == {}
    assert known == open_store(run_checks=False).data_version
    assert checked == 0


def test_the_container_runs_a_module_that_is_there_as_nobody_special() -> None:
    (command,) = instructions("CMD")
    assert find_spec(ast.literal_eval(command)[-1]) is not None
    (user,) = instructions("USER")
    assert user.split(":")[0].isdecimal()
    assert int(user.split(":")[0]) > 0
    (base,) = instructions("FROM")
    assert base.endswith(":3.11-slim")


def test_the_replicas_of_compose_are_those_nginx_leads_to() -> None:
    services = COMPOSE["services"]
    led_to = re.findall(r"^server ([\w-]+):(\d+)", (DEPLOY / "nginx/replicas.conf").read_text(), re.MULTILINE)
    assert [name for name, _ in led_to] == [name for name in services if name != "nginx"]
    assert {port for _, port in led_to} == set(re.findall(r"PORT=(\d+)", "".join(instructions("ENV"))))
    addresses = {service["networks"]["inside"]["ipv4_address"] for name, service in services.items() if name != "nginx"}
    (inside,) = COMPOSE["networks"]["inside"]["ipam"]["config"]
    assert len(addresses) == 2
    assert all(address in IPv4Network(inside["subnet"]) for address in map(IPv4Address, addresses))
    volumes = [service["volumes"][1].split(":")[0] for name, service in services.items() if name != "nginx"]
    assert len(set(volumes)) == len(volumes), "two replicas never share their copies"


@pytest.mark.parametrize("service", COMPOSE["services"].values(), ids=COMPOSE["services"].keys())
def test_compose_names_files_that_are_there_and_variables_that_are_read(service: dict[str, object]) -> None:
    build = service.get("build")
    if isinstance(build, dict):
        assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Containerfile"
    volumes, environment = service["volumes"], service.get("environment", {})
    assert isinstance(volumes, list)
    assert isinstance(environment, dict)
    mounted = [volume.split(":")[0] for volume in volumes if volume.startswith("./")]
    assert [name for name in mounted if not (DEPLOY / name).is_file()] == []
    assert {name for name in environment if name.startswith("TRANSPARENCY_")} <= known_variables()


def test_nginx_listens_where_compose_publishes_it() -> None:
    (published,) = COMPOSE["services"]["nginx"]["ports"]
    assert published.split(":")[1] in re.findall(r"^listen (\d+);", (DEPLOY / "nginx/listen.conf").read_text(), re.M)


@needs_nginx
def test_a_publishers_nginx_offers_what_was_released_and_nothing_else(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="publisher-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx works under a user of its own
        published = build_small_city(folder / "published", is_demonstration=False)
        released = make_release(published, open_store(published).data_version)
        for other in ("downloads/answer.json", "snapshots/.staging-x/staffing.csv", "secret.txt"):
            (published / other).parent.mkdir(parents=True, exist_ok=True)
            (published / other).write_text("not released")
        store = (DEPLOY / "nginx/store.conf").read_text(encoding="utf-8")
        (folder / "store.conf").write_text(store.replace("alias /srv/published/", f"alias {published}/"))
        port = free_port()
        (folder / "nginx.conf").write_text(
            f"pid nginx.pid; error_log stderr crit; events {{}} http {{ access_log off; "
            f"server {{ listen 127.0.0.1:{port}; include store.conf; }} }}"
        )
        address = f"http://127.0.0.1:{port}/store"
        with running_nginx(folder, f"{address}/release.json"):
            replica = Replica(source_at(address), tmp_path)
            copied = replica.fetch(replica.state())
            asked = ("downloads/answer.json", "snapshots/.staging-x/staffing.csv", "secret.txt", "", "snapshots/")
            refused = {path: httpx.get(f"{address}/{path}").status_code for path in (*asked, "snapshots/../secret.txt")}
            written = httpx.put(f"{address}/store.json", content=b"{}").status_code
    assert {path.relative_to(copied).as_posix() for path in copied.rglob("*") if path.is_file()} == {
        "release.json",
        *(file.path for file in released.files),
    }
    assert {path: status for path, status in refused.items() if status not in (403, 404)} == {}
    assert written == 403


def test_the_unit_starts_the_server_with_variables_that_are_read() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(UNIT)
    service = unit["Service"]
    program, flag, module = service["ExecStart"].split()
    assert program == f"{service['WorkingDirectory']}/.venv/bin/python"
    assert (flag, find_spec(module) is not None) == ("-m", True)
    named = set(re.findall(r"\b(TRANSPARENCY_\w+)=", UNIT.read_text(encoding="utf-8")))
    assert {"TRANSPARENCY_SOURCE", "TRANSPARENCY_DATA"} <= named <= known_variables()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_understands_every_line_of_the_unit(tmp_path: Path) -> None:
    """With a program that exists in place of the project's, which stands in another folder."""
    text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    copy = tmp_path / UNIT.name
    copy.write_text(text, encoding="utf-8")
    said = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False)
    assert [line for line in said.stderr.splitlines() if UNIT.name in line] == []
