# Thin: every target is one `uv run --locked` line, and uv is brought along where there is none.
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := $(UV) run --locked --quiet
QUARTER ?= 2026-Q3
GROUPS_OF_TESTS ?=

.PHONY: review test notebooks sample lint picture gallery example dictionary mutation lock clean

review: $(UV)  ## make the sample quarter's packs
	$(RUN) dualtrack pack --quarter $(QUARTER)

# `make test GROUPS_OF_TESTS="--group browser"` runs the browser tests too (161 MB of playwright).
test: $(UV)  ## all tests
	$(RUN) $(GROUPS_OF_TESTS) pytest -n 2 --dist loadfile

lint: $(UV)
	$(RUN) ruff check .
	$(RUN) mypy

notebooks: $(UV)  ## run the committed notebooks on the sample data, outputs kept
	$(RUN) jupyter nbconvert --to notebook --execute --inplace notebooks/[0-6]_*.ipynb
	$(RUN) nbstripout --keep-output --keep-count --drop-empty-cells --extra-keys "metadata.language_info cell.metadata.execution metadata.widgets" notebooks/[0-6]_*.ipynb

sample: $(UV)  ## write the sample company anew (same seed, same bytes)
	$(RUN) dualtrack sample data/sample --seed 7 --quarters 4 --units 6
	rm data/sample/portfolio.toml

picture: $(UV)  ## draw the README's picture from the sample
	$(RUN) python -c "from dualtrack import open_quarter; from dualtrack.analyses import measure_paths; \
	  from dualtrack.figures import plot_paths; q = open_quarter('$(QUARTER)'); p = q.portfolio; \
	  paths = measure_paths(p.projects, q.sorting, as_of_date=p.as_of_date); \
	  plot_paths(paths, p.milestones, as_of_date=p.as_of_date).savefig('docs/images/two_paths.png', dpi=130)"

gallery: $(UV)  ## draw every figure from the sample: docs/gallery.md and its pictures
	$(RUN) python -m docs.build_gallery

example: $(UV)  ## the committed example pack, reports/example
	$(RUN) dualtrack pack --quarter $(QUARTER) --unit "Supply Chain" --to reports/.example/$(QUARTER)
	cp reports/.example/$(QUARTER)/supply-chain.html reports/.example/$(QUARTER)/supply-chain.pdf \
	  reports/.example/$(QUARTER)/supply-chain.xlsx reports/example/
	rm -r reports/.example

dictionary: $(UV)  ## write data/README.md from the schema
	$(RUN) python -c "from dualtrack.schema.dictionary import write_dictionary; \
	  open('data/README.md', 'w', encoding='utf-8').write(write_dictionary())"

mutation: $(UV)  ## mutants of control charts, records and sorting, a sample: docs/mutation.md
	rm -rf mutants
	$(RUN) --group mutation mutmut run --max-children 2 "dualtrack.sorting.intervals.*"
	$(RUN) --group mutation mutmut run --max-children 2 \
	  $$($(RUN) --group mutation python benchmarks/mutation.py draw) > mutants/run.log
	$(RUN) --group mutation python benchmarks/mutation.py score

lock: $(UV)
	$(UV) lock

clean:
	rm -rf .venv .tools reports/20*

.tools/bin/uv:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" \
	  || { echo "dualtrack needs Python 3.11 or newer; found $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -m venv .tools \
	  || { echo "python3 cannot make a virtual environment: install the package python3-venv."; exit 1; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
