"""A customer's answer reaches the room of its case, whichever page it came in by."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings import actions
from cases.models import Case
from tests.factories import make_customer


@pytest.fixture
def reminded(shop, ayu):
    """A booking whose reminder went out an hour ago."""
    rina = make_customer(shop, "Rina", email="rina@example.org")
    booking = actions.agree(shop, actions.Deal(customer=rina, item="tas", price=1, channel="email"), by=ayu.user)
    sent = {"state": "sent", "sent_at": timezone.now() - timedelta(hours=1)}
    booking.case.messages.filter(purpose="booking_reminder").update(**sent)
    return booking


def answered(booking):
    booking.refresh_from_db()
    return (booking.replied_at is not None, booking.case.messages.filter(direction="in").count())


def test_message_added_to_a_booking_counts_as_its_answer(reminded, ayu, as_):
    form = {"text": "nanti malam ya kak", "channel": "whatsapp", "intake_key": "k1", "add_to": reminded.case.code}
    for _twice in range(2):
        page = as_(ayu).post(reverse("complaints:new"), form, follow=True)
    assert page.redirect_chain[-1][0] == reverse("bookings:detail", args=[reminded.case.code])
    assert answered(reminded) == (True, 1)
    assert Case.objects.count() == 1


def test_words_on_the_customers_own_page_count_as_the_bookings_answer(reminded, client):
    client.post(reverse("talk_back", args=[reminded.shop.slug, reminded.case.token]), {"text": "jadi kak"})
    assert answered(reminded) == (True, 1)
