"""When .venv is used as it is, added to, or built again. Nothing is installed here: the three doers are recorded."""

import pytest

from tools import venv


@pytest.fixture
def root(tmp_path):
    for kind, name in venv.REQUIREMENTS.items():
        (tmp_path / name).write_text(f"{kind}==1.0 --hash=sha256:00\n")
    (tmp_path / ".venv").mkdir()
    return tmp_path


@pytest.fixture
def done(monkeypatch):
    steps = []
    monkeypatch.setattr(venv, "installed_files", lambda _: 100)
    monkeypatch.setattr(venv, "make", lambda _: steps.append("make"))
    monkeypatch.setattr(venv, "install", lambda _, requirements: steps.append(requirements.name))
    return steps


def test_ensure_builds_where_no_stamp_stands(root, done):
    venv.ensure("run", root)
    assert done == ["make", "requirements.txt"]


def test_ensure_does_nothing_the_second_time(root, done):
    venv.ensure("run", root)
    done.clear()
    assert venv.ensure("run", root) == root / ".venv" / "bin" / "python"
    assert done == []


def test_ensure_adds_the_dev_tools_to_what_runs(root, done):
    venv.ensure("run", root)
    done.clear()
    venv.ensure("dev", root)
    venv.ensure("run", root)
    assert done == ["requirements-dev.txt"]


def test_ensure_adds_changed_requirements_on_top(root, done):
    venv.ensure("run", root)
    done.clear()
    (root / "requirements.txt").write_text("run==2.0\n")
    venv.ensure("run", root)
    assert done == ["requirements.txt"]


def test_ensure_builds_again_when_a_file_was_lost(root, done, monkeypatch):
    venv.ensure("run", root)
    done.clear()
    monkeypatch.setattr(venv, "installed_files", lambda _: 99)
    venv.ensure("run", root)
    assert done == ["make", "requirements.txt"]


def test_ensure_leaves_no_stamp_when_installing_fails(root, done, monkeypatch):
    venv.ensure("dev", root)

    def fail(*_):
        raise SystemExit("no network")

    monkeypatch.setattr(venv, "install", fail)
    (root / "requirements.txt").write_text("run==2.0\n")
    with pytest.raises(SystemExit):
        venv.ensure("run", root)
    assert list((root / ".venv").glob("*.stamp")) == []


@pytest.mark.parametrize("content", ["", "nonsense", "a b"])
def test_ensure_distrusts_a_damaged_stamp(root, done, content):
    venv.stamp_of(root / ".venv", "run").write_text(content)
    venv.ensure("run", root)
    assert done == ["make", "requirements.txt"]


def test_installed_files_is_zero_without_a_working_python(tmp_path):
    assert venv.installed_files(tmp_path) == 0


def test_no_packages_names_a_missing_network(tmp_path):
    output = "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\nERROR: No matching distribution"
    assert venv.no_packages(output, tmp_path / "log").startswith("Could not fetch the packages: no network?")


def test_no_packages_gives_the_first_error_otherwise(tmp_path):
    output = "Collecting x\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES\nERROR: more"
    line = venv.no_packages(output, tmp_path / "log")
    assert (
        line
        == f"Could not install the packages: ERROR: THESE PACKAGES DO NOT MATCH THE HASHES (Details: {tmp_path}/log)"
    )


def test_no_venv_names_the_package_that_is_missing():
    assert "python3-venv" in venv.no_venv("... ensurepip is not available ...")
