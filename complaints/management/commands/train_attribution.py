"""Train the models behind the suggestion of blame. Needs requirements-train.txt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from complaints import learning
from complaints.attribution import model, training
from language.corpus import read
from shops.models import Shop


class Command(BaseCommand):
    help = "Train the suggestion of blame from the shipped corpus, or a shop's own model with --extra and --out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--shop", metavar="SLUG", help="a shop's own model, from its staff's taps")
        parser.add_argument("--extra", type=Path, help="JSON lines with text, blame and (if wanted) weight")
        parser.add_argument("--out", type=Path, help="with --extra: where the shop's model goes")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            import sklearn  # noqa: F401  (only to say early and plainly that it is missing)
        except ImportError as error:
            raise CommandError("scikit-learn is missing: pip install -r requirements-train.txt") from error
        if options["shop"]:
            self._of_shop(options["shop"])
            return
        if options["extra"]:
            self._from_file(options["extra"], options["out"])
            return
        card = training.train_shipped()
        self.stdout.write(f"Wrote {model.FOLDER}")
        self._say(card["blame"])

    def _of_shop(self, slug: str) -> None:
        shop = Shop.objects.filter(slug=slug).first()
        if shop is None:
            raise CommandError(f"no shop {slug!r}")
        rows = learning.confirmed(shop)
        if not rows:
            raise CommandError(f"nothing published: nobody in {slug} has confirmed or corrected a suggestion yet")
        self._publish(rows, learning.model_path(shop))

    def _from_file(self, extra: Path, out: Path | None) -> None:
        if out is None:
            raise CommandError("--extra needs --out")
        try:
            rows = [(row["text"], row["blame"], float(row.get("weight", 1))) for row in read(extra)]
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"nothing published: {error}") from error
        self._publish(rows, out)

    def _publish(self, rows: list[tuple[str, str, float]], out: Path) -> None:
        try:
            card = training.train_for_shop(rows, out)
        except (OSError, ValueError, training.WorseError) as error:
            raise CommandError(f"nothing published: {error}") from error
        self.stdout.write(f"Wrote {out}: macro-F1 {card['macro_f1_after']:.3f}, was {card['macro_f1_before']:.3f}")

    def _say(self, card: dict[str, Any]) -> None:
        crossed = card["cross_validation"]
        self.stdout.write(
            f"{card['rows']} rows, cross-validated macro-F1 {crossed['macro_f1']:.3f}, ECE {crossed['ece']:.3f},"
            f" decided from {card['threshold']:.2f}"
        )
