"""The plugin that starts the tests' servers."""

import os

import pytest

from tests import services


def test_chosen_refuses_an_unknown_database(monkeypatch):
    monkeypatch.setenv("SHOPCARE_TEST_DB", "oracle")
    with pytest.raises(pytest.UsageError, match="choose one of sqlite, postgres"):
        services.chosen()


def test_parallel_worker_gets_its_own_redis_database(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:6379/0")
    services.use_own_redis_database("gw1")
    assert os.environ["REDIS_URL"] == "redis://127.0.0.1:6379/2"


def test_parallel_worker_needs_no_redis(monkeypatch):
    monkeypatch.delenv("REDIS_URL", raising=False)
    services.use_own_redis_database("gw1")
    assert "REDIS_URL" not in os.environ


def test_tests_write_into_a_folder_of_their_own(settings):
    assert settings.DATA_DIR.name.startswith("shopcare-test-")
