"""What the customer writes is kept; "stop" holds at once and is confirmed once (domain.md 3.3)."""

from datetime import timedelta

import pytest

from messaging import inbound, outbox
from messaging.models import Message, MessageTemplate
from tests.factories import MONDAY, make_complaint, make_customer

pytestmark = pytest.mark.django_db


def say(case, text, at=MONDAY, channel="email"):
    return inbound.keep(case, text, channel, at, key=f"in:{case.code}:{at.timestamp()}")


def goodbyes(case):
    return Message.objects.filter(case=case, key__startswith="stopped:")


def test_stop_is_confirmed_once_by_mail(case, point):
    say(case, "STOP")
    say(case, "stop!", at=MONDAY + timedelta(hours=1))
    outbox.deliver_due(MONDAY + timedelta(hours=2))
    goodbye = goodbyes(case).get()
    assert (goodbye.state, goodbye.address) == ("sent", "rina@example.com")
    assert "tidak mengirim pengingat" in goodbye.body
    point.refresh_from_db()
    assert point.opted_out_at == MONDAY


def test_confirmation_comes_on_top_of_the_acknowledgement(case, write):
    write(is_automatic=True, purpose="acknowledgement", state="sent", sent_at=MONDAY - timedelta(hours=1))
    say(case, "jangan hubungi saya lagi")
    outbox.deliver_due(MONDAY)
    assert goodbyes(case).get().state == "sent"


def test_where_no_channel_sends_by_itself_a_person_gets_it_ready(shop):
    case = make_complaint(shop, customer=make_customer(shop, phone="0812-3456-7890"), channel="whatsapp").case
    say(case, "BERHENTI", channel="whatsapp")
    outbox.deliver_due(MONDAY)
    goodbye = goodbyes(case).get()
    assert (goodbye.state, goodbye.waiting_for) == ("waiting", "hand")


def test_late_confirmation_is_not_sent(case):
    say(case, "STOP", at=MONDAY)
    outbox.deliver_due(MONDAY + timedelta(days=2))
    assert goodbyes(case).get().state == "expired"


def test_the_shops_own_words_are_taken_and_unusable_ones_wait_for_staff(shop, case):
    MessageTemplate.objects.create(shop=shop, key="stopped", language="id", body="Siap {call}, kami berhenti menyapa.")
    say(case, "STOP")
    assert goodbyes(case).get().body.endswith("kami berhenti menyapa.")
    MessageTemplate.objects.update(body="Itu salah kakak sendiri, makanya baca dulu.")
    case.customer.contact_points.update(opted_out_at=None)
    kept = say(case, "STOP", at=MONDAY + timedelta(minutes=1))
    assert Message.objects.filter(pk=kept.pk).exists()
    assert goodbyes(case).latest("pk").state == "draft"


@pytest.mark.parametrize("language", ["id", "en"])
def test_our_words_pass_the_guard(language):
    from messaging.tone import check

    assert check(inbound.GOODBYE[language].replace("{call}", "kak")).findings == ()
