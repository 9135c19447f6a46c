# make run    serve the dashboard at http://127.0.0.1:8501 (PORT= and HOST= change it)
# make demo   the same on invented data, to see what the pages do when every ward is published
# make test   everything that must pass: style, types, tests; writes the self-check that the page about shows
# make golden accept what the documents of the site are now; their differences are named in the commit
# make docs   the documents made from the descriptors and the SQL: data dictionary, definitions
# make bench  every benchmark (about 35 minutes), then docs/performance.md from what they found
# make look   pictures of every page at three widths in light and dark, of both stores: build/looks/index.html
# make tools  the tools of the next three, in an environment of their own
# make lock   requirements.lock anew from requirements.txt and constraints.txt: every file's hash
# make sbom   the software bill of materials, build/sbom.json (CycloneDX): hashes, licences, what needs what
# make audit  known vulnerabilities of what is installed; fails where PyPI's advisories cannot be read
PYTHON ?= python3
PORT ?= 8501
HOST ?= 127.0.0.1
export PORT HOST

BIN := .venv/bin
READY := .venv/.ready

DEMONSTRATION := build/demonstration

.PHONY: setup run demo test golden docs bench look tools lock sbom audit

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found: install Python 3.11 or newer, or name it: make setup PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; %s is %d.%d. Name another one: make setup PYTHON=python3.11" % ((sys.executable,) + sys.version_info[:2]))'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: setup
	@$(BIN)/python -m transparency.web.server

demo: setup
	$(BIN)/python -m demo --out $(DEMONSTRATION)
	@TRANSPARENCY_DATA=$(DEMONSTRATION) $(BIN)/python -m transparency.web.server

test: setup
	$(BIN)/ruff check
	$(BIN)/mypy src
	$(BIN)/pytest -n 2 --dist loadgroup --self-check=build/self-check.json

golden: setup
	$(BIN)/python -m tests.contracts.golden --write

docs: setup
	$(BIN)/python -m transparency.outlets.dictionary

bench: setup
	$(BIN)/python -m benchmarks

look: setup
	$(BIN)/python -m demo --out $(DEMONSTRATION)
	$(BIN)/python -m tests.browser.look

TOOLS := build/tools/.ready
tools: $(TOOLS)

COMPILE := build/tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header

$(TOOLS): supply/tools.lock
	$(PYTHON) -m venv build/tools
	build/tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r supply/tools.lock
	@touch $@

lock: $(TOOLS)
	$(COMPILE) requirements.txt --constraints constraints.txt --output-file requirements.lock
	$(COMPILE) supply/tools.txt --output-file supply/tools.lock

sbom: setup $(TOOLS)
	build/tools/bin/python supply/bill.py $(BIN)/python build/sbom.json

audit: $(TOOLS)
	@build/tools/bin/pip-audit --requirement requirements.lock --disable-pip --no-deps --progress-spinner off \
		--timeout 10 --format json 2>/dev/null | $(PYTHON) supply/audit.py
