# What a person or a build machine gives here. `make` alone lists the targets.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test bench lint format lock clean

# PYTHON chooses the interpreter the virtual environment is made with; without it, one already made is kept.
export PYTHON ?=
export PORT ?= 8000

SYSTEM_PYTHON := $(or $(PYTHON),python3)
VENV_PYTHON := .venv/bin/python

# prepare NEEDS,LOCK: system packages, virtual environment, front end. Each step does nothing when nothing changed.
define prepare
	@$(SYSTEM_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'psed needs Python 3.11 or later. Say which with PYTHON=, for example: make $@ PYTHON=python3.12' >&2; exit 1; }
	@$(SYSTEM_PYTHON) setup/system.py $(1)
	@$(SYSTEM_PYTHON) setup/environment.py $(2)
	@$(VENV_PYTHON) setup/frontend.py
endef

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo '  PORT=8001          serve the demonstration on another port'
	@echo '  PYTHON=python3.12  make the virtual environment with another Python (3.11 or later)'

demo: ## Set up, load the demonstration council and serve it on 127.0.0.1:8000
	$(call prepare,demo,requirements.lock)
	@exec $(VENV_PYTHON) setup/serve.py

test: ## Set up, check the code and run every test, on PostgreSQL too if one answers
	$(call prepare,test,requirements-dev.lock)
	@$(VENV_PYTHON) setup/browser.py
	@exec $(VENV_PYTHON) setup/checks.py

bench: ## Set up and measure; prints a table and writes benchmarks/latest.json
	$(call prepare,test,requirements-dev.lock)
	@$(VENV_PYTHON) setup/browser.py
	@exec $(VENV_PYTHON) -m benchmarks

lint: ## Set up and check the code without running the tests
	$(call prepare,demo,requirements-dev.lock)
	@exec $(VENV_PYTHON) setup/checks.py --static

format: ## Set up, then sort imports, mend what ruff can mend and lay out the code
	$(call prepare,demo,requirements-dev.lock)
	@$(VENV_PYTHON) -m ruff check --fix-only --quiet .
	@$(VENV_PYTHON) -m ruff format .

# Universal: one lock for every machine and every Python from 3.11. UPGRADE=1 takes newer versions than those already locked.
UV_COMPILE = $(VENV_PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
	--fork-strategy fewest $(if $(UPGRADE),--upgrade)

lock: ## Write the lock files from pyproject.toml and package.json (UPGRADE=1 for newer versions)
	@$(SYSTEM_PYTHON) setup/environment.py requirements-dev.lock
	$(UV_COMPILE) pyproject.toml --output-file requirements.lock
	$(UV_COMPILE) --constraints requirements.lock --group dev pyproject.toml --output-file requirements-dev.lock
	$(UV_COMPILE) setup/node.in --output-file setup/node.lock
	$(VENV_PYTHON) setup/frontend.py --lock $(if $(UPGRADE),--upgrade)
	@! grep -nE '[a-z]+://' requirements.lock requirements-dev.lock setup/node.lock package-lock.json || \
		{ echo 'A lock file records an address. Take it out before you commit.' >&2; exit 1; }

clean: ## Remove all that these commands made: .venv, node_modules, build, var (with the demonstration database)
	rm -rf .venv node_modules build var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
