# The two commands: make run, make test. Everything else is below; `make help` lists it.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup:  ## install packages and node modules; starts nothing
	@$(PYTHON) bootstrap.py

setup-dev:
	@$(PYTHON) bootstrap.py --dev

run: setup  ## set up, fill the demo ministry (first time), serve, print address and demo sign-ins
	@$(BIN)/sucharit run --demo

test: setup-dev  ## lint, types, contracts, and the whole suite on SQLite and PostgreSQL
	@$(BIN)/python tests/run.py

check: setup-dev  ## lint, types, contracts and house rules only
	@$(BIN)/python tests/run.py --check

bench: setup-dev  ## every measurement in benchmarks/, one JSON line per figure
	@for b in benchmarks/*.py; do echo "# $$b" >&2; $(BIN)/python $$b || exit 1; done

lock:  ## renew the lock files from pyproject.toml and package.json
	@$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --no-header -q -o requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 --no-header -q -c requirements.txt -o requirements-dev.txt
	@npm install --package-lock-only

format:
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

.PHONY: help setup setup-dev run test check bench lock format
