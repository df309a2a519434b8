"""Two days on a test clock: every message leaves once, at a decent hour, and staff hear of each due thing once."""

from datetime import timedelta
from itertools import count as numbers
from itertools import takewhile

import pytest
from django.core import mail

from dashboard.tick import tick
from messaging.enums import Direction
from messaging.models import Heartbeat, Message, StaffNotice
from messaging.quiet import quiet_of
from tests.factories import MONDAY, make_complaint, make_customer, make_member

TEXTS = ["kak aku salah pilih warna", "pesan biru yang datang hitam", "paket belum sampai", "botolnya pecah semua"]


def days_of_ticks(days, every=timedelta(hours=2)):
    """The moments at which the bell rings."""
    moments = (MONDAY + every * number for number in numbers())
    return takewhile(lambda moment: moment <= MONDAY + timedelta(days=days), moments)


@pytest.fixture
def after_two_days(shop):
    make_member(shop, "ayu", "owner")
    for number, text in enumerate(TEXTS):
        make_complaint(
            shop, text, customer=make_customer(shop, f"Rina {number}", email=f"r{number}@example.com"), blame=""
        )
    for moment in days_of_ticks(2):
        tick(moment)
    return shop


def test_two_days_pass_in_order(after_two_days):
    """One story, because the two days take a while: acknowledgements, digests, notices, quiet hours, heartbeat."""
    to_customers = [message.to[0] for message in mail.outbox if message.to[0].startswith("r")]
    assert sorted(to_customers) == [f"r{number}@example.com" for number in range(len(TEXTS))]
    assert Message.objects.filter(key__startswith="digest:", state="sent").count() == 2
    late = list(StaffNotice.objects.filter(code="reply_late", cancelled_at=None).values_list("case_id", flat=True))
    assert len(late) == len(set(late)) == len(TEXTS)
    began = Message.objects.filter(direction=Direction.OUT, is_shop_initiated=True, sent_at__isnull=False)
    assert not [m for m in began if quiet_of(after_two_days, m.customer).is_quiet(m.sent_at)]
    assert Heartbeat.objects.get().at == MONDAY + timedelta(days=2)
