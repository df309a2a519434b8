"""What time alone does: parcels arrive, messages come too late, silence closes; promised moments lie ahead."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.actions import Refused, set_state
from complaints.actions import customer_replied
from messaging.models import Message
from playbooks import automatic, closing, compose, passing, remedies, treatments
from playbooks.drafts import draft_text
from playbooks.models import TreatmentStep
from playbooks.moments import next_update_at
from shops.calendar import calendar_of
from shops.models import Shipment
from tests.factories import MONDAY, make_complaint, make_customer, make_message, make_order

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def step(case, key, turn=1):
    return TreatmentStep.objects.get(case=case, treatment__state="live", key=key, turn=turn)


def state_of(case):
    case.refresh_from_db()
    return case.state


def answered(shop, failure="wrong_item"):
    """A case with its first reply sent on Monday, and nothing else left to do but wait for the customer."""
    case = make_complaint(shop, failure=failure).case
    make_message(shop, case=case, state="sent", sent_at=MONDAY)
    case.first_replied_at = MONDAY
    case.save()
    for one in TreatmentStep.objects.filter(case=case, is_optional=False).exclude(anchor__in=["choice", "delivered"]):
        treatments.skip(one, "said in the chat", by=None, now=MONDAY)
    return case


# --- silence ----------------------------------------------------------------------------------------------------------


def test_resolved_case_closes_after_the_playbooks_days(shop):
    case = make_complaint(shop).case
    set_state(case, "resolved", actor="staff", at=MONDAY)
    passing.run(MONDAY + 6 * DAY)
    assert state_of(case) == "resolved"
    passing.run(MONDAY + 8 * DAY)
    assert state_of(case) == "closed_no_reply"
    assert case.treatments.get().state == "stopped"


def test_a_word_of_the_customer_starts_the_days_anew(shop):
    case = make_complaint(shop, customer=make_customer(shop)).case
    set_state(case, "resolved", actor="staff", at=MONDAY)
    customer_replied(case, "baik kak, saya tunggu", "email", at=MONDAY + 5 * DAY)
    passing.run(MONDAY + 8 * DAY)
    assert state_of(case) == "resolved"
    passing.run(MONDAY + 13 * DAY)
    assert state_of(case) == "closed_no_reply"


def test_case_that_waits_for_the_customer_closes(shop):
    case = answered(shop)
    passing.run(MONDAY + 6 * DAY)
    assert state_of(case) != "closed_no_reply"
    passing.run(MONDAY + 8 * DAY)
    assert state_of(case) == "closed_no_reply"


def test_case_nobody_answered_never_closes(shop):
    case = make_complaint(shop).case
    passing.run(MONDAY + 90 * DAY)
    assert state_of(case) == "open"


def test_case_with_the_customers_word_last_never_closes(shop):
    case = answered(shop)
    customer_replied(case, "jadi bagaimana kak?", "email", at=MONDAY + DAY)
    passing.run(MONDAY + 60 * DAY)
    assert state_of(case) != "closed_no_reply"


def test_case_that_owes_a_remedy_never_closes(shop, ayu):
    case = answered(shop)
    remedies.propose(case, by=ayu, level="L3", what="Tukar")
    passing.run(MONDAY + 60 * DAY)
    assert state_of(case) != "closed_no_reply"


def test_reminder_comes_before_the_closing(shop):
    case = make_complaint(shop, blame="self").case
    make_message(shop, case=case, state="sent", sent_at=MONDAY)
    case.first_replied_at = MONDAY
    case.save()
    for key in ("acknowledge", "first_reply", "order_stage", "choice"):
        treatments.complete(step(case, key), by=None, now=MONDAY)
    TreatmentStep.objects.filter(case=case, key="remind").update(expires_h=None)
    passing.run(MONDAY + 20 * DAY)
    assert state_of(case) != "closed_no_reply"
    treatments.skip(step(case, "remind"), "reminded by phone", by=None, now=MONDAY + 20 * DAY)
    passing.run(MONDAY + 20 * DAY)
    assert state_of(case) == "closed_no_reply"


def test_frozen_days_hold_although_the_playbook_was_edited(shop):
    case = make_complaint(shop).case
    case.treatments.get().playbook.__class__.objects.filter(shop=shop).update(silence_days=60)
    set_state(case, "resolved", actor="staff", at=MONDAY)
    passing.run(MONDAY + 8 * DAY)
    assert state_of(case) == "closed_no_reply"


@pytest.mark.parametrize(("days", "may"), [(30, True), (31, False)])
def test_ended_case_reopens_within_thirty_days(shop, days, may):
    case = make_complaint(shop).case
    closing.close(case, "withdrawn", actor="customer", at=MONDAY)
    assert closing.can_reopen(case, MONDAY + days * DAY) is may


def test_reopened_case_gets_the_second_time_overlay(shop):
    case = make_complaint(shop, customer=make_customer(shop)).case
    closing.close(case, "closed_no_reply", actor="system", at=timezone.now())
    customer_replied(case, "masih salah kak", "email")
    assert state_of(case) == "reopened"
    assert case.treatments.get(state="live").overlay_codes == ["P13"]


# --- parcels and lateness ---------------------------------------------------------------------------------------------


def test_delivery_starts_what_counts_from_it_and_stops_the_updates(shop):
    order = make_order(shop)
    case = make_complaint(shop, failure="late", order=order).case
    Shipment.objects.create(shop=shop, order=order, courier="JNE", delivered_at=MONDAY + DAY)
    assert passing.deliveries(MONDAY + 2 * DAY)["deliveries"] == 1
    assert step(case, "update").state == "skipped"
    assert step(case, "make_good").due_at is not None
    assert passing.deliveries(MONDAY + 2 * DAY)["deliveries"] == 0


def test_first_parcel_of_a_wrong_item_does_not_count_as_the_right_one(shop):
    order = make_order(shop)
    case = make_complaint(shop, order=order).case
    Shipment.objects.create(shop=shop, order=order, delivered_at=case.treatments.get().started_at - DAY)
    passing.deliveries(MONDAY)
    assert step(case, "check").due_at is None


def test_update_nobody_sent_expires_and_comes_again(shop):
    case = make_complaint(shop, failure="late", order=make_order(shop)).case
    treatments.complete(step(case, "first_reply"), by=None, now=MONDAY)
    passing.expire(MONDAY + 5 * DAY)
    assert step(case, "update").state == "skipped"
    assert step(case, "update", turn=2).due_at >= MONDAY + 7 * DAY


def test_passing_twice_changes_nothing_more(shop):
    case = make_complaint(shop, failure="late", order=make_order(shop)).case
    treatments.complete(step(case, "first_reply"), by=None, now=MONDAY)
    passing.run(MONDAY + 5 * DAY)
    before = case.events.count()
    passing.run(MONDAY + 5 * DAY)
    assert case.events.count() == before


# --- words ------------------------------------------------------------------------------------------------------------


def test_next_update_is_the_decision_limit_while_it_lies_ahead(shop):
    case = make_complaint(shop).case
    assert next_update_at(case, MONDAY, calendar_of(shop)) == case.decision_due_at


@pytest.mark.parametrize("days", [3, 10, 40])
def test_next_update_never_lies_in_the_past(shop, days):
    case, now = make_complaint(shop).case, MONDAY + days * DAY
    at = next_update_at(case, now, calendar_of(shop))
    assert at > now
    assert calendar_of(shop).next_open(at) == at
    assert "[[next_update]]" not in draft_text(step(case, "first_reply"), now=now).text


@pytest.mark.parametrize("voice", ["silent", "review", "elsewhere_public", "elsewhere_private", "third_party"])
def test_only_who_wrote_to_us_is_thanked_by_the_system(shop, voice):
    customer = make_customer(shop, email="rina@example.com")
    case = make_complaint(shop, voice=voice, customer=customer).case
    automatic.run_due(MONDAY + DAY)
    assert not Message.objects.filter(case=case, purpose="acknowledgement").exists()
    assert set(TreatmentStep.objects.filter(case=case, key="acknowledge").values_list("state", flat=True)) <= {
        "skipped"
    }


def test_second_apology_that_repeats_the_first_is_warned_of(shop):
    customer = make_customer(shop)
    words = "Mohon maaf ya kak, tas biru yang dipesan ternyata kami kirim yang hitam. Labelnya tertukar di tempat kami."
    first = make_complaint(shop, customer=customer).case
    make_message(shop, case=first, customer=customer, purpose="first_reply", state="sent", sent_at=MONDAY, body=words)
    second = make_complaint(shop, customer=customer).case
    report = compose.check(step(second, "name_first"), words)
    assert "repeated_apology" in {advice.code for advice in report.advice}
    afresh = compose.check(step(second, "name_first"), "Ini kedua kalinya kami mengecewakan kakak. Saya pemilik toko.")
    assert "repeated_apology" not in {advice.code for advice in afresh.advice}


def test_message_of_a_locked_step_is_not_sent(shop, ayu):
    from playbooks.drafts import message_for

    choice = step(make_complaint(shop, customer=make_customer(shop)).case, "choice")
    with pytest.raises(Refused, match="First:"):
        compose.send(choice, message_for(choice), "Bisa pilih tukar atau refund penuh, kak.", by=ayu)
