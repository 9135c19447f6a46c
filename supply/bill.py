"""The software bill of materials: `make sbom`, CycloneDX joined from two bills of cyclonedx-py.

The bill of what is installed has licences and dependencies; that of the lock has hashes, and names what other systems
install.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

Bill = dict[str, Any]

ROOT = "root-component"


def canonical(name: str) -> str:
    """A package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def direct_names() -> set[str]:
    """The packages the site itself asks for, and those that build it."""
    groups = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    lines = Path("requirements.txt").read_text(encoding="utf-8").splitlines() + groups["build"]
    return {canonical(line.partition("==")[0]) for line in lines if "==" in line}


def joined(installed: Bill, locked: Bill, direct: set[str]) -> Bill:
    """The bill of the locked packages by name; what is installed and not locked is left out.

    Raises ValueError where another version is installed than is locked, KeyError for a name of `direct` not locked.
    """
    by_name = {_name(component): component for component in installed["components"]}
    components = [_described(by_name.get(_name(entry)), entry) for entry in locked["components"]]
    references = {_name(component): component["bom-ref"] for component in components}
    kept = set(references.values())
    needs = {each["ref"]: each.get("dependsOn", []) for each in installed["dependencies"]}
    needs = {reference: [need for need in needs.get(reference, []) if need in kept] for reference in kept}
    needs[ROOT] = [references[name] for name in direct]
    return {
        **installed,
        "components": sorted(components, key=_name),
        "dependencies": [{"ref": one, "dependsOn": sorted(others)} for one, others in sorted(needs.items())],
    }


def _described(installed: Bill | None, locked: Bill) -> Bill:
    """A package as it is installed here, or by its name and version alone, with the hashes of the lock."""
    if installed is None:
        installed = {key: locked[key] for key in ("name", "purl", "type", "version")}
        installed["bom-ref"] = f"{locked['name']}=={locked['version']}"
    elif installed["version"] != locked["version"]:
        found = f"{installed['version']} is installed and {locked['version']} locked"
        raise ValueError(f"{locked['name']}: {found}. Run make setup.")
    elif not installed.get("licenses") and (line := _licence_line(installed["name"])):
        installed = {**installed, "licenses": [{"license": {"acknowledgement": "declared", "name": line}}]}
    references = [*installed.get("externalReferences", []), *locked["externalReferences"]]
    return {**installed, "externalReferences": references}


def _licence_line(name: str) -> str | None:
    """The licence a package names in one line of its own words, which cyclonedx-py ignores."""
    line = importlib.metadata.metadata(name)["License"]
    return line if line and "\n" not in line else None


def _name(component: Bill) -> str:
    return canonical(component["name"])


def _made(*arguments: str) -> Bill:
    """One bill of cyclonedx-py, which is installed beside this interpreter."""
    program = Path(sys.executable).parent / "cyclonedx-py"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "bill.json"
        ending = ["--pyproject", "pyproject.toml", "--output-reproducible", "--no-validate", "--output-file"]
        subprocess.run([program, *arguments, *ending, target], check=True, capture_output=True)
        made: Bill = json.loads(target.read_text(encoding="utf-8"))
    return made


def main(target: str) -> None:
    """Write the bill of this environment once CycloneDX's own validator has found no error in it."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    installed, locked = _made("environment", sys.executable), _made("requirements", "requirements.lock")
    bill = joined(installed, locked, direct_names())
    text = json.dumps(bill, indent=2, ensure_ascii=False) + "\n"
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"The bill of materials is not valid: {error}")
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
