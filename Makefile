# Every target sets up its own environment from Python 3.11+ and make. `make help` lists them.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV   ?= .venv
BIN    := $(VENV)/bin
RUN    := $(VENV)/.run-ready
DEV    := $(VENV)/.dev-ready
REL    := $(VENV)/release
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

.PHONY: help demo story install run rehearsal pictures setup test test-all check format bench measure words migration fields pins release clean rights-walk simulate simulate-all chaos
.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16

$(RUN): requirements/run.txt
	@test -n "$(PYTHON)" || { echo "Xa Nhà needs Python 3.11 or newer: install it, or name it with PYTHON=/path/to/python3"; exit 1; }
	@test -x $(BIN)/python || { echo "Setting up $(VENV) with $(PYTHON) (once)..."; $(PYTHON) -m venv $(VENV); }
	@$(PIP) -r requirements/run.txt
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	@$(PIP) -r requirements/dev.txt
	@touch $@

setup: $(DEV) ## Set up the environment for work on the code

demo: $(RUN) ## Try it: an invented commune, its phones and a time machine in your browser
	@$(BIN)/python -m bot demo

story: $(RUN) ## The same as a month told in the terminal
	@$(BIN)/python -m bot demo --story

install: $(RUN) ## Set up what the program needs to run, and nothing more: for a server

run: $(RUN) ## Run it on Telegram (BOT_TOKEN must be set)
	@$(BIN)/python -m bot run

# Compiled modules are kept, whatever the shell says: else each worker and each program that a test starts compiles them all
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist worksteal

test: $(DEV) ## The tests: all on SQLite, on PostgreSQL what is about the database and an eighth of the rest, another each day
	@TESTS_OF_DAY=$$(($$(date -u +%s) / 86400)) $(PYTEST)

test-all: $(DEV) ## Every test on both, at its full size, for the night
	@$(PYTEST) --everything

check: $(DEV) ## Format, lint, types, layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports

format: $(DEV) ## Put the code into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(DEV) ## Measure it beside a bare python-telegram-bot echo bot; some rows alone: make bench ONLY="screens province" ROUNDS=1
	@$(BIN)/python -m tests.bench $(if $(ONLY),--only $(ONLY)) $(if $(ROUNDS),--rounds $(ROUNDS))

rights-walk: $(DEV) ## Press every button as everybody: 100,000 cases, some forty minutes on two cores
	@$(BIN)/python -m tests.walk $(cases)

SEED  ?= 1
DAYS  ?= 3
QUIET ?= 4

simulate: $(DEV) ## A small commune lives through some days by one seed: make simulate SEED=3 DAYS=3
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m tests.simulate --seed $(SEED) --days $(DAYS) --quiet $(QUIET)

simulate-all: $(DEV) ## A thousand towns for a week each, side by side, for the night; it shows a short story of what does not hold
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m tests.simulate --seeds 1-1000 --days 7 --quiet 3 --minutes 480

SECONDS  ?= 120
DATABASE ?= sqlite

chaos: $(DEV) ## Real programs under kill -9, with a database and a network that fail: make chaos SECONDS=120 SEED=1 DATABASE=postgres
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m tests.chaos --seconds $(SECONDS) --seed $(SEED) --database $(DATABASE)

pictures: $(DEV) ## Take the pictures of the documents anew, from the playground (needs Chromium)
	@$(BIN)/python -m tests.pictures

measure: $(DEV) ## What the house is made of, in figures (docs/architecture.md)
	@$(BIN)/python -m tests.measure

words: $(DEV) ## Bring models/phrases/en.po into line with the code; then write the English that lacks
	@$(BIN)/python -m tests.words

migration: $(DEV) ## Write the next migration: make migration about="what changed"
	@$(BIN)/python -c 'import sys; from models.ground.sealing import Keyring, new_key, use_keys; from models.migrations import migrate, write_step; use_keys(Keyring([new_key()])); url = "sqlite:////tmp/xanha-migration.db"; migrate(url); write_step(url, sys.argv[1])' "$(about)"
	@rm -f /tmp/xanha-migration.db*

fields: $(DEV) ## Write docs/data.md and the table of docs/dpia.md anew from models/ground/fields.toml
	@$(BIN)/python -m bot fields > docs/data.md
	@$(BIN)/python -m bot fields --assessment docs/dpia.md > docs/dpia.new && mv docs/dpia.new docs/dpia.md

pins: $(DEV) ## Renew the pins (needs uv on the PATH)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/run.in -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/dev.in -o requirements/dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/release.in -o requirements/release.txt

$(REL)/.ready: requirements/release.txt $(RUN)
	@test -x $(REL)/bin/python || $(BIN)/python -m venv $(REL)
	@$(REL)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/release.txt
	@touch $@

release: $(REL)/.ready ## Pack the committed state into dist/: one file that puts it in place, SBOM, age of the pins, checksums
	@$(BIN)/python -m bot.release $(REL)/bin/cyclonedx-py

rehearsal: $(DEV) ## Walk the operator's guide from a fresh machine to "all is well" in a clean folder, timed
	@$(BIN)/python -m tests.rehearsal

clean: ## Remove the environment and caches (data/ stays)
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
