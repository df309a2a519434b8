"""Contact caps on random days: whatever is queued when, nobody hears too much, and nothing is dropped."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messaging import outbox
from messaging.enums import MessageState, Purpose
from messaging.models import Message
from tests.factories import MONDAY, make_complaint, make_message

HOURS = st.lists(st.tuples(st.integers(0, 200), st.booleans()), min_size=1, max_size=6)


@pytest.fixture
def cases(shop, rina):
    received = MONDAY - timedelta(days=7)
    return [make_complaint(shop, f"tasnya sobek {n}", customer=rina, received_at=received).case for n in range(2)]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOURS)
def test_caps_hold_and_nothing_is_dropped(shop, rina, point, cases, plan):
    Message.objects.all().delete()
    for hours, other in plan:
        due = MONDAY + timedelta(hours=hours)
        make_message(
            shop, customer=rina, contact_point=point, case=cases[other], due_at=due, next_try_at=due,
            is_shop_initiated=True, purpose=Purpose.FOLLOW_UP,
        )  # fmt: skip
    now = MONDAY
    while pending := Message.objects.filter(state__in=["ready", "waiting"]).order_by("next_try_at").first():
        now = max(now, pending.next_try_at)
        outbox.deliver_due(now)
        assert now < MONDAY + timedelta(days=60)
    sent = list(Message.objects.order_by("sent_at").values_list("state", "sent_at", "case_id"))
    assert {state for state, _at, _case in sent} == {MessageState.SENT}
    week = [sum(at <= other < at + timedelta(days=7) for _s, other, _c in sent) for _s, at, _c in sent]
    assert max(week) <= 3
    for case in cases:
        times = [at for _state, at, of in sent if of == case.pk]
        assert all(b - a >= timedelta(hours=24) for a, b in pairwise(times))
    assert all(1 <= at.hour < 13 for _state, at, _case in sent)  # 08:00 to 20:00 WIB
