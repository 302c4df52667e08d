# The portal's commands. `make run` and `make test` need python3 (3.11 to 3.13), pip and make; nothing else.
.PHONY: help run dev test lint format bench shots journey handbook-pictures lock
PORT ?= 8000
ARGS ?=

help:
	@echo "make run [PORT=8001]     serve the portal on http://127.0.0.1:8000/"
	@echo "make dev [PORT=8001]     the reloading server, for those who write code"
	@echo "make test [ARGS='-k x']  the whole test suite"
	@echo "make lint                style, import layers and templates"
	@echo "make format              let ruff lay out the Python files"
	@echo "make shots               screenshots of the main pages into shots/"
	@echo "make journey             from a colleague's first login to the published page, every step a picture in shots/"
	@echo "make handbook-pictures   the pictures of the editors' handbook, from the running site"
	@echo "make bench               speed of the editors' screens, and of a page against the health view (needs wrk)"
	@echo "make lock                recompile requirements.txt and requirements-dev.txt"

run:
	@PORT=$(PORT) exec scripts/run

dev:
	@PORT=$(PORT) exec scripts/run dev

test:
	@scripts/venv requirements-dev.txt
	@.venv/bin/python -m pytest -n auto --dist loadfile $(ARGS)

lint:
	@scripts/venv requirements-dev.txt
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates

format:
	@scripts/venv requirements-dev.txt
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench:
	@scripts/venv requirements-dev.txt
	@.venv/bin/python bench/workshop.py
	@.venv/bin/python bench/run.py $(ARGS)

shots:
	@scripts/venv requirements-dev.txt
	@.venv/bin/python scripts/shots.py

journey:
	@scripts/venv requirements-dev.txt
	@TINK_SHOTS=shots .venv/bin/python -m pytest tests/browser/test_journey.py

handbook-pictures:
	@scripts/venv requirements-dev.txt
	@.venv/bin/python -m scripts.handbook_pictures

# The second lock is held to the first, so both name the same versions of what they share.
LOCK = .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --quiet
lock:
	@scripts/venv requirements-dev.txt
	$(LOCK) $(ARGS) --output-file requirements.txt
	$(LOCK) $(ARGS) --extra dev --constraint requirements.txt --output-file requirements-dev.txt
