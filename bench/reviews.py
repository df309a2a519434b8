"""How fast reviews are imported and triaged: `python -m bench.reviews [FILE] [--rows N]` on the configured database.

Prints rows, seconds and the peak of memory in a shop of its own, which is removed afterwards. Without a FILE it takes
SHOPCARE_DATA/reviews_real.csv (default ../shared/data); --rows repeats the rows under running numbers up to N.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import django


def grown(source: Path, rows: int, target: Path) -> None:
    """A file of `rows` reviews with numbers of their own, made from those of `source`."""
    with source.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["review id", "text", "rating"])
        writer.writerows([n, row["text"], row["rating"]] for n, row in enumerate(islice(cycle(found), rows)))


def memory_mb() -> float:
    """The peak of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(path: Path) -> None:
    """Import one file into a new shop and say what it cost."""
    from cases.models import Case
    from playbooks.loading import load_defaults
    from reviews import opening
    from reviews.importing import review_job
    from reviews.models import Review
    from shops.models import Shop
    from tables.columns import match_columns
    from tables.importing import run
    from tables.reading import open_table

    shop = Shop.objects.create(name="bench", slug=f"bench-{time.time_ns()}")
    shop.refresh_from_db()
    load_defaults(shop)
    try:
        before, start, cpu = memory_mb(), time.perf_counter(), time.process_time()
        job = review_job(shop)
        with open_table(path) as table:
            report = run(table, match_columns(table.headers, job.fields), job)
        stored = time.perf_counter() - start
        opened = opening.open_waiting(shop)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        flagged = Review.objects.filter(shop=shop, needs_followup=True).count()
        print(f"{report.rows} rows: {report.added} added, {report.known} known, {report.rejected} rejected")
        print(f"{seconds:.1f} s in all, {cpu:.1f} s of this process; {stored:.1f} s to triage and store")
        print(f"{flagged} flagged, {opened} cases opened")
        print(f"memory: {before:.0f} MB before, {memory_mb():.0f} MB at the peak")
    finally:
        Case.objects.filter(shop=shop).delete()  # treatments protect their playbooks
        shop.delete()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(os.environ.get("SHOPCARE_DATA", Path(__file__).parents[2] / "shared" / "data")) / "reviews_real.csv"
    parser.add_argument("file", type=Path, nargs="?", default=default)
    parser.add_argument("--rows", type=int, default=0)
    options = parser.parse_args()
    if not options.file.exists():
        sys.exit(f"no file {options.file}: name one, or set SHOPCARE_DATA")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopcare.settings")
    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file
        if options.rows:
            path = Path(folder) / "reviews.csv"
            grown(options.file, options.rows, path)
        measure(path)


if __name__ == "__main__":
    main()
