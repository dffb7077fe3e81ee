# `make` sets everything up and makes the tables of every listed document; `make test` sets up and tests. Both need nothing done before.
SHELL := /bin/bash
PYTHON := .venv/bin/python
.DEFAULT_GOAL := all
.PHONY: all setup setup-test test lint benchmark lock wheelhouse clean

all: setup
	umask 077 && $(PYTHON) pipeline.py check && $(PYTHON) -m dvc repro

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

# Exact versions and hashes of what pyproject.toml asks for, for every Python that it allows.
lock: setup
	$(PYTHON) -m pip install -q uv
	$(PYTHON) -m uv pip compile pyproject.toml --extra cluster --group checkout --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock

# Everything for a machine without a network, in wheelhouse/.
wheelhouse:
	./wheelhouse.sh

# What the tools leave behind and the intermediates, which `dvc repro` brings back; never what is published.
clean:
	rm -rf out/work .mypy_cache .ruff_cache .pytest_cache .hypothesis .dvc/tmp
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
