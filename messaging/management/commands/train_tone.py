"""`manage.py train_tone`: train the tone guard's second opinion. Needs requirements-train.txt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from messaging.tone import hunch, training


class Command(BaseCommand):
    help = "Train the second opinion on messaging/tone/corpus and write its file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", type=Path, default=training.CORPUS)
        parser.add_argument("--to", type=Path, default=hunch.MODEL)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folder = options["corpus"]
            model = training.train(training.rows_of(folder), made_from=training.sources(folder))
            training.save(model, options["to"])
        except ImportError as error:
            raise CommandError(f"{error}: install requirements-train.txt first") from error
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(dict(model.card), ensure_ascii=False, indent=2))
