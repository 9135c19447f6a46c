# make run        serve the dashboard at http://127.0.0.1:8501 (PORT= and HOST= change it)
# make demo       the same on invented data, to see what the pages do when every ward is published
# make test       everything that must pass: checks and all tests; writes the self-check that the page about shows
# make test-fast  the tests that need no server and no browser, in under two minutes
# make check      style, types and the order of rooms
# make docs       the documents made from the descriptors and the SQL: data dictionary, definitions
# make golden     accept what the documents of the site are now; their differences are named in the commit
# make bench      every benchmark (about 35 minutes), then docs/performance.md from what they found
# make look       pictures of every page at three widths in light and dark, of both stores: build/looks/index.html
# make wheel      the package with all it serves, in dist/
# make lock       both locks anew from requirements.txt and requirements-dev.txt: every file's hash
# make fonts      static/fonts anew: the framework's fonts cut to the icons and letters shown here (needs uv)
# make sbom       the software bill of materials, build/sbom.json (CycloneDX): hashes, licences, what needs what
# make audit      known vulnerabilities of what the site runs on; fails where PyPI's advisories cannot be read
PYTHON ?= python3
PORT ?= 8501
HOST ?= 127.0.0.1
export PORT HOST

BIN := .venv/bin
READY := .venv/.ready
DEV_READY := .venv/.ready-dev
DEMONSTRATION := build/demonstration

# uv is several times faster; pip comes with Python.
UV := $(shell command -v uv)
ifdef UV
VENV = $(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
INSTALL = $(UV) pip install --quiet --python $(BIN)/python
else
VENV = $(PYTHON) -m venv .venv
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
endif

.PHONY: setup setup-dev run demo test test-fast check docs golden bench look wheel lock sbom audit fonts

setup: $(READY)

setup-dev: $(DEV_READY)

# What the site imports is compiled by importing it once; the rest (libraries' own tests and the like) never is.
$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found: install Python 3.11 or newer, or name it: make setup PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; %s is %d.%d. Name another one: make setup PYTHON=python3.11" % ((sys.executable,) + sys.version_info[:2]))'
	$(VENV)
	$(INSTALL) --no-deps --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -c "import app, transparency.cli"
	@touch $@

$(DEV_READY): $(READY) requirements-dev.lock
	$(INSTALL) --no-deps --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m compileall -q -j 0 -x '/tests/' .venv/lib src demo
	@touch $@

run: setup
	@$(BIN)/python -m transparency.web.server

demo: setup
	$(BIN)/python -m demo --out $(DEMONSTRATION)
	@TRANSPARENCY_DATA=$(DEMONSTRATION) $(BIN)/python -m transparency.web.server

check: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest -n 3 --dist loadgroup --self-check=build/self-check.json

test-fast: setup-dev
	$(BIN)/pytest -n 2 -m "not slow and not server and not browser"

docs: setup
	$(BIN)/python -m transparency.outlets.dictionary

golden: setup-dev
	$(BIN)/python -m tests.contracts.golden --write

bench: setup-dev
	$(BIN)/python -m benchmarks

look: setup-dev
	$(BIN)/python -m demo --out $(DEMONSTRATION)
	$(BIN)/python -m tests.browser.look

wheel: setup
	$(BIN)/python -m hatchling build --target wheel

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

lock: setup-dev
	$(COMPILE) requirements.txt --group build --output-file requirements.lock
	$(COMPILE) requirements-dev.txt --constraints requirements.lock --output-file requirements-dev.lock

sbom: setup-dev
	$(BIN)/python -m supply.bill build/sbom.json

fonts: setup-dev
	PYTHONPATH=. $(UV) run --no-project --python $(BIN)/python --with fonttools==4.60.1 --with brotli==1.2.1 supply/fonts.py

audit: setup-dev
	$(BIN)/pip-audit --strict --requirement requirements.lock --disable-pip --no-deps --progress-spinner off
