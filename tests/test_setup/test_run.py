"""`make run` before anything is started: the port, the environment, the kept secret."""

import socket

import pytest

from tools import run


@pytest.mark.parametrize("raw", ["", "abc", "0", "65536", "-1", "80.5"])
def test_read_port_refuses_nonsense(raw):
    with pytest.raises(SystemExit, match="write a number from 1 to 65535"):
        run.read_port(raw)


def test_read_port_takes_a_number():
    assert run.read_port("8001") == 8001


def test_main_names_a_busy_port(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(SystemExit, match=f"Port {port} is in use"):
            run.main()


@pytest.fixture
def bare(monkeypatch, tmp_path):
    for name in ("PORT", "SITE_URL", "REDIS_URL", "SHOPCARE_EMBEDDED", "HTTPS", "ALLOWED_HOSTS", "SECRET_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHOPCARE_DATA_DIR", str(tmp_path))


def test_environment_is_embedded_without_servers(bare, monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1/0")
    env = run.environment(8001, has_servers=False)
    assert (env["SHOPCARE_EMBEDDED"], env["REDIS_URL"], env["SITE_URL"]) == ("1", "", "http://localhost:8001")


def test_environment_is_the_production_shape_with_servers(bare, tmp_path):
    env = run.environment(8001, has_servers=True)
    assert (env["SHOPCARE_EMBEDDED"], env["HTTPS"]) == ("0", "0")
    assert env["SECRET_KEY_FILE"] == str(tmp_path / "secret_key")


def test_environment_keeps_what_is_set(bare, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://care.example.com")
    assert run.environment(8001, has_servers=False)["SITE_URL"] == "https://care.example.com"


def test_kept_secret_is_made_once_and_private(tmp_path):
    path = run.kept_secret(tmp_path / "new")
    first = path.read_text()
    assert run.kept_secret(tmp_path / "new").read_text() == first
    assert len(first) >= 50
    assert path.stat().st_mode & 0o077 == 0
