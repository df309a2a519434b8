"""Train the triage of reviews from its corpus. Needs requirements-train.txt."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews.triage import model, training


class Command(BaseCommand):
    help = "Train the triage of reviews from the shipped corpus and write the artefact with its metrics card."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            import sklearn  # noqa: F401  (only to say early and plainly that it is missing)
        except ImportError as error:
            raise CommandError("scikit-learn is missing: pip install -r requirements-train.txt") from error
        for name, card in training.train_shipped().items():
            crossed = card["cross_validation"]
            self.stdout.write(
                f"{name}: {card['rows']} rows, cross-validated macro-F1 {crossed['macro_f1']:.3f},"
                f" ECE {crossed['ece']:.3f}"
            )
        self.stdout.write(f"Wrote {model.FOLDER}")
