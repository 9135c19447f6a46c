"""The wheel works in an environment that has only what it declares, with a store named by TRANSPARENCY_DATA."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.serving import ROOT, server

pytestmark = [pytest.mark.slow, pytest.mark.server]
WITHOUT_CHECKOUT = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}


def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=WITHOUT_CHECKOUT | variables, cwd="/", capture_output=True, text=True, check=True
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel; run-time packages are read from this one, and the checkout is out of sight."""
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", environment)
    python = environment / "bin/python"
    uv = Path(sys.executable).with_name("uv")
    run(uv, "pip", "install", "--quiet", "--offline", "--no-index", "--no-deps", "--python", python, wheel)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "shared.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    found = run(python, "-c", "import transparency; print(transparency.__file__)").stdout
    assert Path(found).is_relative_to(environment)
    return python


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the published data, as an operator has them somewhere else."""
    root = tmp_path_factory.mktemp("store") / "data"
    return Path(shutil.copytree(ROOT / "data", root, ignore=shutil.ignore_patterns("downloads", "official")))


def test_the_wheel_declares_what_the_site_runs_on(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode()
    declared = set(re.findall(r"^Requires-Dist: ([\w.-]+)==", metadata, re.MULTILINE))
    listed = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert declared == {name.lower() for name in listed}


def test_an_installed_wheel_verifies_a_store(python: Path, data: Path) -> None:
    done = run(python.with_name("transparency"), "verify", TRANSPARENCY_DATA=str(data))
    assert done.returncode == 0


def test_an_installed_wheel_serves_the_site(python: Path, data: Path) -> None:
    paths = ["/health", "/", "/plain/", "/plain/about", "/ward/E05000139", "/ward/E05000139/handout.pdf"]
    paths += ["/data/", "/assets/favicon.svg", "/site.css"]
    with (
        server(data, python=python, PYTHONPATH="") as (address, _),
        httpx.Client(base_url=address, follow_redirects=True) as client,
    ):
        answered = {path: client.get(path).status_code for path in paths}
    assert answered == dict.fromkeys(paths, 200)
