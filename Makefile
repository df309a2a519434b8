# Names for the tools in tools/; all logic is there.
DEV := sh tools/python -m tools.venv dev

.PHONY: help run test lint format messages screenshots bench train clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ## Install if needed, then run ShopCare on http://localhost:8000 (PORT=...)
	@sh tools/python -m tools.run

test: ## Everything that must hold: lint, types, translations, all tests on both databases
	@sh tools/python -m tools.check

lint: ## Only lint and types
	@sh tools/python -m tools.check lint types

format: ## Format the code
	@$(DEV) -m ruff check --fix --quiet .
	@$(DEV) -m ruff format .

messages: ## Collect the texts to translate and compile the translations
	@$(DEV) -m tools.translations

screenshots: ## Pictures of every page into screenshots/
	@$(DEV) -m tools.screenshots

bench: ## Speed at many cases
	@$(DEV) -m bench

train: ## Train the attribution again from its corpus
	@sh tools/python -m tools.venv train manage.py train_attribution

clean: ## Remove what was made, but not the data in var/
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* htmlcov screenshots staticfiles
	@find . -name __pycache__ -prune -exec rm -rf {} +
