# The short list of commands. Each works in an activated virtual environment.
PYTHON ?= python

.PHONY: dev test lint docs check

dev:    ## install everything a developer needs
	$(PYTHON) -m pip install -e ".[test]"

test:   ## run the tests; REQUIRE_STORES=postgres,mariadb,chromium fails instead of skipping
	$(PYTHON) -m pytest -q -n auto

lint:   ## formatting, lint, types, layers
	ruff format --check .
	ruff check .
	mypy
	lint-imports

docs:   ## regenerate the pages that come from the code
	$(PYTHON) -m scanner.rules > docs/rules.md

check: lint test
