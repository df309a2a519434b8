"""Settings from the environment: typed, refusing nonsense with one clear line."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from shopcare import env


@pytest.mark.parametrize(("raw", "value"), [("true", True), ("1", True), ("ON", True), ("no", False), ("", False)])
def test_flag_reads_plain_words(monkeypatch, raw, value):
    monkeypatch.setenv("X_FLAG", raw)
    assert env.flag("X_FLAG") is value


@pytest.mark.parametrize("raw", ["ja", "maybe", "2", "truee"])
def test_flag_refuses_anything_else(monkeypatch, raw):
    monkeypatch.setenv("X_FLAG", raw)
    with pytest.raises(ImproperlyConfigured, match="true or false"):
        env.flag("X_FLAG")


@pytest.mark.parametrize("raw", ["ten", "0", "101", "1.5"])
def test_number_refuses_what_is_out_of_bounds(monkeypatch, raw):
    monkeypatch.setenv("X_NUMBER", raw)
    with pytest.raises(ImproperlyConfigured):
        env.number("X_NUMBER", 5, low=1, high=100)


def test_secret_comes_from_a_mounted_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("geheim\n")
    monkeypatch.setenv("X_SECRET_FILE", str(tmp_path / "key"))
    assert env.text("X_SECRET") == "geheim"


def test_missing_secret_file_is_named(monkeypatch):
    monkeypatch.setenv("X_SECRET_FILE", "/no/such/file")
    with pytest.raises(ImproperlyConfigured, match="/no/such/file"):
        env.text("X_SECRET")


PRODUCTION = {
    "REDIS_URL": "redis://localhost:1/0",
    "SECRET_KEY": "only-for-this-test-" + "0123456789abcdef" * 3,
    "ALLOWED_HOSTS": "care.example.com",
}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"DATABASE_URL": "mysql://a:b@c/d"}, "DATABASE_URL"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
    ],
)
def test_production_starts_only_with_real_values(change, word):
    done = check({**PRODUCTION, **change})
    assert done.returncode != 0
    assert word in done.stderr


def test_production_passes_the_deploy_check():
    done = check(PRODUCTION)
    assert (done.returncode, "WARNINGS" in done.stderr) == (0, False), done.stderr


def check(settings):
    """`manage.py check --deploy` with nothing but these settings."""
    environ = {"PATH": os.environ["PATH"], "SHOPCARE_DATA_DIR": os.environ["SHOPCARE_DATA_DIR"], **settings}
    command = [sys.executable, "manage.py", "check", "--deploy"]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
