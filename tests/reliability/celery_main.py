"""Celery's command line with a clock that can be set wrong: the file named by SHOPCARE_SKEW holds seconds to add."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from celery.__main__ import main
from django.utils import timezone

SKEW = Path(os.environ["SHOPCARE_SKEW"])


def skewed_now() -> datetime:
    """Now, as this machine believes."""
    try:
        seconds = float(SKEW.read_text() or 0)
    except (OSError, ValueError):
        seconds = 0.0
    return datetime.now(tz=UTC) + timedelta(seconds=seconds)


if __name__ == "__main__":
    timezone.now = skewed_now
    sys.argv[0] = "celery"
    main()
