"""`manage.py check_tone FILE [--json]`: the tone guard on a list of messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language

from messaging.tone.cli import check_file, lines_for_people


class Command(BaseCommand):
    help = "Check messages (one a line, or JSON lines with 'text'); exits with 1 where one may not be sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON report per line")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = check_file(options["file"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            for row in rows:
                self.stdout.write(json.dumps(row, ensure_ascii=False))
        else:
            language = "id" if (get_language() or "en").startswith("id") else "en"
            for line in lines_for_people(rows, language):
                self.stdout.write(line)
        if any(not row["ok"] for row in rows):
            raise SystemExit(1)
