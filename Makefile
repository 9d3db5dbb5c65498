# Two commands matter: `make demo` shows what Lithograph does, `make test` checks that it does it.
# Both create .venv and install into it when they first need it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORE := demo.db
PACKAGES := ontology kg extract queries app corpus
LITHOGRAPH := $(BIN)/lithograph

.PHONY: demo test lint types layers tests bench docs tour clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Lithograph needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(VENV)/installed
	@echo '── Building the graph from the bundled corpus ──'
	@$(LITHOGRAPH) build corpus/notes --store $(STORE)
	@echo; echo '── Three questions ──'
	@$(LITHOGRAPH) ask 'Which electrolytes have an ionic conductivity above 10 mS/cm?' --store $(STORE)
	@$(LITHOGRAPH) ask 'What suppresses lithium dendrite growth?' --store $(STORE)
	@$(LITHOGRAPH) ask 'How is Li6PS5Cl synthesised?' --store $(STORE)
	@echo; echo '── One chain: dopant → interphase → lithium dendrite growth ──'
	@$(LITHOGRAPH) chains --from dopant --to 'lithium dendrite growth' --limit 1 --store $(STORE)
	@echo; echo '── Three gaps ──'
	@$(LITHOGRAPH) gaps open-questions --limit 1 --store $(STORE)
	@$(LITHOGRAPH) gaps bridges --limit 1 --store $(STORE)
	@$(LITHOGRAPH) gaps thin --limit 1 --store $(STORE)
	@echo; echo 'To look around in a browser:  $(LITHOGRAPH) serve --store $(STORE)   then open http://127.0.0.1:8000'

test: lint types layers tests

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed
	$(BIN)/mypy

layers: $(VENV)/installed
	$(BIN)/lint-imports

tests: $(VENV)/installed
	$(BIN)/pytest

bench: $(VENV)/installed
	$(BIN)/python -m bench.extraction

# The ontology as HTML: open build/ontology/index.html.
docs: $(VENV)/installed
	$(BIN)/python -m ontology.pages build/ontology

# The tour of the Python interface, run, as a page: open build/tour.html.
tour: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[notebook]'
	@mkdir -p build
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupytext --to ipynb --set-kernel python3 --output build/tour.ipynb examples/tour.py
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter nbconvert --execute --to html --output-dir build build/tour.ipynb

clean:
	rm -rf $(VENV) $(STORE) build .pytest_cache .mypy_cache .ruff_cache
