"""Export everything a shop owns as a ZIP of CSV, JSON Lines and its files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from shops.actions import audit
from shops.exporting import write_shop
from shops.terminal import shop_by_slug


class Command(BaseCommand):
    help = "Export everything a shop owns as a ZIP of open formats."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--shop", required=True, metavar="SLUG")
        parser.add_argument("--output", metavar="FILE", help="default: SLUG-DATE.zip here")

    def handle(self, *args: Any, shop: str, output: str | None, **options: Any) -> None:
        found = shop_by_slug(shop)
        path = Path(output or f"{shop}-{timezone.localdate():%Y-%m-%d}.zip")
        try:
            with path.open("wb") as file:
                counts = write_shop(found, file)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        audit(found, None, "exported", rows=sum(counts.values()))
        for name, count in counts.items():
            self.stdout.write(f"{count:8} {name}")
        self.stdout.write(f"Written: {path} ({path.stat().st_size / 1e6:.1f} MB)")
