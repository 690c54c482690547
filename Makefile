# Everything a newcomer or a contributor types. `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin

COVERAGE := --cov=bot.domain --cov=bot.services --cov-branch --cov-report=term:skip-covered --cov-fail-under=95

# Not the pybabel script: the extractor of babel.cfg lies in this folder.
BABEL := $(BIN)/python -m babel.messages.frontend -q

BENCH := poll_of_a_million search_of_100000

.DEFAULT_GOAL := help
.PHONY: help play test check bench format run texts lock clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

play: .venv/.play ## play Adlib in the browser, no token needed (ARGS="--port 8770 --fresh")
	@$(BIN)/python -m bot playground $(ARGS)

test: .venv/.dev ## run the whole test suite (ARGS="-k poll" for a part of it)
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(if $(ARGS),$(ARGS),$(COVERAGE))

check: .venv/.dev ## format, lint, types, walls between rooms, content: what CI runs first
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/pyright
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m bot check-content

bench: .venv/.dev ## measure what the docs state (BENCH=search_of_100000 for one of them, ARGS= for its options)
	@for one in $(BENCH); do $(BIN)/python -W ignore -m benchmarks.$$one $(ARGS) || exit; done

format: .venv/.dev ## put the code into its format and sort its imports
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

run: .venv/.run ## run the bot itself; wants DISCORD_TOKEN in .env
	@$(BIN)/python -m bot run

texts: .venv/.dev ## bring data/locales up to date with the sentences in the code
	@mkdir -p var
	@$(BABEL) extract -F babel.cfg --no-location --sort-output --omit-header --width 120 -o var/adlib.pot .
	@$(BABEL) update -i var/adlib.pot -d data/locales -D adlib -N --ignore-obsolete --ignore-pot-creation-date --width 120

lock: .venv/.dev ## write requirements/*.txt anew from the ranges in pyproject.toml
	@for set in "run" "play --extra playground" "postgresql --extra postgresql" \
	            "dev --extra playground --extra postgresql --group dev"; do \
	    set -- $$set; name=$$1; shift; \
	    $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	        --no-annotate --custom-compile-command "make lock" $$@ -o requirements/$$name.txt; done

clean: ## remove the environment and caches; var/ (your databases) stays
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis .coverage coverage.xml
	@find bot cogs tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Adlib needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv

.venv/.%: requirements/%.txt | .venv/bin/python
	@echo "Installing what requirements/$*.txt names (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.txt
	@touch $@
