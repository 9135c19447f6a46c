"""What is installed: every file by its hash, versions said once, vulnerabilities never passed over, no secrets."""

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
from supply.audit import verdict
from supply.bill import canonical

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
TOOLS = ROOT / "build/tools/bin"
needs_tools = pytest.mark.skipif(
    not TOOLS.is_dir() and "REQUIRE_TOOLS" not in os.environ, reason="the tools are not installed: make tools"
)
# Needed by a library on Windows alone, so no version of it was ever installed here.
ON_WINDOWS_ALONE = {"colorama"}


def pins(*files: str) -> dict[str, str]:
    text = "\n".join((ROOT / file).read_text(encoding="utf-8") for file in files)
    return {canonical(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}


def test_the_lock_has_the_versions_that_are_written_down_and_no_others() -> None:
    locked = {name: version for name, version in pins("requirements.lock").items() if name not in ON_WINDOWS_ALONE}
    assert locked == pins("requirements.txt", "constraints.txt"), "run make lock"


@pytest.mark.parametrize("file", ["requirements.lock", "supply/tools.lock"])
def test_every_package_of_a_lock_has_hashes_and_no_place_of_its_own(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    packages = re.split(r"\n(?=\S)", text.strip())
    assert len(packages) > 40
    without = [package for package in packages if not re.search(r"--hash=sha256:[0-9a-f]{64}", package)]
    assert without == []
    assert re.findall(r"https?://|--(?:index|find|extra|trusted)\S*|^-\w", text, re.MULTILINE) == []


def test_tools_for_the_lock_are_no_part_of_the_site() -> None:
    assert pins("supply/tools.txt").keys() & pins("requirements.lock").keys() == set()


def test_setup_installs_nothing_but_the_lock() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    installs = [line for line in lines if "pip install" in line]
    assert installs
    for line in installs:
        assert "--require-hashes -r" in line or "--no-deps --no-build-isolation -e ." in line
    built_with = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    assert [canonical(re.split(r"\W", need)[0]) in pins("requirements.lock") for need in built_with] == [True]


# ---------------------------------------------------------------- the bill of materials


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The bill of this environment, which the maker has held against the schema of CycloneDX."""
    target = tmp_path_factory.mktemp("bill") / "sbom.json"
    command = [TOOLS / "python", "supply/bill.py", sys.executable, target]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return made


@needs_tools
def test_the_bill_has_every_locked_package_with_version_address_and_hashes(bill: dict[str, Any]) -> None:
    packages = {canonical(each["name"]): each for each in bill["components"]}
    assert {name: each["version"] for name, each in packages.items()} == pins("requirements.lock")
    for name, each in packages.items():
        assert each["purl"] == f"pkg:pypi/{name}@{each['version']}"
        said = {h["content"] for reference in each["externalReferences"] for h in reference.get("hashes", ())}
        written = next(entry for entry in re.split(r"\n(?=\S)", LOCK) if entry.lower().startswith(f"{name}=="))
        assert said == set(re.findall(r"sha256:([0-9a-f]{64})", written)), name
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "transparency")


@needs_tools
def test_the_bill_has_the_licence_of_every_package_that_declares_one(bill: dict[str, Any]) -> None:
    without = {canonical(each["name"]) for each in bill["components"] if not each.get("licenses")} - ON_WINDOWS_ALONE
    declaring = set()
    for name in without:
        said = importlib.metadata.metadata(name)
        classified = [line for line in said.get_all("Classifier", []) if line.startswith("License ::")]
        if said.get("License") or said.get("License-Expression") or classified:
            declaring.add(name)
    assert declaring == set()
    assert len(without) < 5
    licences = {each["name"]: json.dumps(each["licenses"]) for each in bill["components"] if "licenses" in each}
    assert '"MIT"' in licences["duckdb"]
    assert "3-Clause BSD License" in licences["protobuf"]


@needs_tools
def test_the_bill_says_what_needs_what_and_nothing_of_this_machine(bill: dict[str, Any]) -> None:
    needs = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    references = {each["bom-ref"] for each in bill["components"]}
    root = bill["metadata"]["component"]["bom-ref"]
    assert needs.keys() == references | {root}
    assert {canonical(reference.split("==")[0]) for reference in needs[root]} == set(pins("requirements.txt"))
    streamlit = next(reference for reference in references if reference.startswith("streamlit=="))
    assert f"pandas=={pins('requirements.txt')['pandas']}" in needs[streamlit]
    reached, waiting = set(), [root]
    while waiting:
        reference = waiting.pop()
        if reference not in reached:
            reached.add(reference)
            waiting += needs[reference]
    assert {canonical(each.split("==")[0]) for each in references - reached} <= ON_WINDOWS_ALONE
    text = json.dumps(bill)
    assert str(ROOT) not in text
    assert "file:" not in text
    assert {"timestamp", "serialNumber"} & (bill.keys() | bill["metadata"].keys()) == set()


# ---------------------------------------------------------------- known vulnerabilities


def package(name: str, **said: Any) -> dict[str, Any]:
    return {"name": name, "version": "1.0", **said}


def test_nothing_known_of_any_package_is_a_pass() -> None:
    assert verdict({"dependencies": [package("a", vulns=[]), package("b", vulns=[])]}) == (
        0,
        ["No vulnerability is known of the 2 packages of requirements.lock."],
    )


def test_a_known_vulnerability_is_named_with_the_version_that_mends_it() -> None:
    flaw = {"id": "PYSEC-1", "fix_versions": ["1.1"]}
    status, lines = verdict({"dependencies": [package("a", vulns=[flaw]), package("b", skip_reason="unknown")]})
    assert status == 1
    assert lines[:2] == ["1 known vulnerabilities:", "a 1.0: PYSEC-1, mended in 1.1"]
    assert lines[2].startswith("NOT CHECKED: 1 of 2 packages")


@pytest.mark.parametrize(
    "packages", [[], [package("a", skip_reason="not found")], [package("a", vulns=[]), package("b", skip_reason="x")]]
)
def test_a_check_that_was_not_made_is_no_pass(packages: list[dict[str, Any]]) -> None:
    status, lines = verdict({"dependencies": packages})
    assert status == 2
    assert "this is not a pass" in lines[0]


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


@needs_tools
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize(
    ("advisories", "status", "said"),
    [
        ({}, 0, ["No vulnerability is known of the {all} packages of requirements.lock."]),
        ({"starlette": [FLAW]}, 1, ["1 known vulnerabilities:", "starlette {starlette}: PYSEC-2026-1, mended in 99.1"]),
        ({"starlette": [{**FLAW, "withdrawn": "2026-02-01"}]}, 0, ["No vulnerability is known of the {all} packages"]),
        ({"starlette": None}, 2, ["NOT CHECKED: 1 of {all} packages."]),
    ],
    ids=["nothing known", "something known", "withdrawn", "not known there"],
)
def test_make_audit_asks_for_every_locked_package_and_fails_unless_nothing_is_known(
    certificate: Path, tmp_path: Path, advisories: dict[str, Any], status: int, said: list[str]
) -> None:
    """The command itself, with pip-audit as it is installed, against an index that answers as PyPI does."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    asked: list[str] = []
    handler = type("Told", (Index,), {"advisories": advisories, "asked": asked, "context": context})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as index:
        threading.Thread(target=index.serve_forever, daemon=True).start()
        trusted = {"HTTPS_PROXY": f"http://127.0.0.1:{index.server_port}", "REQUESTS_CA_BUNDLE": str(certificate)}
        done = subprocess.run(
            ["make", "--silent", "--assume-old=build/tools/.ready", "audit", f"PYTHON={sys.executable}"],
            env={**os.environ, **trusted, "PIP_CACHE_DIR": str(tmp_path), "NO_PROXY": "", "no_proxy": ""},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        index.shutdown()
    locked = pins("requirements.lock")
    here = {name for name in locked if name not in ON_WINDOWS_ALONE}
    assert here <= set(asked) <= locked.keys()
    assert done.returncode == (2 if status else 0)  # make's own status for a command that fails
    told = (done.stdout + done.stderr).splitlines()
    assert len(told) >= len(said)
    for line, expected in zip(told, said, strict=False):
        assert line.startswith(expected.format(all=len(set(asked)), starlette=locked["starlette"]))
    assert (f"Error {status}" in done.stderr) == (status > 0)


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
