"""Finding the system's programs, and the throw-away servers."""

import os
from pathlib import Path

import pytest

from tools import programs, servers

MISSING = programs.Need("Nothing", lambda: None, "nothing-server")
PRESENT = programs.Need("Shell", lambda: Path("/bin/sh"), "dash")


def test_version_is_read_from_the_path():
    paths = ["/usr/lib/postgresql/9/bin/initdb", "/usr/lib/postgresql/16/bin/initdb", "/usr/bin/initdb"]
    assert [programs.version(Path(path)) for path in paths] == [9, 16, 0]


def test_chromium_can_be_named(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/opt/browser")
    assert programs.chromium() == Path("/opt/browser")


def test_ensure_names_what_is_missing_without_root(monkeypatch):
    monkeypatch.setattr(programs, "may_install", lambda: False)
    with pytest.raises(SystemExit, match=r"need Nothing\. .*apt-get install nothing-server"):
        programs.ensure([PRESENT, MISSING])


def test_ensure_installs_as_root_and_looks_again(monkeypatch):
    asked, found = [], []
    need = programs.Need("Late", lambda: found[0] if found else None, "late")
    monkeypatch.setattr(programs, "may_install", lambda: True)
    monkeypatch.setattr(programs, "apt_install", lambda packages: (asked.extend(packages), found.append(Path("/x"))))
    programs.ensure([PRESENT, need])
    assert asked == ["late"]


def test_sweep_removes_only_what_a_dead_run_left(tmp_path, monkeypatch):
    monkeypatch.setattr(servers.tempfile, "gettempdir", lambda: str(tmp_path))
    dead, alive = tmp_path / f"{servers.PREFIX}4194999-x", tmp_path / f"{servers.PREFIX}{os.getpid()}-x"
    dead.mkdir()
    alive.mkdir()
    servers.sweep()
    assert (dead.exists(), alive.exists()) == (False, True)


def test_postgres_is_not_ready_before_it_says_so(tmp_path):
    assert not servers.is_postgres_ready(tmp_path)
    (tmp_path / "postmaster.pid").write_text("1\n/data\n2\nstarting\n")
    assert not servers.is_postgres_ready(tmp_path)
    (tmp_path / "postmaster.pid").write_text("1\n/data\n2\nready   \n")
    assert servers.is_postgres_ready(tmp_path)


@pytest.mark.postgres
def test_redis_answers_and_is_gone_afterwards():
    with servers.redis() as url:
        port = int(url.split(":")[-1].split("/")[0])
        assert servers.is_redis_ready(port)
    assert not servers.is_redis_ready(port)
