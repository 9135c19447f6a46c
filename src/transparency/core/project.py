"""Where the project's own files are: pages, static files, descriptors, documents."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]

# The top level of a checkout; a wheel has the same files in a folder of the package (hatch_build.py).
PROJECT_ROOT = _CHECKOUT if (_CHECKOUT / "pyproject.toml").is_file() else _PACKAGE / "project"
EMBEDDED_DATA = PROJECT_ROOT / "data"
