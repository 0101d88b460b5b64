# vigil: `make` lists the commands. Every target sets up what it needs by itself.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

REPORTS ?= 100000
SEED ?= 1
SERVE ?= 1
PORT ?= 8000
JOBS ?= 2
PY := .venv/bin/python
VIGIL := .venv/bin/vigil
LOCK := uv pip compile --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --quiet
PYTEST := $(PY) -m pytest -n $(JOBS) --dist worksteal --durations=15

.PHONY: help
help: ## list the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## make .venv with all that the commands and the tests need
	@tools/setup

.PHONY: demo
demo: setup ## an invented force with a year behind it, then a page to use (SERVE=0 ends instead, REPORTS=N, SEED=N)
	$(VIGIL) demo --reports $(REPORTS) --seed $(SEED) --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve,)

.PHONY: serve
serve: setup ## serve the record of ./var on 127.0.0.1:8000
	$(VIGIL) serve --port $(PORT)

.PHONY: test
test: test-sqlcipher test-postgresql ## every test, on both databases and in a real browser

.PHONY: test-sqlcipher
test-sqlcipher: setup ## every test, on SQLCipher
	$(PYTEST)

.PHONY: test-postgresql
test-postgresql: setup ## every test, on a private PostgreSQL
	$(PY) -m tests.support.postgres $(PYTEST)

.PHONY: check
check: format-check lint types contracts templates guards test ## all that must hold before a change lands: what .ci/run calls

.PHONY: format
format: setup ## put the code into its form
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix-only --quiet .

.PHONY: format-check
format-check: setup ## is the code in its form?
	$(PY) -m ruff format --check .

.PHONY: lint
lint: setup ## ruff's rules
	$(PY) -m ruff check .

.PHONY: types
types: setup ## mypy, strict
	$(PY) -m mypy vigil tests

.PHONY: contracts
contracts: setup ## which room may import which
	.venv/bin/lint-imports

.PHONY: templates
templates: setup ## the templates' linter
	.venv/bin/djlint vigil tests/entrypoints/web --lint --quiet

.PHONY: guards
guards: ## no registry host and no hash-less line in a lock
	@! grep -nE '://|--(extra-)?index-url|--find-links' requirements*.txt
	@! grep -n '"resolved"' package-lock.json
	@! git ls-files | grep -nE '(^|/)(uv\.lock|pylock.*\.toml|poetry\.lock)$$'

.PHONY: lock
lock: ## make the locks anew (needs uv)
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -c requirements.txt -o requirements-dev.txt

.PHONY: examples
examples: setup ## map, identify and evaluate two files that nobody here made
	$(PY) -m examples.run

.PHONY: benchmark-load
benchmark-load: setup ## a million rows loaded on both databases, beside executemany
	$(PY) -m benchmarks.load

.PHONY: benchmark-identify
benchmark-identify: setup ## identify an invented feed: seconds, memory, and how right (REPORTS=N, SEED=N)
	$(PY) -m benchmarks.identify --reports $(REPORTS) --seed $(SEED)

.PHONY: benchmark-law
benchmark-law: setup ## answers a second, and the time to load the law
	$(PY) -m benchmarks.law

.PHONY: mutants-law
mutants-law: setup ## is a wrong clock, period or calendar noticed? (half an hour; benchmarks/law-mutants.md)
	$(PY) -m benchmarks.law_mutants

.PHONY: vendor
vendor: setup ## make the vendored browser assets anew (needs Node)
	$(PY) -m tools.vendor_assets

.PHONY: docs
docs: setup ## make the generated pages of docs/reference anew
	$(PY) -m tools.reference
