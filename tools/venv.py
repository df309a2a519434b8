"""Make or mend .venv from the pinned, hashed requirements.

A stamp per set of requirements is written last. It holds the hash of the requirements and the number of installed
files, so a half-made or damaged environment is seen at the next start and built again.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools import programs
from tools.process import quiet

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = {
    "run": "requirements.txt",
    "dev": "requirements-dev.txt",
    "train": "requirements-train.txt",
}
COUNT_FILES = """
import importlib.metadata as m
print(sum(f.locate().exists() for d in m.distributions() for f in d.files or () if f.suffix == ".py"))
"""
NO_NETWORK = re.compile(
    "NewConnectionError|ConnectTimeout|NameResolution|Temporary failure in name|Max retries|ProxyError|Read timed out"
)


def ensure(kind: str, root: Path = ROOT) -> Path:
    """The Python of a .venv that has everything of this kind ("run", "dev", "train"); installs what is missing."""
    venv = root / ".venv"
    files = installed_files(venv)
    if stamp_is_true(venv, kind, root, files):
        return python_of(venv)
    kinds_here = [other for other in REQUIREMENTS if stamp_of(venv, other).exists()]
    if not kinds_here or any(files < stamped_files(venv, other) for other in kinds_here):
        make(venv)
    forget_stamps(venv)
    install(venv, root / REQUIREMENTS[kind])
    write_stamps(venv, kind, root)
    return python_of(venv)


def python_of(venv: Path) -> Path:
    return venv / "bin" / "python"


def stamp_of(venv: Path, kind: str) -> Path:
    return venv / f"shopcare-{kind}.stamp"


def digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def installed_files(venv: Path) -> int:
    """How many of the modules that the packages brought are in place; 0 where the environment does not even start."""
    try:
        return int(quiet([python_of(venv), "-I", "-c", COUNT_FILES]).stdout)
    except (OSError, ValueError):
        return 0


def stamp_is_true(venv: Path, kind: str, root: Path, files: int) -> bool:
    """The stamp was written for these very requirements, and no installed file was lost since."""
    try:
        stamped = stamp_of(venv, kind).read_text().split()[0]
    except (OSError, IndexError):
        return False
    return stamped == digest(root / REQUIREMENTS[kind]) and files >= stamped_files(venv, kind) > 0


def stamped_files(venv: Path, kind: str) -> int:
    try:
        return int(stamp_of(venv, kind).read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return sys.maxsize


def forget_stamps(venv: Path) -> None:
    for kind in REQUIREMENTS:
        stamp_of(venv, kind).unlink(missing_ok=True)


def write_stamps(venv: Path, kind: str, root: Path) -> None:
    """Every set contains the one of `make run`, so its stamp is written too."""
    files = installed_files(venv)
    for done in {kind, "run"}:
        stamp_of(venv, done).write_text(f"{digest(root / REQUIREMENTS[done])} {files}\n")


def make(venv: Path) -> None:
    """An empty environment in place of whatever stands there."""
    say("Making .venv ...")
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    shutil.rmtree(venv, ignore_errors=True)
    result = create(venv)
    if result.returncode and "ensurepip" in result.stdout and programs.may_install():
        programs.apt_install(["python3-venv"])
        result = create(venv)
    if result.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        raise SystemExit(no_venv(result.stdout))


def create(venv: Path) -> subprocess.CompletedProcess[str]:
    """Without a pip of its own where the outer one can install into it: that saves some seconds."""
    options = ["--without-pip"] if outer_pip() else []
    return quiet([sys.executable, "-m", "venv", "--clear", *options, venv])


def no_venv(output: str) -> str:
    if "ensurepip" in output:
        return f"{sys.executable} cannot make a .venv. Install what it lacks: sudo apt-get install python3-venv"
    last = output.strip().splitlines()[-1:] or ["no reason given"]
    return f"Could not make .venv: {last[0]}"


def outer_pip() -> bool:
    """Whether this Python's own pip can install into another environment (pip >= 22.3)."""
    result = quiet([sys.executable, "-m", "pip", "--version"])
    version = re.match(r"pip (\d+)\.(\d+)", result.stdout)
    return bool(version and (int(version[1]), int(version[2])) >= (22, 3))


def install(venv: Path, requirements: Path) -> None:
    """The pinned packages, each checked against its hash."""
    count = len(re.findall(r"^[\w.-]+==", requirements.read_text(), re.MULTILINE))
    say(f"Installing {count} packages from {requirements.name} (only now and when it changes) ...")
    python = str(python_of(venv))
    has_pip = quiet([python, "-m", "pip", "--version"]).returncode == 0
    pip = [python, "-m", "pip"] if has_pip else [sys.executable, "-m", "pip", "--python", python]
    options = ["--require-hashes", "--no-compile", "--no-input", "--disable-pip-version-check"]
    patience = ["--retries=2", "--timeout=20"]
    env = {name: value for name, value in os.environ.items() if name not in {"PIP_USER", "PIP_TARGET", "PIP_PREFIX"}}
    result = quiet([*pip, "install", *options, *patience, "-r", str(requirements)], env=env)
    log = venv / "install.log"
    log.write_text(result.stdout)
    if result.returncode:
        raise SystemExit(no_packages(result.stdout, log))


def no_packages(output: str, log: Path) -> str:
    """One line that says what to do; pip's own words stay in the log."""
    if NO_NETWORK.search(output):
        return f"Could not fetch the packages: no network? Connect and run this again. (Details: {log})"
    errors = [line for line in output.splitlines() if line.startswith("ERROR")] or output.strip().splitlines()[-1:]
    return f"Could not install the packages: {' '.join(errors[:1])} (Details: {log})"


def say(line: str) -> None:
    print(line, flush=True)


def main(arguments: list[str]) -> None:
    """`python -m tools.venv KIND [ARGUMENTS]`: see to the environment, then become its Python with the arguments."""
    python = ensure(arguments[0])
    if arguments[1:]:
        os.execv(python, [str(python), *arguments[1:]])


if __name__ == "__main__":
    main(sys.argv[1:])
