"""The last look: each objection by its literal reason, on a Monday at 10:00 in Jakarta."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.enums import State
from messaging.enums import Carrier, Direction, MessageState, Purpose, WaitingFor
from messaging.models import Message
from messaging.recheck import Hold, Stop, look_again
from tests.factories import MONDAY, make_message

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = MONDAY + 11 * HOUR  # 21:00 WIB
MORNING = MONDAY + 22 * HOUR  # 08:00 WIB the next day


def verdict(message: Message, now=MONDAY):
    return look_again(
        Message.objects.select_related("shop", "case", "customer", "contact_point").get(pk=message.pk), now
    )


def test_nothing_speaks_against_a_plain_answer(write):
    assert verdict(write()) is None


def test_too_late_to_make_sense(write):
    message = write(expires_at=MONDAY)
    assert verdict(message) == Stop("expired", "It would have come too late to make sense.")
    assert verdict(message, MONDAY - HOUR) == Hold(WaitingFor.TIME, MONDAY)


def test_case_has_ended(write, case):
    message = write(needs_open_case=True)
    type(case).objects.filter(pk=case.pk).update(state=State.CONFIRMED)
    assert verdict(message) == Stop("cancelled", "The case has ended.")


def test_answer_may_go_after_the_case_has_ended(write, case):
    message = write()
    type(case).objects.filter(pk=case.pk).update(state=State.CONFIRMED)
    assert verdict(message) is None


def test_text_changed_after_the_guard(write):
    message = write()
    Message.objects.filter(pk=message.pk).update(body="Kakak salah ketik sendiri.")
    assert verdict(message) == Stop("draft", "The text changed after it was checked.")


def test_message_without_a_guard_result_never_goes(write):
    assert verdict(write(guard={})) == Stop("draft", "The text changed after it was checked.")


def test_notice_for_staff_needs_no_guard(shop):
    assert verdict(make_message(shop, direction=Direction.INTERNAL, guard={})) is None


def test_customer_was_erased(write, rina):
    message = write()
    type(rina).objects.filter(pk=rina.pk).update(erased_at=MONDAY)
    assert verdict(message) == Stop("cancelled", "The customer's data was erased.")


def test_address_refused_before(write, point):
    type(point).objects.filter(pk=point.pk).update(bounced_at=MONDAY)
    assert verdict(write()) == Stop("failed", "This address refused an earlier message.")


def test_opt_out_stops_what_the_shop_starts_but_not_an_answer(write, point):
    type(point).objects.filter(pk=point.pk).update(opted_out_at=MONDAY)
    stop = Stop("cancelled", "The customer does not want to be contacted.")
    assert verdict(write(is_shop_initiated=True)) == stop
    assert verdict(write()) is None


def test_opt_out_also_stops_a_copied_text(write, point):
    type(point).objects.filter(pk=point.pk).update(opted_out_at=MONDAY)
    message = write(is_shop_initiated=True, carrier=Carrier.COPY, contact_point=None)
    assert verdict(message) == Stop("cancelled", "The customer does not want to be contacted.")


def test_all_reminders_stopped(write, rina):
    type(rina).objects.filter(pk=rina.pk).update(no_reminders=True)
    assert verdict(write(is_shop_initiated=True)) == Stop("cancelled", "Reminders to this customer were stopped.")
    assert verdict(write()) is None


MACHINES = [
    "no-reply@x.id",
    "NoReply@x.id",
    "do_not_reply@x.id",
    "mailer-daemon@x.id",
    "postmaster@x.id",
    "bounce@x.id",
]


@pytest.mark.parametrize("address", [*MACHINES, "toko@example.com", "shopcare@localhost"])
def test_no_automatic_mail_to_machines_or_ourselves(write, address):
    stop = Stop("cancelled", "No automatic messages to this address.")
    assert verdict(write(is_automatic=True, address=address)) == stop
    assert verdict(write(address=address)) is None


def test_staff_who_are_the_shop_still_get_their_digest(shop):
    message = make_message(shop, direction=Direction.INTERNAL, is_automatic=True, address="toko@example.com")
    assert verdict(message) is None


@pytest.mark.parametrize(
    "earlier", [{"state": "sent", "sent_at": MONDAY - HOUR}, {"state": "sending", "passed_at": MONDAY - HOUR}]
)
def test_one_automatic_message_per_case_and_day(write, earlier):
    write(is_automatic=True, **earlier)
    message = write(is_automatic=True)
    assert verdict(message) == Stop("cancelled", "One automatic message per day is enough.")
    assert verdict(message, MONDAY + DAY) is None


def test_not_before_its_time(write):
    assert verdict(write(due_at=MONDAY + HOUR)) == Hold(WaitingFor.TIME, MONDAY + HOUR)


def test_quiet_hours_hold_what_the_shop_starts(write):
    message = write(is_shop_initiated=True)
    assert verdict(message, NIGHT) == Hold(WaitingFor.QUIET_HOURS, MORNING)
    assert verdict(message) is None


def test_quiet_hours_are_those_of_the_customers_province(write, rina):
    """17:30 UTC on the day before: 00:30 in Jakarta. 11:30 UTC: 18:30 in Jakarta, 20:30 in Papua."""
    message = write(is_shop_initiated=True)
    evening = MONDAY.replace(hour=11, minute=30)
    assert verdict(message, evening) is None
    type(rina).objects.filter(pk=rina.pk).update(province="Papua")
    assert verdict(message, evening) == Hold(WaitingFor.QUIET_HOURS, MONDAY.replace(hour=23))


def test_answer_goes_at_night(write, point):
    assert verdict(write(), NIGHT) is None
    type(point).objects.filter(pk=point.pk).update(last_inbound_at=NIGHT - HOUR)
    assert verdict(write(is_shop_initiated=True), NIGHT) is None  # the 24-hour window is open


def test_outreach_never_goes_on_a_sunday(write):
    sunday = MONDAY - DAY
    message = write(is_shop_initiated=True, purpose=Purpose.OUTREACH, due_at=sunday)
    assert verdict(message, sunday) == Hold(WaitingFor.QUIET_HOURS, MONDAY.replace(hour=1))
    assert verdict(write(is_shop_initiated=True, purpose=Purpose.FOLLOW_UP, due_at=sunday), sunday) is None


def test_one_per_case_in_24_hours(write):
    write(is_shop_initiated=True, state="sent", sent_at=MONDAY - HOUR)
    message = write(is_shop_initiated=True)
    assert verdict(message) == Hold(WaitingFor.CAP, MONDAY - HOUR + DAY)
    assert verdict(message, MONDAY + DAY) is None


def test_three_per_customer_in_7_days(write):
    sent = [MONDAY - 6 * DAY, MONDAY - 4 * DAY, MONDAY - 2 * DAY]
    for at in sent:
        write(is_shop_initiated=True, state="sent", sent_at=at)
    message = write(is_shop_initiated=True)
    assert verdict(message) == Hold(WaitingFor.CAP, sent[0] + 7 * DAY)
    assert verdict(message, sent[0] + 7 * DAY) is None


@pytest.mark.parametrize("state", ["sending", "unconfirmed"])
def test_caps_count_what_may_have_left(write, state):
    write(is_shop_initiated=True, state=state, passed_at=MONDAY - HOUR)
    assert verdict(write(is_shop_initiated=True)) == Hold(WaitingFor.CAP, MONDAY - HOUR + DAY)


def test_answers_are_not_counted(write):
    for _ in range(5):
        write(state="sent", sent_at=MONDAY - HOUR)
    assert verdict(write(is_shop_initiated=True)) is None


@pytest.mark.parametrize("purpose", [Purpose.OUTREACH, Purpose.PRIVATE_NOTE])
def test_one_outreach_per_case_ever(write, purpose):
    write(purpose=Purpose.OUTREACH, is_shop_initiated=True, state="sent", sent_at=MONDAY - 60 * DAY)
    message = write(purpose=purpose, is_shop_initiated=True)
    assert verdict(message) == Stop("cancelled", "One such message per case is enough.")


def test_reasons_are_translated_when_shown(write):
    from django.utils.translation import override

    from messaging.showing import delivery

    message = write(state=MessageState.CANCELLED, last_error="The case has ended.")
    with override("en"):
        assert delivery(message, MONDAY).words == "The case has ended."
