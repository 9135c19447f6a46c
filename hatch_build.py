"""Puts into a wheel what the site serves and reads from the project's top level; transparency.core.project finds it.

Snapshots stay out: an installed site is given its store by TRANSPARENCY_DATA.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = (
    ".streamlit/config.toml",
    "GLOSSARY.md",
    "app.py",
    "data/content",
    "data/content",
    "data/datasets",
    "data/editions.csv",
    "data/operator.json",
    "data/promises",
    "data/reference",
    "data/releases.csv",
    "pages",
    "static",
)


class ProjectFiles(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable installation ("editable") reads them where they are."""
        if version == "standard":
            build_data["force_include"] = {file: f"transparency/project/{file}" for file in FILES}
