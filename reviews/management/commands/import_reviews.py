"""Import reviews from CSV, Excel or JSON Lines."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from reviews import opening, running
from reviews.enums import Platform
from reviews.importing import review_job
from shops.models import Shop
from shops.terminal import ImportCommand, shop_by_slug
from tables.importing import Job
from tables.problems import Unreadable
from tables.reading import open_table


class Command(ImportCommand):
    help = "Import reviews; each is triaged, and flagged ones start their follow-up. A second run adds nothing twice."
    platform: str = Platform.OTHER

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--platform", choices=Platform.values, default=Platform.OTHER, help="where they stand")

    def job(self, shop: Shop) -> Job:
        return review_job(shop, self.platform)

    def handle(self, *args: Any, **options: Any) -> None:
        self.platform = options.pop("platform")
        wishes = options["column"]
        shop = shop_by_slug(options["shop"])
        options["column"] = [*self.remembered(shop, options["file"]), *wishes]
        super().handle(*args, **options)
        if not options["dry_run"]:
            if wishes:
                running.remember(shop, self.platform, dict(wish.partition("=")[::2] for wish in wishes))
            opening.open_waiting(shop)

    def remembered(self, shop: Shop, file: str) -> list[str]:
        """The columns chosen for this platform the last time, as far as the file has them."""
        try:
            with open_table(file) as table:
                kept = running.remembered(shop, self.platform)
                return [f"{name}={head}" for name, head in kept.items() if head in table.headers]
        except (OSError, Unreadable):
            return []  # the import itself says what is wrong
