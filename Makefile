# Two commands are all a newcomer needs: `make review` and `make test`.
# Each builds .venv first when it is missing or out of date.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
TESTED := $(VENV)/.tested
APP := $(VENV)/.app

MAKEFLAGS += --no-print-directory
# Hundreds of processes start in a run of the tests: none compiles what another has compiled.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help setup review test suite check held lab app notebooks bench soak conformance fuzz lock figures pictures schema wheel clean

help: ## Explain these targets
	@echo "make review   writes the reports; make test runs everything CI runs."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

# ------------------------------------------------------------------ set-up

setup: $(STAMP) ## Build .venv from requirements.lock (done by the others when needed)
	@echo "$(VENV) is ready."

# A virtual environment holding pip and the uv that requirements.lock pins.
$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "planlib needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 setup" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@awk '/^uv==/, !/\\$$/' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock

# $(call pins,SECTIONS): those sections of the lock, in a file of their own.
define pins
@awk -v want=" $(1) " '/^# ---- / { on = index(want, " " $$3 " ") } on' requirements.lock > $(VENV)/pins.lock
endef

# $(call install,SECTIONS,OPTIONS): those sections of the lock, nothing else, and planlib itself.
define install
$(call pins,$(1))
@$(BIN)/uv pip sync --quiet --python $(BIN)/python $(2) --require-hashes $(VENV)/pins.lock
@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
@$(BIN)/python -m compileall -q planlib
endef

$(STAMP): requirements.lock pyproject.toml | $(BIN)/uv
	@echo "Installing requirements.lock into $(VENV) (about a minute the first time) ..."
	@rm -f $(TESTED) $(APP)
	$(call install,planlib,--compile-bytecode)
	@touch $@

# What the notebook to explore needs beside it to be an app; the tests bring it along.
$(APP): $(STAMP)
	@echo "Adding Voilà to $(VENV) ..."
	$(call pins,app)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r $(VENV)/pins.lock
	@touch $@

# What checks and tests need beside it; who only reviews or opens notebooks does without. Most of it
# is never imported, so it is compiled where it is.
$(TESTED): $(STAMP)
	@echo "Adding what checks and tests need to $(VENV) ..."
	$(call install,planlib app test)
	@touch $@

# -------------------------------------------------------------------- use

review: $(STAMP) ## Write the reports: reports/index.html, and one as an office hands it in
	@$(BIN)/planlib review --default
	@$(BIN)/planlib report ward-2010-2015 --period 2013 --out reports/report-2013.docx
	@if command -v soffice >/dev/null || command -v libreoffice >/dev/null; then \
	  $(BIN)/planlib report ward-2010-2015 --period 2013 --out reports/report-2013.pdf --force; \
	else echo "No report-2013.pdf: LibreOffice is not here (Debian: apt-get install libreoffice-writer)."; fi

lab: $(STAMP) ## Open the notebooks in JupyterLab, on this machine only
	@$(BIN)/jupyter lab --ip=127.0.0.1 $(shell [ "$$(id -u)" -ne 0 ] || echo --allow-root) notebooks

# Its settings stand in notebooks/voila.json.
app: $(APP) ## Open the notebook to explore as an app (Voilà), on this machine only
	@cd notebooks && ../$(BIN)/voila --Voila.ip=127.0.0.1 explore.ipynb

# ------------------------------------------------------------------ checks

check: $(TESTED) ## Check style, types and floors: ruff, mypy, import-linter
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BEHIND) $(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo

# All at the same time: some tests wait for browsers, clusters and kills, and checks and notebooks,
# which give way to them, have the processors meanwhile.
test: $(TESTED) ## Run everything CI runs: check, data, notebooks, tests
	@$(MAKE) -j3 BEHIND=nice suite check held

# Three processes of tests, as some of them wait; they are forked when all is collected.
suite: $(TESTED)
	@$(BIN)/pytest -p no:nbval --forks 3

# Shipped data against its description, committed notebooks against what they show.
held: $(TESTED)
	@$(BIN)/frictionless validate data/datapackage.json
	@$(BEHIND) $(BIN)/pytest --nbval -p planlib.batch.kernels.nbval_warm notebooks -q

bench: $(TESTED) ## Measure speed and memory: tests/benchmarks
	@echo "Adding the rivals to $(VENV) for as long as it takes ..."
	@rm -f $(STAMP) $(TESTED)
	$(call install,planlib app test bench)
	@PLOOMBER_STATS_ENABLED=false $(BIN)/pytest tests/benchmarks -s --benchmark-enable; ended=$$?; \
	  $(MAKE) $(TESTED) && exit $$ended

soak: $(TESTED) ## Simulate forecasts at length, kill batches, run 2,000 notebooks (an hour)
	@$(BIN)/python tests/outlook/worlds.py
	@$(BIN)/python tests/batch/soak.py

conformance: $(TESTED) ## All probes of the fork engine, all seeded changes of documents, every choice of the app, a row of 200 areas
	@PLANLIB_PROBES=all $(BIN)/pytest --forks 2 -q tests/batch/conformance tests/browser \
	  $$(grep -rlE '^from ((tests\.)?examples import .*\b(ALL|in_conformance)\b|(tests\.batch\.)?(own_plans|small_pages) import )' tests --include='test_*.py')

fuzz: $(TESTED) ## Try ten thousand mutated files on every reader, and all examples (some minutes)
	@HYPOTHESIS_PROFILE=long $(BIN)/pytest --forks 2 -q $$(grep -rlE '^from (hypothesis|(tests\.)?examples import .*\b(LONG|examples|turns)\b)' tests --include='test_*.py')
	@$(BIN)/python tests/excel/mutants.py
	@if $(BIN)/python -c "import atheris" 2>/dev/null; then \
	  $(BIN)/python tests/excel/guided.py -runs=3000 -len_control=0 -max_len=400; \
	else echo "atheris is not installed: mutants chosen by coverage are left out"; fi

# ------------------------------------------------- what is made, committed

notebooks: $(STAMP) ## Run and clean the committed notebooks
	@$(BIN)/planlib notebooks

figures: $(STAMP) ## Write the illustrative figures again, from their seed
	@$(BIN)/python data/illustrative/generate.py

pictures: $(TESTED) ## Draw the pictures of the documentation again (needs LibreOffice and Chromium)
	@$(BIN)/python data/pictures/make.py
	@PYTHONPATH=. $(BIN)/python tests/documents/rendering.py
	@$(BIN)/python tests/browser/looks.py
	@$(BIN)/python data/pictures/tour.py

schema: $(STAMP) ## Write the JSON schema of a plan file, for editors
	@$(BIN)/planlib schema > $(VENV)/plan.schema.json
	@mv $(VENV)/plan.schema.json planlib/plans/plan.schema.json

lock: $(BIN)/uv ## Write requirements.lock again (UPGRADE=1: with the newest versions)
	@$(PYTHON) .ci/lock.py $(BIN)/uv $(if $(UPGRADE),--upgrade)

# ----------------------------------------------------------------- the rest

wheel: $(STAMP) ## Build the source archive and, from it, the wheel: dist/
	@$(BIN)/uv build --quiet --python $(BIN)/python --no-build-isolation --out-dir dist
	@ls dist/*.whl dist/*.tar.gz

clean: ## Remove what was built, .venv and the generated reports included
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks .import_linter_cache
	@find reports -mindepth 1 -maxdepth 1 ! -name README.md ! -name track-record -exec rm -rf {} + 2>/dev/null || true
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
