"""`make test`: everything that must hold, stage by stage, on a machine that had nothing of it before.

All stages run even when one fails; the summary at the end names what failed. Named stages run alone:
`python -m tools.check lint types`.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import NamedTuple

from tools import programs, venv
from tools.process import die_with_parent, on_parent_death, stop

ROOT = venv.ROOT
LIMIT = 900  # seconds a stage may take before it counts as hanging
CLOSING_LINE = re.compile(r"^(?:\x1b\[\d+m)*=* ?(?:\x1b\[\d+m)*((?:\d+ \w+(?:, )?)+|no tests ran)\S* in [\d.]+s")
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
DJLINT = ("-m", "djlint", "--lint", "--quiet", "templates")
PARALLEL = ("-n", "2", "--dist", "worksteal")


class Stage(NamedTuple):
    """One thing to hold: its commands (arguments of .venv's Python), its tests' database, the programs it needs."""

    name: str
    commands: Sequence[Sequence[str]]
    database: str = "sqlite"
    needs: Sequence[programs.Need] = ()


class Result(NamedTuple):
    """How a stage went: ok, seconds, and pytest's closing line where it ran."""

    stage: str
    ok: bool
    seconds: float
    closing: str = ""


SERVERS = (programs.POSTGRES, programs.REDIS)
STAGES = [
    Stage("lint", [("-m", "ruff", "check", "."), ("-m", "ruff", "format", "--check", "."), DJLINT]),
    Stage("types", [("-m", "mypy", ".")]),
    Stage("migrations", [("manage.py", "makemigrations", "--check", "--dry-run")]),
    Stage("translations", [("-m", "tools.translations", "--check")], needs=[programs.GETTEXT]),
    Stage("sqlite", [(*PYTEST, *PARALLEL)]),
    Stage("postgres", [(*PYTEST, *PARALLEL)], "postgres", SERVERS),
    Stage("browser", [(*PYTEST, "-m", "browser", "tests/browser")], needs=[programs.CHROME]),
    Stage("reliability", [(*PYTEST, "-m", "reliability", "tests/reliability")], "postgres", SERVERS),
]


def main(names: list[str]) -> None:
    os.chdir(ROOT)
    die_with_parent(signal.SIGTERM)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    stages = chosen(names)
    started = time.monotonic()
    results = [set_up(stages)]
    try:
        results += [run(stage) for stage in stages]
    except KeyboardInterrupt:
        raise SystemExit("\nStopped.") from None
    print(summary(results, time.monotonic() - started), flush=True)
    raise SystemExit(0 if all(result.ok for result in results) else 1)


def chosen(names: list[str]) -> list[Stage]:
    """The stages named, or all."""
    unknown = set(names) - {stage.name for stage in STAGES}
    if unknown:
        raise SystemExit(f"No such stage: {', '.join(sorted(unknown))}. There are: {', '.join(s.name for s in STAGES)}")
    return [stage for stage in STAGES if not names or stage.name in names]


def set_up(stages: list[Stage]) -> Result:
    """The environment and the system's programs. Servers whose address we were given are not needed here."""
    started = time.monotonic()
    venv.ensure("dev")
    given = {need for need, name in zip(SERVERS, ("DATABASE_URL", "REDIS_URL"), strict=True) if os.environ.get(name)}
    programs.ensure({need: None for stage in stages for need in stage.needs if need not in given})
    return Result("set-up", True, time.monotonic() - started)


def run(stage: Stage) -> Result:
    """All commands of a stage, their output shown as it comes."""
    print(f"\n--- {stage.name}", flush=True)
    started = time.monotonic()
    outcomes = [execute(command, stage.database) for command in stage.commands]
    closing = next((line for _, line in outcomes if line), "")
    return Result(stage.name, all(code == 0 for code, _ in outcomes), time.monotonic() - started, closing)


def execute(command: Sequence[str], database: str) -> tuple[int, str]:
    """Run one command; its return code and pytest's closing line, if it printed one."""
    told = {"SHOPCARE_TEST_DB": database, "PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "shopcare.settings_test"}
    with subprocess.Popen(
        [venv.python_of(ROOT / ".venv"), *command],
        env={**os.environ, **told},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=on_parent_death(signal.SIGTERM),
    ) as process:
        alarm = threading.Timer(LIMIT, process.kill)
        alarm.start()
        try:
            closing = show(process)
            return process.wait(), closing
        finally:
            alarm.cancel()
            stop(process, signal.SIGINT)


def show(process: subprocess.Popen[str]) -> str:
    """Pass the output on, line by line; the last line that looks like pytest's closing one."""
    closing = ""
    for line in process.stdout or ():
        print(line, end="", flush=True)
        if CLOSING_LINE.match(line):
            closing = line.strip(" =\n")
    return closing


def summary(results: list[Result], seconds: float) -> str:
    """A table of the stages, then the sum of all tests on a line of its own."""
    rows = [f"{'ok' if r.ok else 'FAILED':7} {r.stage:13} {r.seconds:6.1f} s  {r.closing}".rstrip() for r in results]
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for result in results:
        for number, word in COUNT.findall(result.closing):
            counts["failed" if word.startswith("error") else word] += int(number)
    total = [", ".join(f"{number} {word}" for word, number in counts.items())] if any(counts.values()) else []
    return "\n".join(["", f"=== summary, {seconds:.0f} s in all", *rows, *total])


if __name__ == "__main__":
    main(sys.argv[1:])
