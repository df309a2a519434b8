"""The tests run on the database that was asked for, never silently on another."""

import os

import pytest
from django.conf import settings
from django.db import connection

VENDOR = {"sqlite": "sqlite", "postgres": "postgresql"}


def test_database_is_the_one_asked_for():
    assert connection.vendor == VENDOR[os.environ["SHOPCARE_TEST_DB"]]


def test_redis_is_used_with_postgres_only():
    assert bool(settings.REDIS_URL) == (os.environ["SHOPCARE_TEST_DB"] == "postgres")


@pytest.mark.django_db
def test_database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
