"""The road of a booking: agreed, scheduled, reminded once, asked once, and paid, extended, cancelled or released."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from bookings import actions, contacts
from bookings.models import Booking
from bookings.upkeep import upkeep
from cases import events
from cases.actions import Refused
from cases.enums import State
from messaging.enums import MessageState, Purpose
from messaging.guarding import GuardRefused
from messaging.models import Message
from shops.models import Order
from tests.bookings.conftest import AGREED
from tests.factories import make_customer, make_shop

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def said(booking):
    """What left, in order."""
    rows = booking.case.messages.filter(state__in=["sent", "marked_sent"]).order_by("sent_at")
    return list(rows.values_list("purpose", flat=True))


def outcome(booking):
    booking.refresh_from_db()
    return booking.outcome


# --- agreement --------------------------------------------------------------------------------------------------------


def test_agree_fixes_the_plan_and_drafts_every_message(booking):
    local = [at.isoformat() for at in (booking.reminder_at, booking.check_in_at, booking.release_at)]
    assert local == ["2026-02-04T02:00:00+00:00", "2026-02-04T06:00:00+00:00", "2026-02-04T10:00:00+00:00"]
    assert [m.purpose for m in contacts.drafts(booking)] == ["booking_terms", "booking_reminder", "check_in", "release"]


def test_terms_tell_the_computed_limit_in_the_customer_s_zone(shop, ayu):
    putu = make_customer(shop, "Putu", email="putu@example.org", province="Bali")
    deal = actions.Deal(customer=putu, item="tas", price=90_000, quantity=2, channel="email", agreed_at=AGREED)
    words = contacts.drafts(actions.agree(shop, deal, by=ayu.user, now=AGREED))[0].body
    assert "2 tas" in words
    assert "Rp180.000" in words
    assert "pukul 17.00 WITA" in words


def test_unknown_zone_keeps_to_hours_that_are_decent_everywhere(shop, ayu):
    somebody = make_customer(shop, "Tono", province="")
    deal = actions.Deal(customer=somebody, item="tas", price=1, hold=12 * HOUR, agreed_at=AGREED)
    assert actions.agree(shop, deal, by=ayu.user).reminder_at.hour == 2  # 18:00 WIB is late in Papua: 09:00 WIB


def test_nothing_leaves_before_somebody_approves(booking, ring):
    ring(AGREED, AGREED + 30 * HOUR)
    assert said(booking) == []
    assert outcome(booking) == "open"


def test_same_key_twice_is_one_booking(shop, rina, ayu):
    deal = actions.Deal(customer=rina, item="tas", price=1, intake_key="k")
    assert actions.agree(shop, deal, by=ayu.user) == actions.agree(shop, deal, by=ayu.user)
    assert Booking.objects.count() == 1


def test_without_p12_agreement_is_refused(rina, ayu):
    bare = make_shop("tanpa", playbooks=False)
    with pytest.raises(Refused):
        actions.agree(bare, actions.Deal(customer=make_customer(bare), item="tas", price=1), by=ayu.user)
    assert Booking.objects.count() == 0


def test_schedule_holds_contacts_until_their_turn(scheduled):
    held = scheduled.case.messages.filter(contacts.HELD).values_list("purpose", flat=True)
    assert sorted(held) == ["booking_reminder", "check_in", "release"]


def test_money_words_in_the_check_in_are_refused_and_nothing_is_scheduled(booking, ayu):
    check_in = contacts.drafts(booking)[2]
    with pytest.raises(GuardRefused):
        actions.schedule(booking, {check_in.pk: "Halo kak, apa kabar? Jangan lupa transfer ya."}, by=ayu)
    assert len(contacts.drafts(booking)) == 4


def test_told_in_the_chat_counts_as_terms_sent(booking, ayu, ring):
    actions.schedule(booking, {}, by=ayu, told=True, now=AGREED)
    booking.refresh_from_db()
    assert booking.terms_sent_at == AGREED
    ring(AGREED + MINUTE, AGREED + MINUTE)
    assert mail.outbox == []


# --- time -------------------------------------------------------------------------------------------------------------


def test_silence_gets_one_reminder_one_check_in_and_a_kind_release(scheduled, ring):
    ring(AGREED, AGREED + 32 * HOUR)
    assert said(scheduled) == ["booking_terms", "booking_reminder", "check_in", "release"]
    assert outcome(scheduled) == "released"
    scheduled.case.refresh_from_db()
    assert scheduled.case.state == State.CLOSED_NO_REPLY


def test_silence_is_released_at_the_time_that_was_told(scheduled, ring):
    told = scheduled.release_at
    ring(AGREED, AGREED + 32 * HOUR)
    scheduled.refresh_from_db()
    assert timedelta() <= scheduled.ended_at - told <= 15 * MINUTE
    assert scheduled.is_hit_and_run


def test_release_is_visible_on_the_timeline(scheduled, ring):
    ring(AGREED, AGREED + 32 * HOUR)
    assert scheduled.case.events.filter(code=events.BOOKING, data__what="released").exists()


@pytest.mark.parametrize(
    ("hours", "when", "left"),
    [
        (1, "before_reminder", ["booking_terms"]),
        (23, "after_reminder", ["booking_terms", "booking_reminder"]),
        (27, "after_check_in", ["booking_terms", "booking_reminder", "check_in"]),
    ],
)
def test_paid_cancels_what_is_left_at_once(scheduled, ayu, ring, hours, when, left):
    ring(AGREED, AGREED + hours * HOUR)
    actions.paid(scheduled, by=ayu.user, now=AGREED + hours * HOUR)
    ring(AGREED + hours * HOUR, AGREED + 32 * HOUR)
    scheduled.refresh_from_db()
    assert (scheduled.outcome, scheduled.paid_when, said(scheduled)) == ("paid", when, left)


def test_paid_puts_an_order_in_the_books_once(scheduled, ayu):
    actions.paid(scheduled, by=ayu.user)
    actions.paid(scheduled, by=ayu.user)
    order = Order.objects.get(shop=scheduled.shop)
    assert (order.total, order.customer, order.paid_at is None) == (185_000, scheduled.customer, False)


def test_paid_stops_a_message_a_worker_has_claimed(scheduled, ayu, ring):
    """Interleaving: the worker claims the reminder; the payment commits; the worker takes its last look."""
    from messaging import outbox

    ring(AGREED, AGREED + HOUR)
    at = scheduled.reminder_at + MINUTE
    upkeep(at)
    claimed = outbox.claim(at, 20)
    actions.paid(scheduled, by=ayu.user, now=at)
    assert [message.purpose for message in claimed] == [Purpose.BOOKING_REMINDER]
    outbox.deliver(claimed[0], at)
    assert Message.objects.get(pk=claimed[0].pk).state == MessageState.CANCELLED
    assert len(mail.outbox) == 1  # only the terms


def test_cancelled_is_fine_and_says_nothing_more(scheduled, ayu, ring):
    ring(AGREED, AGREED + HOUR)
    actions.cancelled(scheduled, by=ayu.user, now=AGREED + HOUR)
    ring(AGREED + HOUR, AGREED + 32 * HOUR)
    assert (outcome(scheduled), said(scheduled)) == ("cancelled", ["booking_terms"])


def test_paid_after_the_end_is_refused(scheduled, ayu):
    actions.cancelled(scheduled, by=ayu.user)
    with pytest.raises(Refused):
        actions.paid(scheduled, by=ayu.user)


# --- answers ----------------------------------------------------------------------------------------------------------


def test_words_before_the_reminder_answer_nothing(scheduled, ring):
    actions.customer_replied(scheduled.case, "oke kak", "email", at=AGREED + HOUR)
    ring(AGREED + HOUR, AGREED + 32 * HOUR)
    assert outcome(scheduled) == "released"


def test_answer_to_the_reminder_stops_the_check_in_and_leaves_the_end_to_a_person(scheduled, ring):
    ring(AGREED, AGREED + 22 * HOUR)
    actions.customer_replied(scheduled.case, "nanti malam ya kak", "email", at=AGREED + 22 * HOUR)
    ring(AGREED + 22 * HOUR, AGREED + 48 * HOUR)
    assert said(scheduled) == ["booking_terms", "booking_reminder"]
    assert outcome(scheduled) == "open"


def test_answer_to_the_check_in_leaves_the_end_to_a_person(scheduled, ring):
    ring(AGREED, AGREED + 26 * HOUR)
    actions.customer_replied(scheduled.case, "maaf kak baru baca", "email", at=AGREED + 26 * HOUR)
    ring(AGREED + 26 * HOUR, AGREED + 48 * HOUR)
    assert outcome(scheduled) == "open"
    assert scheduled.case.events.filter(code=events.BOOKING, data__what="decide").count() == 1


def test_opt_out_in_an_answer_stops_every_contact(scheduled, ring):
    ring(AGREED, AGREED + HOUR)
    actions.customer_replied(scheduled.case, "jangan hubungi saya", "email", at=AGREED + HOUR)
    ring(AGREED + HOUR, AGREED + 48 * HOUR)
    assert (said(scheduled), outcome(scheduled)) == (["booking_terms", "acknowledgement"], "open")


# --- "ada halangan" ---------------------------------------------------------------------------------------------------


def test_extend_adds_one_window_and_asks_for_new_approval(scheduled, ayu, ring):
    ring(AGREED, AGREED + HOUR)
    before = scheduled.release_at
    extended = actions.extend(scheduled, by=ayu.user, now=AGREED + HOUR)
    assert extended.release_at >= before + 24 * HOUR
    purposes = [message.purpose for message in contacts.drafts(extended)]
    assert purposes == ["booking_terms", "booking_reminder", "check_in", "release"]


def test_extend_tells_the_new_limit(scheduled, ayu, ring):
    ring(AGREED, AGREED + HOUR)
    extended = actions.extend(scheduled, by=ayu.user, now=AGREED + HOUR)
    reminder = contacts.drafts(extended)[1]
    assert "5 Februari pukul 17.24 WIB" in reminder.body
    assert reminder.due_at == extended.reminder_at


def test_extended_silence_is_released_at_the_new_limit(scheduled, ayu, ring):
    ring(AGREED, AGREED + HOUR)
    extended = actions.extend(scheduled, by=ayu.user, now=AGREED + HOUR)
    actions.schedule(extended, {}, by=ayu, now=AGREED + HOUR)
    ring(AGREED + HOUR, AGREED + 80 * HOUR)
    scheduled.refresh_from_db()
    assert scheduled.outcome == "released"
    assert scheduled.ended_at >= extended.release_at
    assert said(scheduled) == ["booking_terms", "booking_terms", "booking_reminder", "check_in", "release"]


def test_extend_after_the_reminder_sends_no_second_one(scheduled, ayu, ring):
    ring(AGREED, AGREED + 22 * HOUR)
    extended = actions.extend(scheduled, by=ayu.user, now=AGREED + 22 * HOUR)
    actions.schedule(extended, {}, by=ayu, now=AGREED + 22 * HOUR)
    ring(AGREED + 22 * HOUR, AGREED + 80 * HOUR)
    assert said(scheduled).count("booking_reminder") == 1
    assert outcome(scheduled) == "open"  # they answered: a person decides


def test_extend_twice_is_refused(scheduled, ayu):
    actions.extend(scheduled, by=ayu.user)
    with pytest.raises(Refused):
        actions.extend(scheduled, by=ayu.user)


# --- never more than two contacts -------------------------------------------------------------------------------------


def test_database_refuses_a_second_reminder(scheduled):
    reminder = scheduled.case.messages.get(purpose=Purpose.BOOKING_REMINDER)
    reminder.pk, reminder.key = None, "by hand"
    with pytest.raises(IntegrityError), transaction.atomic():
        reminder.save(force_insert=True)


def test_rule_of_an_edited_playbook_adds_no_third_contact(shop, rina, ayu, ring):
    p12 = shop.playbooks.get(code="P12")
    for key, purpose in (("nag", "booking_reminder"), ("nag2", "follow_up")):
        p12.steps.create(
            key=key,
            position=20,
            kind="message",
            purpose=purpose,
            title_id="Lagi",
            title_en="Again",
            body_id="Halo kak.",
        )
    deal = actions.Deal(customer=rina, item="tas", price=1, channel="email", agreed_at=AGREED)
    booking = actions.agree(shop, deal, by=ayu.user, now=AGREED)
    assert set(booking.case.steps.filter(key__startswith="nag").values_list("state", flat=True)) == {"skipped"}


@pytest.mark.parametrize("purpose", ["free", "follow_up", "status"])
def test_hand_written_third_contact_goes_back_to_draft(scheduled, ring, purpose):
    from tests.factories import make_message

    ring(AGREED, AGREED + 23 * HOUR)
    now = AGREED + 23 * HOUR
    extra = make_message(
        scheduled.shop, case=scheduled.case, customer=scheduled.customer, purpose=purpose, due_at=now, next_try_at=now
    )
    ring(now, now)
    extra.refresh_from_db()
    assert extra.state == MessageState.DRAFT


def test_answer_to_an_answer_may_go(scheduled, ring):
    from tests.factories import make_message

    ring(AGREED, AGREED + 22 * HOUR)
    now = AGREED + 23 * HOUR
    actions.customer_replied(scheduled.case, "masih ada kak?", "email", at=now)
    extra = make_message(scheduled.shop, case=scheduled.case, customer=scheduled.customer, due_at=now, next_try_at=now)
    ring(now, now)
    assert Message.objects.get(pk=extra.pk).state == MessageState.SENT


def test_database_refuses_a_release_without_check_in_or_before_the_limit(scheduled):
    rows = Booking.objects.filter(pk=scheduled.pk)
    early = {"outcome": "released", "terms_sent_at": AGREED, "checked_in_at": AGREED + HOUR}
    for wrong in (
        {"outcome": "released", "ended_at": AGREED + 99 * HOUR, "terms_sent_at": AGREED},
        {**early, "ended_at": AGREED + 2 * HOUR},
        {**early, "ended_at": AGREED + 99 * HOUR, "replied_at": AGREED + 2 * HOUR},
        {**early, "ended_at": AGREED + 99 * HOUR, "terms_sent_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_resold_is_noted_once_after_the_end(scheduled, ayu):
    with pytest.raises(Refused):
        actions.resold(scheduled, by=ayu.user)
    actions.cancelled(scheduled, by=ayu.user)
    scheduled.refresh_from_db()
    actions.resold(scheduled, by=ayu.user, now=AGREED)
    actions.resold(scheduled, by=ayu.user)
    scheduled.refresh_from_db()
    assert scheduled.resold_at == AGREED
