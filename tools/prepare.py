"""Bring the database up to date and make the demo shop if there is none: one Django start for all of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopcare.settings")
    try:
        django.setup()
        if is_behind():
            print("Preparing the database ...", flush=True)
            call_command("migrate", verbosity=0, interactive=False)
        call_command("demo", if_empty=True)
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # where it is missing WhiteNoise warns at each start
        if "--collectstatic" in sys.argv:
            call_command("collectstatic", verbosity=0, interactive=False)
    except (ImproperlyConfigured, CommandError) as error:
        raise SystemExit(str(error)) from error
    except DatabaseError as error:
        raise SystemExit(f"The database does not answer as it should: {str(error).strip().splitlines()[0]}") from error


def is_behind() -> bool:
    """Whether a migration waits to be applied."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


if __name__ == "__main__":
    main()
