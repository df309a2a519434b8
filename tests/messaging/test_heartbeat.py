"""Silence is noticed: the footer light and /readyz."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dashboard import tick
from messaging import heartbeat
from messaging.context import tick as light


@pytest.mark.parametrize(("age", "status"), [(0, 200), (179, 200), (181, 503), (3600, 503)])
def test_readyz_fails_when_the_tick_is_older_than_three_minutes(client, db, age, status):
    heartbeat.beat(timezone.now() - timedelta(seconds=age), {})
    assert client.get(reverse("readyz")).status_code == status


def test_readyz_fails_where_the_tick_never_ran(client, db):
    answer = client.get(reverse("readyz"))
    assert (answer.status_code, answer.json()["tick"]) == (503, "has never run")


def test_light_says_how_long_ago(db, rf):
    heartbeat.beat(timezone.now() - timedelta(seconds=40), {})
    shown = light(rf.get("/"))["tick"]
    assert (40 <= shown["seconds"] <= 42, shown["is_late"]) == (True, False)


def test_light_costs_nothing_where_it_is_not_shown(db, rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        light(rf.get("/"))


def test_stage_that_fails_does_not_stop_the_others_nor_the_heartbeat(db, monkeypatch):
    def broken(now):
        raise RuntimeError("broken")

    ran = []
    monkeypatch.setattr(tick, "STAGES", (broken, lambda now: ran.append(now) or tick.Counter()))
    assert tick.tick()["errors"] == 1
    assert ran == [None]  # a stage without a given time looks at the clock itself
    assert heartbeat.last_tick() is not None
