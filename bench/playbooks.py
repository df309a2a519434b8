"""Speed of the engine: routing a case, starting a treatment, a dry run. `python bench/playbooks.py [--cases 10000]`.

Prints times, queries and memory, each beside its limit, and ratios that hold on any machine: routing against building
the facts it reads, a start against its bare inserts, a dry run against reading the same rows. Uses a throw-away SQLite
file, or the database in DATABASE_URL.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from itertools import product
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

ROUTING_MS, START_QUERIES, DRY_RUN_S = 1.0, 8, 20.0
MEMORY_RATIO = 1.5  # peak of the dry run at all cases against a quarter of them


def prepare(folder: str) -> None:
    """Settings, an empty database and one shop with the default playbooks."""
    os.environ.setdefault("SHOPCARE_DATA_DIR", folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopcare.settings_test")
    import django

    django.setup()
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    get_runner(__import__("django.conf", fromlist=["settings"]).settings)(
        verbosity=0, interactive=False
    ).setup_databases()


def timed(act: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def line(what: str, figure: str, limit: str, *, holds: bool) -> bool:
    """One line of the report."""
    print(f"{'ok  ' if holds else 'MISS'} {what:44} {figure:>22}   limit {limit}")
    return holds


def routing(shop: object) -> bool:
    """Every combination of blame, voice, failure and severity, routed one by one."""
    from cases.enums import Severity
    from playbooks.enums import Blame, Failure, Voice
    from playbooks.queries import routes_of
    from playbooks.routing import Facts, route

    routes = routes_of(shop)  # type: ignore[arg-type]
    names = ("blame", "voice", "failure", "severity")
    rows = list(product(Blame.values, Voice.values, Failure.values, Severity.values))
    facts = [Facts(**dict(zip(names, row, strict=True))) for row in rows]
    each = [timed(lambda one=one: route(one, routes)) for one in facts]  # type: ignore[misc]
    building = [timed(lambda one=one: Facts.from_json(one.to_json())) for one in facts]  # type: ignore[misc]
    ms = median(each) * 1000
    print(f"     routing / building its facts            {median(each) / median(building):22.2f} x")
    return line("routing one case, median", f"{ms:.3f} ms", f"{ROUTING_MS} ms", holds=ms <= ROUTING_MS)


def starting(shop: object, times: int = 100) -> bool:
    """Starting a treatment on a case that has none, against inserting the same rows and nothing else."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from complaints.actions import facts_of
    from playbooks import treatments
    from playbooks.models import Treatment, TreatmentStep
    from tests.factories import make_complaint, make_customer

    each, bare, queries = [], [], []
    for _n in range(times):
        complaint = make_complaint(shop, customer=make_customer(shop))  # type: ignore[arg-type]
        Treatment.objects.filter(case=complaint.case).delete()
        with transaction.atomic(), CaptureQueriesContext(connection) as seen:
            each.append(timed(lambda one=complaint: treatments.start(one.case, facts_of(one))))  # type: ignore[misc]
        queries.append(len(seen))
        treatment = Treatment.objects.get(case=complaint.case)
        steps = list(treatment.steps.all())
        treatment.delete()
        treatment.pk = None
        for step in steps:
            step.pk = None

        def insert(treatment: Treatment = treatment, steps: list[TreatmentStep] = steps) -> None:
            with transaction.atomic():
                treatment.save(force_insert=True)
                for step in steps:
                    step.treatment = treatment
                TreatmentStep.objects.bulk_create(steps)

        bare.append(timed(insert))
    print(f"     start / its bare inserts                 {median(each) / median(bare):21.2f} x")
    print(f"     starting a treatment, median             {median(each) * 1000:18.1f} ms")
    return line(
        "starting a treatment", f"{max(queries)} queries", str(START_QUERIES), holds=max(queries) <= START_QUERIES
    )


def seed(shop: object, cases: int) -> None:
    """That many treated cases of the last 90 days, with facts of every sort."""
    from datetime import timedelta

    from django.utils import timezone

    from cases.models import Case
    from playbooks.enums import Blame, Failure, Voice
    from playbooks.models import Playbook, Treatment
    from playbooks.queries import routes_of
    from playbooks.routing import Facts, route

    routes, now = routes_of(shop), timezone.now()  # type: ignore[arg-type]
    books = {book.code: book for book in Playbook.objects.filter(shop=shop)}  # type: ignore[misc]
    sorts = list(product(Blame.values, Voice.values, Failure.values))
    rows = Case.objects.bulk_create(
        [
            Case(
                shop=shop,
                kind="complaint",
                headline="pesan biru yang datang hitam",
                opened_at=now - timedelta(hours=n % 2000),
            )  # type: ignore[misc]
            for n in range(cases)
        ],
        batch_size=500,
    )
    made = []
    for number, case in enumerate(rows):
        blame, voice, failure = sorts[number % len(sorts)]
        facts = Facts(blame=blame, voice=voice, failure=failure, repeat=number % 9 == 0)
        routing = route(facts, routes)
        made.append(
            Treatment(
                shop=shop,  # type: ignore[misc]
                case=case,
                playbook=books[routing.root],
                title=books[routing.root].names,
                version=1,
                entry_code=routing.entry,
                overlay_codes=list(routing.overlays),
                facts={**facts.to_json(), "root": routing.root},
                started_at=case.opened_at,
            )
        )
    Treatment.objects.bulk_create(made, batch_size=500)


def dry_running(shop: object, cases: int) -> bool:
    """A changed route over all cases, as the page streams it."""
    from django.template.loader import get_template

    from playbooks import admin_pages, dryrun
    from playbooks.queries import routes_of
    from playbooks.routing import Condition

    candidate = Condition("P05", failure=frozenset({"wrong_item", "damaged"}))
    conditions = dryrun.with_candidate(routes_of(shop), candidate, 0)  # type: ignore[arg-type]
    get_template("admin/playbooks/_dry_run_row.html")

    def page(count: int) -> int:
        rows = dryrun.treatments_of(shop)[:count]  # type: ignore[arg-type]
        titles = dryrun.steps_by_code(shop)  # type: ignore[arg-type]
        return sum(
            len(piece) for piece in admin_pages.pieces("", "<!--sum-->", rows, conditions, titles, {"taken_by": 0})
        )

    def read() -> None:
        for _row in dryrun.treatments_of(shop).values_list("facts", "overlay_codes").iterator(chunk_size=1000):  # type: ignore[arg-type]
            pass

    seconds, reading = timed(lambda: page(cases)), timed(read)
    peaks = [peak(lambda count=count: page(count)) for count in (cases // 4, cases)]  # type: ignore[misc]
    print(f"     dry run / reading the same rows          {seconds / reading:21.2f} x")
    print(f"     peak memory at {cases // 4} and {cases} cases   {peaks[0]:.1f} MB, {peaks[1]:.1f} MB")
    ratio = peaks[1] / peaks[0]
    flat = line("memory at four times the cases", f"{ratio:.2f} x", f"{MEMORY_RATIO} x", holds=ratio <= MEMORY_RATIO)
    quick = line(f"dry run of {cases} cases", f"{seconds:.2f} s", f"{DRY_RUN_S} s", holds=seconds <= DRY_RUN_S)
    return flat and quick


def peak(act: Callable[[], object]) -> float:
    """Megabytes of Python memory at the highest point of one call."""
    tracemalloc.start()
    act()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1024 / 1024


def main() -> int:
    """Measure; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    cases = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from tests.factories import make_shop

        shop = make_shop("bench")
        results = [routing(shop), starting(shop)]
        seed(shop, cases)
        results.append(dry_running(shop, cases))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
