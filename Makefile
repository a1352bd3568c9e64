# The front door. `make help` lists what it opens.

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What the demonstration ends with; for scripts: make demo ARGS=--no-serve
ARGS ?= --serve
TYPED := src tests $(wildcard bench)

# The lock takes nothing younger than a week: a poisoned release is usually found by then.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	--exclude-newer "$$($(BIN)/python -c 'from datetime import date, timedelta; \
	print(date.today() - timedelta(7))')"
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

.DEFAULT_GOAL := help
.PHONY: help demo install test bench docs lock lint fix clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/running ## an invented country: reports, receipts, one response, three forgeries; then its pages are served
	@$(BIN)/answerable demo $(ARGS)

install: $(VENV)/running ## what a server needs and no more; whoever runs it need not write here
	$(BIN)/python -m compileall -q src

test: lint ## everything that must hold: format, style, types, layers, tests
	$(BIN)/python -m pytest -n 2

bench: $(VENV)/installed ## measure against the limits of this machine; prints a table, writes JSON
	$(BIN)/python -m bench

docs: $(VENV)/installed ## write docs/reference from the code, and check the docs
	$(BIN)/python -m tests.support.khmer_words
	$(BIN)/python -m tests.support.reference_pages
	$(BIN)/python -m pytest -n 0 -q tests/unit/test_docs.py tests/unit/test_acts_agree.py

# Java's packages come with no lock of their own: each file is held to its checksum here.
VALIDATOR := tests/interop/pdf_validator

validator: $(VENV)/installed ## fetch veraPDF, which judges our PDFs; needs Maven and a JDK
	rm -rf $(VENV)/validator $(VENV)/validator.new
	mvn --quiet --batch-mode --file $(VALIDATOR)/pom.xml \
		org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies \
		-DoutputDirectory=$(CURDIR)/$(VENV)/validator.new
	cd $(VENV)/validator.new && sha256sum --check --quiet $(CURDIR)/$(VALIDATOR)/jars.sha256
	test $$(ls $(VENV)/validator.new | wc -l) -eq $$(wc -l < $(VALIDATOR)/jars.sha256)
	mv $(VENV)/validator.new $(VENV)/validator

lock: $(VENV)/installed ## compile requirements/ anew from pyproject.toml
	$(COMPILE) --upgrade pyproject.toml -o requirements/run.txt
	$(COMPILE) --upgrade --group build -o requirements/build.txt
	$(COMPILE) --upgrade pyproject.toml --group test -c requirements/run.txt -c requirements/build.txt \
		-o requirements/test.txt

lint: $(VENV)/installed ## format, style, types and layers, without the tests
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy $(TYPED)
	$(BIN)/lint-imports

fix: $(VENV)/installed ## put format and style right, where a tool can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean: ## remove what the targets above made
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The environment. Every file is checked against its hash before it is installed. ---

$(VENV)/made:
	@command -v git >/dev/null || { \
		echo "git is missing. On Debian: apt install git"; exit 1; }
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) is missing. On Debian: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1)."; \
		echo "Name another one so: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "The venv module of $(PYTHON) is missing. On Debian: apt install python3-venv"; exit 1; }
	@rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/running: $(VENV)/made pyproject.toml requirements/run.txt requirements/build.txt
	$(INSTALL) --require-hashes -r requirements/build.txt
	$(INSTALL) --require-hashes -r requirements/run.txt
	$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/installed: $(VENV)/running requirements/test.txt
	$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@
