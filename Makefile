# Each target makes .venv and installs from the lock files on first use; later runs are quiet.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help install setup demo run test check proof

help: ## show the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

$(VENV)/runtime: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/runtime
	@$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

install: $(VENV)/runtime ## make .venv with what the bot needs

setup: $(VENV)/dev ## make .venv with everything for development

demo: $(VENV)/runtime ## open the try-it page: three phones and the real bot, no token, no server
	@$(BIN)/jiannuo demo

run: $(VENV)/runtime ## run the bot with config.toml (make one with: .venv/bin/jiannuo init)
	@$(BIN)/jiannuo run

test: $(VENV)/dev ## run the tests
	@$(BIN)/python -m pytest

proof: $(VENV)/dev ## run the long proofs whole: simulated years, kills, faults, hostile files
	@JIANNUO_PROOF=whole $(BIN)/python -m pytest tests/proof tests/extraction tests/storage/test_replay.py

check: $(VENV)/dev ## everything that CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report --fail-under=90
