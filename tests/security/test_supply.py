"""What is installed: every file by its hash, tests apart from the site, vulnerabilities never ignored, no secrets."""

from __future__ import annotations

import http.server
import importlib.metadata
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import threading
import tomllib
from pathlib import Path
from typing import Any

import pytest
from supply.bill import canonical

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# A library needs it on Windows only, so it is not installed here.
WINDOWS_ONLY = {"colorama"}


def read_pins(text: str) -> dict[str, str]:
    return {canonical(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}


def pins(file: str) -> dict[str, str]:
    return read_pins((ROOT / file).read_text(encoding="utf-8"))


def build_pins() -> dict[str, str]:
    return read_pins("\n".join(PYPROJECT["dependency-groups"]["build"]))


def dry_run(target: str, *settings: str) -> str:
    """What make would run for a target in a fresh clone."""
    command = ["make", "--dry-run", "--always-make", target, *settings]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_each_lock_has_the_versions_that_are_written_down() -> None:
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert (pins("requirements.txt") | build_pins()).items() <= run.items(), "run make lock"
    assert pins("requirements-dev.txt").items() <= dev.items(), "run make lock"
    assert {name: dev[name] for name in run.keys() & dev.keys()}.items() <= run.items()


def test_no_package_lacks_what_it_needs() -> None:
    """The locks are installed without resolving again, so a missing line would show only here."""
    checked = subprocess.run(
        [BIN / "uv", "pip", "check", "--python", sys.executable], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_of_a_lock_has_hashes_and_no_address(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    packages = re.split(r"\n(?=\S)", text.strip())
    assert len(packages) > 40
    without = [package for package in packages if not re.search(r"--hash=sha256:[0-9a-f]{64}", package)]
    assert without == []
    assert re.findall(r"https?://|--(?:index|find|extra|trusted)\S*|^-\w", text, re.MULTILINE) == []


def test_the_site_runs_without_the_tools_of_tests() -> None:
    assert pins("requirements-dev.txt").keys() & pins("requirements.lock").keys() == set()


@pytest.mark.parametrize("target", ["run", "demo"])
def test_running_installs_the_run_time_lock_only(target: str) -> None:
    assert "requirements.lock" in dry_run(target)
    assert "requirements-dev" not in dry_run(target)


def test_testing_installs_both_locks() -> None:
    assert re.findall(r"--require-hashes -r (\S+)", dry_run("test")) == ["requirements.lock", "requirements-dev.lock"]


@pytest.mark.parametrize("installer", ["", "/usr/bin/uv"])
def test_nothing_is_installed_but_the_locks_and_the_package(installer: str) -> None:
    installs = [line for line in dry_run("test", f"UV={installer}").splitlines() if "pip install" in line]
    assert [f"{installer} pip install" in line for line in installs] == [True, True, True]
    for line in installs:
        assert "--require-hashes -r" in line or "--no-deps --no-build-isolation -e ." in line
    assert {canonical(name) for name in PYPROJECT["build-system"]["requires"]} == build_pins().keys()


# ---------------------------------------------------------------- the bill of materials


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The bill of this environment, which its maker has validated against the schema of CycloneDX."""
    target = tmp_path_factory.mktemp("bill") / "sbom.json"
    command = [sys.executable, "-m", "supply.bill", str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return made


def test_the_bill_has_every_locked_package_with_version_address_and_hashes(bill: dict[str, Any]) -> None:
    packages = {canonical(each["name"]): each for each in bill["components"]}
    assert {name: each["version"] for name, each in packages.items()} == pins("requirements.lock")
    for name, each in packages.items():
        assert each["purl"] == f"pkg:pypi/{name}@{each['version']}"
        said = {h["content"] for reference in each["externalReferences"] for h in reference.get("hashes", ())}
        written = next(entry for entry in re.split(r"\n(?=\S)", LOCK) if entry.lower().startswith(f"{name}=="))
        assert said == set(re.findall(r"sha256:([0-9a-f]{64})", written)), name
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "transparency")


def test_the_bill_has_the_licence_of_every_package_that_declares_one(bill: dict[str, Any]) -> None:
    without = {canonical(each["name"]) for each in bill["components"] if not each.get("licenses")} - WINDOWS_ONLY
    declaring = set()
    for name in without:
        said = importlib.metadata.metadata(name)
        classified = [line for line in said.get_all("Classifier", []) if line.startswith("License ::")]
        if said["License"] or said["License-Expression"] or classified:
            declaring.add(name)
    assert declaring == set()
    assert len(without) < 5
    licences = {each["name"]: json.dumps(each["licenses"]) for each in bill["components"] if "licenses" in each}
    assert '"MIT"' in licences["duckdb"]
    assert "3-Clause BSD License" in licences["protobuf"]


def test_the_bill_says_what_needs_what_and_nothing_of_this_machine(bill: dict[str, Any]) -> None:
    needs = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    references = {each["bom-ref"] for each in bill["components"]}
    root = bill["metadata"]["component"]["bom-ref"]
    assert needs.keys() == references | {root}
    assert {canonical(reference.split("==")[0]) for reference in needs[root]} == pins(
        "requirements.txt"
    ).keys() | build_pins()
    streamlit = next(reference for reference in references if reference.startswith("streamlit=="))
    assert f"pandas=={pins('requirements.txt')['pandas']}" in needs[streamlit]
    reached, waiting = set(), [root]
    while waiting:
        reference = waiting.pop()
        if reference not in reached:
            reached.add(reference)
            waiting += needs[reference]
    assert {canonical(each.split("==")[0]) for each in references - reached} <= WINDOWS_ONLY
    text = json.dumps(bill)
    assert str(ROOT) not in text
    assert "file:" not in text
    assert {"timestamp", "serialNumber"} & (bill.keys() | bill["metadata"].keys()) == set()


# ---------------------------------------------------------------- known vulnerabilities


class Index(http.server.BaseHTTPRequestHandler):
    """A proxy that leads to an index of its own, whose certificate pip-audit is told to believe.

    Of each package it says what `advisories` has, that it does not know it (None), or that nothing is known.
    """

    protocol_version = "HTTP/1.1"
    advisories: dict[str, list[dict[str, Any]] | None]
    asked: list[str]
    context: ssl.SSLContext

    def do_CONNECT(self) -> None:
        assert self.path == "pypi.org:443"
        self.send_response(200)
        self.end_headers()
        self.connection = self.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def do_GET(self) -> None:
        _, room, name, _, _ = self.path.split("/")
        assert room == "pypi"
        self.asked.append(name)
        known = self.advisories.get(name, [])
        body = json.dumps({"vulnerabilities": known}).encode()
        self.send_response(404 if known is None else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("certificate") / "pypi.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=pypi.org"]
    command += ["-addext", "subjectAltName=DNS:pypi.org", "-keyout", str(file), "-out", str(file) + ".crt"]
    subprocess.run(command, check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


FLAW = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "summary": "Harm.", "fixed_in": ["99.1"], "link": "x"}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize(
    ("advisories", "is_pass", "said"),
    [
        ({}, True, "No known vulnerabilities found"),
        ({"starlette": [FLAW]}, False, "Found 1 known vulnerability in 1 package"),
        ({"starlette": [{**FLAW, "withdrawn": "2026-02-01"}]}, True, "No known vulnerabilities found"),
        ({"starlette": None}, False, "ERROR:pip_audit._cli:starlette"),
    ],
    ids=["nothing known", "something known", "withdrawn", "not known there"],
)
def test_the_audit_covers_every_locked_package_and_fails_unless_nothing_is_known(
    certificate: Path, tmp_path: Path, advisories: dict[str, Any], is_pass: bool, said: str
) -> None:
    """The command itself, against an index that answers as PyPI does. A check that was not made is no pass."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    asked: list[str] = []
    handler = type("Answering", (Index,), {"advisories": advisories, "asked": asked, "context": context})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as index:
        threading.Thread(target=index.serve_forever, daemon=True).start()
        trusted = {"HTTPS_PROXY": f"http://127.0.0.1:{index.server_port}", "REQUESTS_CA_BUNDLE": str(certificate)}
        done = subprocess.run(
            ["make", "--silent", "audit", f"BIN={BIN}", "DEV_READY="],
            env={**os.environ, **trusted, "PIP_CACHE_DIR": str(tmp_path), "NO_PROXY": "", "no_proxy": ""},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        index.shutdown()
    locked = pins("requirements.lock")
    assert set(asked) <= locked.keys()
    assert said in done.stdout + done.stderr
    assert (done.returncode == 0) == is_pass
    if is_pass:
        assert locked.keys() - WINDOWS_ONLY <= set(asked)


# ---------------------------------------------------------------- secrets

SECRET = re.compile(
    r"""-----BEGIN[A-Z ]*PRIVATE\ KEY | \bAKIA[0-9A-Z]{16}\b | \bgh[pousr]_[A-Za-z0-9]{30,} | \bglpat-[\w-]{20}
      | \bxox[abprs]-[\w-]{10,} | \bsk-[A-Za-z0-9_-]{20,} | \bAIza[\w-]{35}\b | \bpypi-[\w-]{50,}
      | \beyJ[\w-]{10,}\.eyJ[\w-]{10,}\. | ://[^/\s:@"'{}<>$]+:[^/\s:@"'{}<>$]+@[\w.-]+
      | \b(?:password|passwd|secret|api_?key|auth_?token)["']?\s*[:=]\s*["'][^"'{}$<>]{8,}["']""",
    re.VERBOSE | re.IGNORECASE,
)
TEXT = {".py", ".md", ".sql", ".json", ".toml", ".txt", ".html", ".css", ".js", ".typ", ".yml", ".yaml", ".conf", ""}
SECRET_FILES = re.compile(r"(?:^|/)(?:\.env|secrets\.toml|id_rsa|credentials|[^/]+\.(?:pem|key|p12))$")


def test_no_file_holds_a_secret() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    found = []
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if not path.is_file() or path == Path(__file__):
            continue
        assert not SECRET_FILES.search(name)
        if path.suffix in TEXT:
            found += [f"{name}: {hit[0][:12]}…" for hit in SECRET.finditer(path.read_text("utf-8", errors="replace"))]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA PRIVATE KEY-----",
        "AKIA" + "A" * 16,
        "ghp_" + "a" * 36,
        'password = "correct horse"',
        "postgres://user:word@db.example/x",
        '"api_key": "0123456789abcdef"',
    ],
)
def test_a_secret_is_recognised(text: str) -> None:
    assert SECRET.search(text)
