"""Measure the triage of reviews: `evaluate_triage FILE.jsonl [--json]`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from language.corpus import read
from reviews.triage.report import evaluate, render
from reviews.triage.training import rounded


class Command(BaseCommand):
    help = "Measure the triage on a JSON-lines file with the fields text, stars (or rating) and needs_followup."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = list(read(options["file"]))
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if not rows or any("needs_followup" not in row for row in rows):
            raise CommandError(f"{options['file']}: every row needs text, stars and needs_followup; at least one row")
        found = evaluate(rows)
        self.stdout.write(
            json.dumps(rounded(found), ensure_ascii=False, indent=1) if options["json"] else render(found)
        )
