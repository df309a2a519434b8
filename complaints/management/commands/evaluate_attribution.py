"""Measure the suggestion of blame on labelled messages: `evaluate_attribution FILE.jsonl [--json]`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from complaints.attribution import model, suggest
from complaints.attribution.report import evaluate, render
from complaints.attribution.training import rounded
from language.corpus import read


class Command(BaseCommand):
    help = "Measure the suggestion of blame on a JSON-lines file with the fields text and blame."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--model", type=Path, help="a model other than the shipped one")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = list(read(options["file"]))
            judge = model.of_file(options["model"]) if options["model"] else None
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if not rows or any("blame" not in row for row in rows):
            raise CommandError(f"{options['file']}: every row needs text and blame, and there must be at least one row")
        found = evaluate(rows, lambda text: suggest(text, judge))
        as_json = json.dumps(rounded(found), ensure_ascii=False, indent=1)
        self.stdout.write(as_json if options["json"] else render(found))
