"""Apology first: what a flagged review starts, what stays locked, what becomes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.actions import Refused
from cases.enums import State
from messaging.enums import Carrier, MessageState, Purpose
from messaging.models import Message
from playbooks import automatic, compose, treatments
from playbooks.enums import StepState
from playbooks.models import Remedy, Treatment, TreatmentStep
from reviews import actions, opening
from reviews.actions import apology_of, log_review, mark_posted
from reviews.models import Review
from reviews.steps import HANDLERS
from reviews.upkeep import upkeep
from tests.factories import make_shop
from tests.reviews.conftest import LATE


def approve_and_post(review, member):
    message = apology_of(review)
    step = TreatmentStep.objects.get(message=message)
    compose.send(step, message, message.body, by=member, choices={"send_anyway": True})
    mark_posted(review, by=member.user)


def states(review):
    return dict(TreatmentStep.objects.filter(case=review.case, playbook_code="P07").values_list("key", "state"))


def test_flagged_review_starts_p07_before_its_root(make_review):
    review = make_review(4, LATE)
    assert Treatment.objects.get(case=review.case).codes == ["P07", "P06"]


def test_plain_praise_opens_no_case(make_review):
    review = make_review(5, "Barang bagus, cepat sampai")
    assert (review.needs_followup, review.case) == (False, None)


def test_same_review_again_is_the_stored_one(make_review):
    assert make_review(4, LATE).pk == make_review(4, LATE).pk
    assert Review.objects.count() == 1


def test_only_the_apology_is_open_at_first(make_review):
    review = make_review(4, LATE)
    live = TreatmentStep.objects.filter(case=review.case, state=StepState.OPEN)
    assert [step.key for step in live] == ["public_reply"]


def test_gate_holds_even_where_the_shop_removed_it(shop, make_review):
    shop.playbooks.get(code="P07").steps.update(gate="", leads=False)
    review = make_review(4, LATE)
    live = TreatmentStep.objects.filter(case=review.case, state=StepState.OPEN)
    assert [step.key for step in live] == ["public_reply"]


def test_apology_cannot_be_called_done_unsaid(make_review, ayu):
    step = TreatmentStep.objects.get(case=make_review(4, LATE).case, key="public_reply")
    with pytest.raises(Refused):
        treatments.complete(step, by=ayu.user)


def test_apology_cannot_be_skipped(make_review, ayu):
    step = TreatmentStep.objects.get(case=make_review(4, LATE).case, key="public_reply")
    with pytest.raises(Refused):
        treatments.skip(step, "no time", by=ayu.user)


def test_posting_before_reading_is_refused(make_review, ayu):
    with pytest.raises(Refused):
        mark_posted(make_review(4, LATE), by=ayu.user)


def test_posted_apology_unlocks_the_rest(make_review, ayu):
    review = make_review(4, LATE)
    approve_and_post(review, ayu)
    assert review.replied_at
    assert states(review)["public_reply"] == StepState.DONE
    assert states(review)["private_note"] == StepState.OPEN


def test_draft_explains_from_the_record(make_review, late_order):
    """S4-17: one day packing, two days on the road; no money, no stars."""
    body = apology_of(make_review(4, LATE, order=late_order)).body
    assert "terlambat 3 hari" in body
    assert "1 hari karena kami telat mengemas dan 2 hari di perjalanan" in body
    assert body.index("Mohon maaf") < body.index("catatan kirim")
    assert not any(word in body.lower() for word in ("bintang", "rp", "refund", "voucher", "[["))


def test_draft_without_a_record_makes_nothing_up(make_review):
    body = apology_of(make_review(4, LATE)).body
    assert "catatan kirim" not in body
    assert "[[" not in body


@pytest.mark.parametrize(
    "text",
    [
        "barang pecah waktu sampai",
        "pesan biru yang datang hitam",
        "packing jelek kardus penyok",
        "chat tidak dibalas sama sekali",
        "bahannya tipis dan kasar, kecewa",
        "it arrived a week late and the box was torn",
    ],
)
def test_every_draft_passes_the_tone_guard(make_review, text):
    review = make_review(2, text)
    message = apology_of(review)
    report = compose.check(TreatmentStep.objects.get(message=message), message.body)
    assert (list(report.findings), list(report.missing)) == ([], [])


def test_reply_is_copied_and_never_mailed(make_review, late_order):
    assert apology_of(make_review(4, LATE, order=late_order)).carrier == Carrier.COPY


def test_at_most_one_private_note(make_review, late_order):
    review = make_review(4, LATE, order=late_order)
    first_words = {Purpose.ACKNOWLEDGEMENT, Purpose.FIRST_REPLY, Purpose.OUTREACH}
    assert Message.objects.filter(case=review.case, purpose=Purpose.PRIVATE_NOTE).count() == 1
    left = TreatmentStep.objects.filter(case=review.case, purpose__in=first_words)
    assert set(left.values_list("state", flat=True)) == {StepState.SKIPPED}


def test_system_steps_keep_the_wish_and_observe(make_review, late_order, ayu):
    review = make_review(4, LATE, order=late_order)
    approve_and_post(review, ayu)
    automatic.run_due(timezone.now() + timedelta(minutes=1), HANDLERS)
    late_order.customer.refresh_from_db()
    assert late_order.customer.wishes["courier"] == "SiCepat"
    automatic.run_due(timezone.now() + timedelta(days=20), HANDLERS)
    review.refresh_from_db()
    assert (review.stars_after, states(review)["observe"]) == (4, StepState.DONE)


def test_root_is_left_out_where_nothing_is_unresolved(make_review, ayu):
    review = make_review(4, "Barang bagus, cuma telat 1 hari")
    approve_and_post(review, ayu)
    automatic.run_due(timezone.now() + timedelta(minutes=1), HANDLERS)
    rest = TreatmentStep.objects.filter(case=review.case).exclude(playbook_code="P07")
    assert set(rest.values_list("state", flat=True)) <= {StepState.SKIPPED}


def test_reply_is_due_in_four_opening_hours_under_low_stars(make_review):
    low, high = make_review(1, "barang pecah semua"), make_review(4, LATE)
    assert low.case.first_reply_due_at < high.case.first_reply_due_at


def test_nothing_is_promised_on_a_review(make_review):
    make_review(4, LATE)
    assert Remedy.objects.count() == 0


def test_set_aside_ends_the_case_with_a_reason(make_review, ayu):
    review = make_review(4, LATE)
    assert actions.no_follow_up([review], "duplicate", by=ayu.user) == 1
    review.refresh_from_db()
    assert (review.no_follow_up, review.case.state) == ("duplicate", State.WITHDRAWN)


def test_set_aside_needs_a_listed_reason(make_review, ayu):
    with pytest.raises(Refused):
        actions.no_follow_up([make_review(4, LATE)], "because", by=ayu.user)


def test_observation_records_a_change_without_asking(make_review):
    review = make_review(4, LATE)
    assert actions.observe(review, 5, "sudah oke")
    assert not actions.observe(review, 5, "sudah oke")
    assert Message.objects.filter(case=review.case).exclude(state=MessageState.DRAFT).count() == 0


def test_apology_marked_in_the_outbox_is_noted_by_the_tick(make_review, ayu):
    review = make_review(4, LATE)
    approve_and_post(review, ayu)
    Review.objects.filter(pk=review.pk).update(replied_at=None)
    upkeep(timezone.now())
    review.refresh_from_db()
    assert review.replied_at


def test_only_so_many_cases_open_by_themselves(shop, monkeypatch):
    monkeypatch.setattr(opening, "OPEN_AT_ONCE", 2)
    for number in range(4):
        actions.Review.objects.bulk_create(
            [actions.build(shop, actions.Intake(2, f"rusak {number}"), {}, timezone.now())]
        )
    assert opening.open_waiting(shop) == 2
    assert opening.open_waiting(shop) == 0
    assert Review.objects.filter(case=None).count() == 2


def test_old_reviews_wait_for_a_person(shop):
    old = timezone.now() - timedelta(days=200)
    Review.objects.bulk_create([actions.build(shop, actions.Intake(1, "rusak", posted_at=old), {}, timezone.now())])
    assert opening.open_waiting(shop) == 0


def test_spreading_review_goes_to_the_owner_once(make_review, ayu):
    review = make_review(2, "barang pecah")
    opening.spread(review, by=ayu.user)
    opening.spread(review, by=ayu.user)
    live = Treatment.objects.get(case=review.case, state="live")
    assert live.codes[0] == "P08"
    assert review.case.events.filter(code="spreading").count() == 1


def test_other_shop_without_playbooks_still_keeps_praise(db):
    assert log_review(make_shop("lain", playbooks=False), actions.Intake(5, "bagus")).case is None
