# Lantu: the commands of the house. `make demo` works from a fresh clone with nothing but Python 3.11 or later.

VENV := .venv
BIN := $(VENV)/bin
LOCKS := requirements/build.txt requirements/runtime.txt requirements/web.txt
PLAN ?= samples/yunxi-plan.docx
OUT ?= out
SECONDS ?= 60
VAR ?= var
PORT ?= 8000
PROCESSES ?= auto

# The first Python that is new enough and can make an environment.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$python && break; done)

.PHONY: help setup demo test test-postgresql fuzz lint bench score pictures lock clean
.DEFAULT_GOAL := help

help: ## what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.installed $(VENV)/.patterns $(VENV)/.face $(VENV)/.messages ## make .venv from the locks and build the face; does nothing until they change

$(VENV)/.installed: $(LOCKS) pyproject.toml
	@test -n "$(PYTHON)" || { echo "Lantu needs Python 3.11 or later with venv: install one, or say make setup PYTHON=/path/to/python"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(addprefix -r ,$(LOCKS))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src
	@touch $@

# A stale store is only slower to begin, and so is a Python that can have none.
$(VENV)/.patterns: $(VENV)/.installed tools/patterns.py $(shell find src/lantu -name '*.py' -o -name '*.toml')
	-$(BIN)/python tools/patterns.py
	@touch $@

# What tests, style and types need; the demo does without.
$(VENV)/.dev: $(VENV)/.installed requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# Node builds the face: the machine's own if it is new enough, else the one of PyPI's wheels.
$(VENV)/.node: $(VENV)/.installed requirements/node.txt
	@node -e 'process.exit(parseInt(process.versions.node) < 20)' 2>/dev/null && npm --version >/dev/null 2>&1 || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
	@touch $@

$(VENV)/.modules: $(VENV)/.node frontend/package.json frontend/package-lock.json
	$(BIN)/python tools/node.py npm ci --prefix frontend --no-audit --no-fund --loglevel=error
	@touch $@

$(VENV)/.face: $(VENV)/.modules $(shell find frontend -path frontend/node_modules -prune -o -type f -print 2>/dev/null)
	$(BIN)/python tools/node.py npm run build --prefix frontend --silent
	@touch $@

$(VENV)/.messages: $(VENV)/.installed tools/messages.py src/lantu_web/locale/zh_Hans/LC_MESSAGES/django.po
	$(BIN)/python tools/messages.py compile
	@touch $@

$(VENV)/.bench: $(VENV)/.installed requirements/bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

demo: setup ## compile the sample plan into a workbook, then open the office with a fictional zone (PORT=8000; SERVE=no only makes it)
	@mkdir -p $(OUT)
	$(BIN)/lantu compile $(PLAN) -o $(OUT)/$(basename $(notdir $(PLAN))).xlsx
	LANTU_VAR=$(VAR)/demo $(BIN)/lantu-web demo --port $(PORT) $(if $(filter no,$(SERVE)),--no-serve)

# As many at once as there are cores, at most four; each has a database of its own.
PYTEST = $(BIN)/python -m pytest -n $(PROCESSES) --maxprocesses 4 --dist worksteal

test: setup $(VENV)/.dev ## run the tests; LANTU_EXAMPLES=thorough tries twenty times as many examples, PROCESSES=0 one after another
	$(PYTEST)

test-postgresql: setup $(VENV)/.dev ## run the tests of the site on PostgreSQL, from the package that ships it
	$(PYTEST) -p tests.postgresql tests/web

fuzz: setup $(VENV)/.dev ## break files and texts for SECONDS=60, led by what they reach; faults are kept in out/fuzz
	$(BIN)/python -m tests.fuzz.guided --seconds $(SECONDS) --keep $(OUT)/fuzz

lint: setup $(VENV)/.dev ## style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup $(VENV)/.dev $(VENV)/.bench ## measure speed, memory and the other tools; fails where a bound is missed
	$(BIN)/python benchmarks/bench.py all

score: setup $(VENV)/.dev ## compare with what careful readers found; fails below the thresholds
	$(BIN)/python benchmarks/score.py

pictures: setup $(VENV)/.dev ## make the pictures of README and tutorials anew, by walking the tutorial through the demo in Chromium
	$(BIN)/python -m tools.pictures

lock: setup ## make the locks anew from pyproject.toml and requirements/*.in
	$(BIN)/python requirements/lock.py

clean: ## remove what was made
	rm -rf $(VENV) $(OUT) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
