# Type `make help`. Every target does the set-up that it needs; a second call takes no time for it.

SHELL := /bin/bash
PY := .venv/bin/python
DATA_DIR ?= ../shared/data

.DEFAULT_GOAL := help
.PHONY: help run test test-slow test-qt6 test-qgis-matrix release-zip fuzz env env-qgis lint format package demo-scene demo-bundle quality bench bench-gpu \
	inputs screenshots words requirements clean distclean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Open QGIS on the demo scene; without a display, run GAC on it in the terminal
	@scripts/run.sh

test: env env-qgis package ## Run the tests, those inside QGIS too
	@$(PY) scripts/test.py

test-slow: env env-qgis package ## Run the slow tests: full-size models, minutes, much memory
	@$(PY) scripts/test.py --slow

test-qt6: env ## See whether the plugin's source fits Qt 6: types, and imports with PyQt6
	@scripts/qt6.sh

test-qgis-matrix: env package ## Run the plugin's tests on QGIS 3.22, 3.40 and 3.44; VERSIONS="3.44" for one
	@scripts/qgis_matrix.sh $(VERSIONS) -- $(ARGS)

fuzz: env ## Look for faults with 500 new examples of each kind; EXAMPLES=n for another number
	@GAC_FUZZ_EXAMPLES=$(or $(EXAMPLES),500) $(PY) -m pytest tests/core/fuzz -q

env: ## Make the worker's environment in .venv
	@scripts/env_worker.sh

env-qgis: ## Make the environment for tests inside QGIS in .venv-qgis
	@scripts/env_qgis.sh

lint: env package ## Check style, types and what the QGIS plugin repository scans for
	@scripts/lint.sh

format: env ## Put the source into the agreed format
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

package: env ## Assemble the plugin in build/plugin and its zip in dist
	@$(PY) scripts/package.py

release-zip: env ## Pack the plugin twice with the same bytes, and scan the zip
	@scripts/release_zip.sh

demo-scene: env ## Write the simulated demo scene again
	@$(PY) -m training.demo.make_scene resources/demo_scene/demo_s1.tif

demo-bundle: env ## Train the demo bundle again: some two hours on two cores; resumes where it stopped
	@$(PY) -m training.demo.train --data-dir $(DATA_DIR) --out resources/bundles/demo

quality: env ## Judge the demo bundle on held-out pairs and write docs/quality.md; an hour on two cores
	@$(PY) -m training.evaluate --data-dir $(DATA_DIR) --bundle demo --biomes training/demo/roles.csv \
		--tiles test --ablations --baselines --out build/quality --markdown docs/quality.md

bench: env ## Measure GAC beside TerraTorch's recipe, into docs/benchmarks.md; a quarter of an hour on two cores
	@$(PY) -m tests.bench --device cpu --markdown docs/benchmarks.md $(BENCH)

bench-gpu: env ## The same at full size on a GPU; BENCH="--only memory", say, adds options to either
	@$(PY) -m tests.bench --device cuda --full --markdown docs/benchmarks.md $(BENCH)

inputs: env ## Try every bad input and write docs/inputs.md
	@$(PY) -m tests.core.inputs.table

screenshots: env package ## Photograph the real plugin in docs/images
	@scripts/screenshots.sh

words: env ## Collect new texts into resources/i18n, and compile what is translated
	@scripts/words.sh

requirements: ## Resolve requirements/*.in again into pinned versions with hashes
	@scripts/requirements.sh

clean: ## Remove what was built; keep the environments
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +

distclean: clean ## Remove the environments too
	@rm -rf .venv .venv-qgis .env
