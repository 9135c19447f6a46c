# make run    serve the dashboard at http://127.0.0.1:8501 (PORT= and HOST= change it)
# make demo   the same on invented data, to see what the pages do when every ward is published
# make test   everything that must pass: style, types, tests; writes the self-check that the page about shows
# make docs   the documents made from the descriptors and the SQL: data dictionary, definitions
# make bench  the benchmarks, as a table
PYTHON ?= python3
PORT ?= 8501
HOST ?= 127.0.0.1
export PORT HOST

BIN := .venv/bin
READY := .venv/.ready

DEMONSTRATION := build/demonstration

.PHONY: setup run demo test docs bench

setup: $(READY)

$(READY): requirements.txt constraints.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found: install Python 3.11 or newer, or name it: make setup PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; %s is %d.%d. Name another one: make setup PYTHON=python3.11" % ((sys.executable,) + sys.version_info[:2]))'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

run: setup
	@$(BIN)/python -m transparency.web.server

demo: setup
	$(BIN)/python -m transparency demo --out $(DEMONSTRATION)
	@TRANSPARENCY_DATA=$(DEMONSTRATION) $(BIN)/python -m transparency.web.server

test: setup
	$(BIN)/ruff check
	$(BIN)/mypy src
	$(BIN)/pytest -n 2 --dist loadgroup --self-check build/self-check.json

docs: setup
	$(BIN)/python -m transparency.outlets.dictionary

bench: setup
	$(BIN)/python -m benchmarks
