"""`make test`: which stages run, and what the summary says."""

import sys

import pytest

from tools import check
from tools.check import Result, Stage


def test_chosen_is_everything_by_default():
    assert check.chosen([]) == check.STAGES


def test_chosen_keeps_the_order_of_the_stages():
    assert [stage.name for stage in check.chosen(["types", "lint"])] == ["lint", "types"]


def test_chosen_names_an_unknown_stage():
    with pytest.raises(SystemExit, match="No such stage: lunch"):
        check.chosen(["lunch"])


@pytest.mark.parametrize(
    "line",
    [
        "51 passed in 5.53s",
        "1 failed, 2 passed, 3 skipped in 61.02s (0:01:01)",
        "===== 2 passed, 1 warning in 0.10s =====",
        "no tests ran in 0.01s",
        "\x1b[32m\x1b[32m\x1b[1m3 passed\x1b[0m\x1b[32m in 0.01s\x1b[0m",
    ],
)
def test_closing_line_of_pytest_is_known(line):
    assert check.CLOSING_LINE.match(line)


def test_summary_adds_up_and_names_what_failed():
    results = [
        Result("lint", False, 2.04),
        Result("sqlite", True, 10, "5 passed, 1 skipped in 9.00s"),
        Result("postgres", False, 12, "1 failed, 4 passed, 2 errors in 9.00s"),
    ]
    assert check.summary(results, 24).splitlines() == [
        "",
        "=== summary, 24 s in all",
        "FAILED  lint             2.0 s",
        "ok      sqlite          10.0 s  5 passed, 1 skipped in 9.00s",
        "FAILED  postgres        12.0 s  1 failed, 4 passed, 2 errors in 9.00s",
        "9 passed, 3 failed, 1 skipped",
    ]


def run(monkeypatch, *scripts):
    monkeypatch.setattr(check.venv, "python_of", lambda _: sys.executable)
    return check.run(Stage("sample", [("-c", script) for script in scripts]))


def test_run_shows_the_output_and_keeps_the_closing_line(monkeypatch, capsys):
    result = run(monkeypatch, "print('hello'); print('3 passed in 0.10s')")
    assert (result.ok, result.closing) == (True, "3 passed in 0.10s")
    assert capsys.readouterr().out == "\n--- sample\nhello\n3 passed in 0.10s\n"


def test_run_fails_when_any_command_fails(monkeypatch):
    assert not run(monkeypatch, "raise SystemExit(3)", "pass").ok


def test_run_tells_the_command_its_database(monkeypatch, capsys):
    run(monkeypatch, "import os; print(os.environ['SHOPCARE_TEST_DB'])")
    assert capsys.readouterr().out.endswith("sqlite\n")


def test_run_ends_a_hanging_command(monkeypatch):
    monkeypatch.setattr(check, "LIMIT", 0.2)
    assert not run(monkeypatch, "import time; time.sleep(60)").ok
