# Everything below works on a machine with Python >= 3.11 (with venv and pip) and make.
# The environment is made once, from hashes, by the first target that needs it.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help briefing lab test test-slow test-all bench lint lock clean

BIN := .venv/bin
# The lock holds wheels for 3.11 to 3.14, so those go first; a newer Python is tried when there is no other.
# A Python without ensurepip (Debian without python3-venv) cannot make an environment and is passed over.
PYTHON ?= $(shell for bound in 15 99; do \
    for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
      $$python -c "import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, $$bound))" \
        2>/dev/null && echo $$python && exit; \
    done; \
  done)

help: ## Say what each target does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-15s %s\n", $$1, $$2 }'

# Made anew when the lock changes, so that it holds the lock and nothing else.
.venv/.locked: requirements.lock
	@test -n "$(PYTHON)" || { echo "jifen needs Python 3.11 or newer with its venv module (on Debian and Ubuntu: python3-venv); none found. With one elsewhere: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Setting up .venv with $$($(PYTHON) --version): about a minute, once."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	@touch $@

# No build isolation, or pip would fetch a build backend that no hash covers.
.venv/.ok: .venv/.locked pyproject.toml
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

ROUND := --round 2020
BRIEFING := $(BIN)/jifen report annual_briefing --cohort build/cohort-2020.parquet --rules beijing-2020 $(ROUND) --quota 6000 --out build/briefing

briefing: .venv/.ok ## Make the briefing of a synthetic cohort, in Chinese and in English
	@mkdir -p build
	$(BIN)/jifen synth $(ROUND) --size 122852 --seed 1 --out build/cohort-2020.parquet
	$(BRIEFING) --lang zh
	$(BRIEFING) --lang en

# JupyterLab asks its makers for news and for updates; beside a cohort nothing calls out.
lab: .venv/.ok ## Open JupyterLab on the notebooks
	$(BIN)/jupyter lab --LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.app_settings_dir=notebooks/.settings notebooks

# A file's tests stay in one process, so that what they share is made once.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

test: .venv/.ok ## Run the tests
	$(PYTEST) -m "not slow"

test-slow: .venv/.ok ## Run the tests that `make test` leaves out
	$(PYTEST) -m slow

test-all: .venv/.ok ## Run all tests, those marked slow too, on new examples
	$(PYTEST) --hypothesis-profile=explore

bench: .venv/.ok ## Time scoring beside other ways to do it
	$(BIN)/python -m tests.bench

lint: .venv/.ok ## Check style, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# One resolution for every Python from 3.11 on; uv comes from a throw-away environment.
lock: ## Resolve requirements.in anew into requirements.lock
	@$(PYTHON) -m venv --clear build/uv && build/uv/bin/python -m pip install -qq --disable-pip-version-check uv
	build/uv/bin/uv pip compile requirements.in --quiet --universal --fork-strategy fewest --python-version 3.11 --upgrade \
	  --generate-hashes --no-emit-index-url --no-header -o requirements.lock

clean: ## Remove the environment, the caches and all that was made
	rm -rf .venv build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
