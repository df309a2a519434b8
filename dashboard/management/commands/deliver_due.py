"""`manage.py deliver_due`: one ring of the bell by hand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dashboard.tick import tick


class Command(BaseCommand):
    help = "Run what is due now: system steps, messages of the outbox, reminders. Safe at any time, twice at once too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--shop", help="accepted for symmetry with the other commands; the tick serves every shop")

    def handle(self, *args: Any, **options: Any) -> None:
        report = tick()
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in sorted(report.items())) or "nothing was due")
