"""The bill of materials: `make sbom`. Of the two that cyclonedx-py can make it keeps what each alone says.

What is installed says licences and what needs what; the lock says the hashes, and names what other systems install.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

Bill = dict[str, Any]

ROOT = "root-component"
# What a package says of its licence in a line of its own words, which cyclonedx-py passes over.
LICENCE_LINES = """
import importlib.metadata, json
print(json.dumps({each.name: each.metadata.get("License") for each in importlib.metadata.distributions()}))
"""


def joined(installed: Bill, locked: Bill, direct: set[str], licence_lines: dict[str, str | None]) -> Bill:
    """The bill of the locked packages, in CycloneDX's JSON, by name.

    `installed` is the bill of the environment, `locked` that of requirements.lock; `direct` are the names the site
    itself asks for, `licence_lines` what installed packages say of their licence. What is installed and not locked (the
    site itself, pip) is left out, and with it the folder of this machine.

    Raises ValueError where another version is installed than is locked, KeyError for a name of `direct` not locked.
    """
    by_name = {_name(component): component for component in installed["components"]}
    lines = {canonical(name): line for name, line in licence_lines.items() if line and "\n" not in line}
    components = [
        _described(by_name.get(_name(entry)), entry, lines.get(_name(entry))) for entry in locked["components"]
    ]
    references = {_name(component): component["bom-ref"] for component in components}
    needs = {each["ref"]: each.get("dependsOn", []) for each in installed["dependencies"]}
    kept = set(references.values())
    needs = {reference: [need for need in needs.get(reference, []) if need in kept] for reference in kept}
    needs[ROOT] = [references[name] for name in direct]
    return {
        **installed,
        "components": sorted(components, key=_name),
        "dependencies": [{"ref": one, "dependsOn": sorted(others)} for one, others in sorted(needs.items())],
    }


def _described(installed: Bill | None, locked: Bill, licence_line: str | None) -> Bill:
    """A package as it is installed here, or by its name and version alone, with the hashes of the lock."""
    if installed is None:
        installed = {key: locked[key] for key in ("name", "purl", "type", "version")}
        installed["bom-ref"] = f"{locked['name']}=={locked['version']}"
    if installed["version"] != locked["version"]:
        found = f"{installed['version']} is installed and {locked['version']} locked"
        raise ValueError(f"{locked['name']}: {found}. Run make setup.")
    references = [*installed.get("externalReferences", []), *locked["externalReferences"]]
    described = {**installed, "externalReferences": references}
    if licence_line and not installed.get("licenses"):
        described["licenses"] = [{"license": {"acknowledgement": "declared", "name": licence_line}}]
    return described


def canonical(name: str) -> str:
    """A package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _name(component: Bill) -> str:
    return canonical(component["name"])


def _made(*arguments: str) -> Bill:
    """One bill of cyclonedx-py, which stands beside the interpreter this runs with."""
    program = Path(sys.executable).parent / "cyclonedx-py"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "bill.json"
        ending = ["--pyproject", "pyproject.toml", "--output-reproducible", "--no-validate", "--output-file"]
        subprocess.run([program, *arguments, *ending, target], check=True, capture_output=True)
        made: Bill = json.loads(target.read_text(encoding="utf-8"))
    return made


def main(interpreter: str, target: str) -> None:
    """Write the bill of the interpreter's environment, once the validator of CycloneDX has found no fault in it."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    asked_for = Path("requirements.txt").read_text(encoding="utf-8")
    direct = {canonical(name) for name in re.findall(r"^([\w.-]+)==", asked_for, re.MULTILINE)}
    said = subprocess.run([interpreter, "-c", LICENCE_LINES], check=True, capture_output=True, text=True).stdout
    installed, locked = _made("environment", interpreter), _made("requirements", "requirements.lock")
    bill = joined(installed, locked, direct, json.loads(said))
    text = json.dumps(bill, indent=2, ensure_ascii=False) + "\n"
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"The bill of materials is not valid: {fault}")
    Path(target).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
