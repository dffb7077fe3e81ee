# `make` sets everything up and makes the tables of every listed document; `make test` sets up and tests. Both need nothing done before.
SHELL := /bin/bash
PYTHON := .venv/bin/python
.DEFAULT_GOAL := all
.PHONY: all setup setup-test test lint benchmark lock wheelhouse clean

all: setup
	umask 077 && $(PYTHON) pipeline.py check && $(PYTHON) -m dvc repro --keep-going

setup:
	@./setup.sh

setup-test:
	@./setup.sh test

test: setup-test
	$(PYTHON) -m pytest -n auto --dist loadgroup

lint: setup
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

benchmark: setup-test
	$(PYTHON) -m tests.benchmark

# Exact versions and hashes of what pyproject.toml asks for, for every Python that it allows: of all, of what the installed command
# needs, and of uv, which installs them.
LOCK = $(PYTHON) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q
lock: setup
	$(PYTHON) -m pip install -q --require-hashes -r requirements-uv.lock
	$(LOCK) pyproject.toml --extra cluster --group checkout --group dev -o requirements.lock
	$(LOCK) pyproject.toml -c requirements.lock -o requirements-run.lock
	echo uv | $(LOCK) - --no-annotate -o requirements-uv.lock

# Everything for a machine without a network, in wheelhouse/.
wheelhouse:
	./wheelhouse.sh

# What the tools leave behind and the intermediates, which `dvc repro` brings back; never what is published.
clean:
	rm -rf out/work .mypy_cache .ruff_cache .pytest_cache .hypothesis .dvc/tmp
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
