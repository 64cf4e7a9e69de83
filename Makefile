# Every target sets up what it needs (see .ci/setup.sh); nothing has to be installed by hand on Debian and Ubuntu.
BIN := .venv/bin
DEMO := build/demo

.PHONY: help demo test check format lint types bench lock clean

help:
	@echo "make demo    a Word file and a PDF for examples/firm.yaml, in $(DEMO)"
	@echo "make test    the tests"
	@echo "make check   format, lint, types, tests"
	@echo "make bench   speed against plain use of the same libraries"
	@echo "make lock    renew the lock files (UPGRADE=1: to the newest versions)"
	@echo "make clean   remove what these targets made"

demo:
	@bash .ci/setup.sh run
	$(BIN)/contractgen new --profile examples/firm.yaml --out $(DEMO) --format docx,pdf --force
	@echo "the files are in $(CURDIR)/$(DEMO)"

test:
	@bash .ci/setup.sh dev
	$(BIN)/python -m pytest -n auto --dist loadfile

check: format lint types test

format:
	@bash .ci/setup.sh dev
	$(BIN)/ruff format --check

lint:
	@bash .ci/setup.sh dev
	$(BIN)/ruff check

types:
	@bash .ci/setup.sh dev
	$(BIN)/mypy

bench:
	@bash .ci/setup.sh dev
	$(BIN)/python -m bench

lock:
	@bash .ci/setup.sh dev
	$(BIN)/python -m pip install --quiet uv
	bash .ci/lock.sh $(BIN)/python $(if $(UPGRADE),--upgrade)

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
