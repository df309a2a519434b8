"""Health checks and what people see when the database is gone."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from messaging.heartbeat import beat


@pytest.fixture
def no_database(monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", gone)


def test_healthz_answers_without_a_database(client, no_database):
    assert client.get(reverse("healthz")).json() == {"ok": True}


def test_readyz_says_that_reminders_never_ran(client, db):
    assert client.get(reverse("readyz")).status_code == 503


@pytest.mark.parametrize(("age", "status"), [(30, 200), (179, 200), (200, 503)])
def test_readyz_watches_the_tick(client, db, age, status):
    beat(timezone.now() - timedelta(seconds=age), {})
    assert client.get(reverse("readyz")).status_code == status


def test_readyz_without_a_database_is_503(client, no_database):
    assert client.get(reverse("readyz")).json()["database"] == "not reachable"


@pytest.mark.parametrize("path", ["/", "/complaints/", "/s/toko/"])
def test_lost_database_is_a_plain_503_page(client, no_database, path):
    client.raise_request_exception = False
    client.cookies["sessionid"] = "x" * 32
    response = client.get(path)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert b"Nothing is lost" in response.content


def test_pages_carry_a_strict_content_policy(client, db):
    policy = client.get(reverse("login")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy


def test_unknown_page_is_404(client, db):
    assert client.get("/nothing/here/").status_code == 404
