"""`manage.py evaluate_tone FILE.jsonl [--json]`: how much the tone guard catches, and what it stops for nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from messaging.tone.cli import messages
from messaging.tone.evaluation import evaluate, summary


class Command(BaseCommand):
    help = "Measure the tone guard on JSON lines with 'text', 'label' (bad/ok) and 'category'."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="all figures, missed rows and false alarms as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = evaluate(row for _, _, row in messages(options["file"]))
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        except KeyError as error:
            raise CommandError(f"a row lacks {error}") from error
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) if options["json"] else summary(result))
