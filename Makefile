# make run | test | lint | bench | venv | clean
PORT ?= 8080
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint bench venv browser clean

run: venv
	$(BIN)/cityvoice serve --demo --host $(HOST) --port $(PORT)

venv: $(VENV)/.run

$(VENV)/.run: pyproject.toml constraints.txt
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.test: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,embeddings]'
	touch $@

# The pages are tested in a real browser; Debian's own is used, never a download of a test tool.
browser:
	@command -v chromium >/dev/null || { \
		as=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$as apt-get update -qq && $$as apt-get install -y -qq --no-install-recommends chromium; }

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint browser
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

bench: $(VENV)/.test
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
