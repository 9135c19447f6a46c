"""What is installed: every file by its hash, versions said once, vulnerabilities never passed over, no secrets."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from supply.audit import verdict

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
# Needed by a library on Windows alone, so no version of it was ever installed here.
ON_WINDOWS_ALONE = {"colorama"}


def canonical(name: str) -> str:
    """A package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


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
