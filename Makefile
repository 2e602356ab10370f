# make demo and make test need nothing but Python 3.11 to 3.13, make and the package index.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test test-fast lint torture bench

demo: .venv/runs
	$(BIN)/python -m samplesite.demo

test: .venv/develops
	$(BIN)/python -m pytest -q -n 4 --dist loadfile --no-loadscope-reorder  # crawls come first

test-fast: .venv/develops
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --ignore tests/crawls

lint: .venv/develops
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

torture: .venv/develops
	$(BIN)/python -m tests.proofs.crashes
	$(BIN)/python -m tests.proofs.transport
	$(BIN)/python -m tests.proofs.alterations
	$(BIN)/python -m tests.proofs.completeness
	$(BIN)/python -m tests.proofs.crawled_histories
	$(BIN)/python -m tests.proofs.growth
	$(BIN)/python -m tests.proofs.workers

bench: .venv/develops
	$(BIN)/python -m benchmarks

.venv/runs: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/develops: .venv/runs requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
