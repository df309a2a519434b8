"""tools/python: the first supported Python, or one clear line."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FINDER = Path(__file__).parents[2] / "tools" / "python"


@pytest.fixture
def run(tmp_path):
    """Runs the finder with a PATH of only this folder."""

    def run(**env):
        command = [shutil.which("sh"), FINDER, "-c", "print('found')"]
        return subprocess.run(command, env={"PATH": str(tmp_path), **env}, capture_output=True, text=True)

    return run


def program(path, script):
    path.write_text(f"#!{shutil.which('sh')}\n{script}\n")
    path.chmod(0o755)


def test_finder_takes_a_supported_python(run, tmp_path):
    program(tmp_path / "python3", f'exec {sys.executable} "$@"')
    assert run().stdout == "found\n"


def test_finder_passes_over_a_broken_python(run, tmp_path):
    program(tmp_path / "python3.13", "exit 127")
    program(tmp_path / "python3.11", f'exec {sys.executable} "$@"')
    assert run().stdout == "found\n"


def test_finder_takes_the_named_python(run):
    assert run(PYTHON=sys.executable).stdout == "found\n"


def test_finder_says_one_line_without_python(run):
    result = run()
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("ShopCare needs Python 3.11 or newer")
    assert result.stderr.count("\n") == 1
