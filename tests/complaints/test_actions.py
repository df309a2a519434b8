"""The road of a complaint: logged once, tagged, routed, treated; re-tagged without losing or doubling a step."""

import pytest

from cases.actions import Refused
from cases.enums import State
from cases.models import Case
from complaints import actions
from complaints.actions import Intake, customer_replied, log_complaint, set_finding, tag
from complaints.enums import TaggedBy
from complaints.models import AttributionFeedback
from playbooks import closing
from playbooks.enums import StepState, TreatmentState
from playbooks.models import Treatment
from tests.factories import make_complaint, make_customer, make_order, say_cause


def test_own_slip_goes_to_p01(shop, ayu):
    complaint = log_complaint(shop, Intake(text="kak aku salah pilih warna, bisa tukar ga?"), by=ayu.user)
    assert (complaint.blame, Treatment.objects.get(case=complaint.case).playbook.code) == ("self", "P01")


def test_wrong_item_goes_to_p03(shop, ayu):
    complaint = log_complaint(shop, Intake(text="pesen biru yg dateng item"), by=ayu.user)
    assert (complaint.blame, Treatment.objects.get(case=complaint.case).playbook.code) == ("shop", "P03")


def test_same_intake_key_stores_one_case(shop):
    first = make_complaint(shop, intake_key="k1")
    second = make_complaint(shop, intake_key="k1")
    assert first.pk == second.pk
    assert Case.objects.count() == 1


def test_same_outcome_other_blame_gets_other_treatment(shop):
    """S0-20: the same black bag, another felt cause."""
    own = make_complaint(shop, blame="self")
    ours = make_complaint(shop, blame="shop")
    codes = [Treatment.objects.get(case=complaint.case).playbook.code for complaint in (own, ours)]
    assert codes == ["P01", "P03"]


def test_self_and_shop_have_the_same_first_reply_limit(shop):
    """S0-08: full care for those who blame themselves."""
    assert make_complaint(shop, blame="self").case.first_reply_due_at == make_complaint(shop).case.first_reply_due_at


def test_tag_supersedes_the_treatment_and_keeps_the_trail(shop, ayu):
    complaint = make_complaint(shop, blame="self")
    tag(complaint, "shop", by=ayu.user)
    states = list(Treatment.objects.filter(case=complaint.case).order_by("pk").values_list("state", flat=True))
    assert states == [TreatmentState.SUPERSEDED, TreatmentState.LIVE]
    assert not complaint.case.steps.filter(treatment__state="superseded", state=StepState.OPEN).exists()
    assert complaint.case.events.filter(code="blame").count() == 1


def test_tag_with_the_same_blame_goes_on(shop, ayu):
    complaint = make_complaint(shop)
    tag(complaint, "shop", by=ayu.user)
    assert Treatment.objects.filter(case=complaint.case).count() == 1


def test_tag_keeps_feedback_for_learning(shop, ayu):
    complaint = make_complaint(shop, blame="")
    tag(complaint, "self", by=ayu.user)
    assert AttributionFeedback.objects.get().chosen == "self"
    assert complaint.tagged_by == TaggedBy.STAFF


def test_finding_never_changes_the_treatment(shop, ayu):
    complaint = make_complaint(shop)
    set_finding(complaint, "customer", "label says so", by=ayu.user)
    assert Treatment.objects.filter(case=complaint.case).count() == 1
    assert complaint.blame == "shop"


def test_second_case_within_90_days_adds_p13(shop):
    rina = make_customer(shop)
    make_complaint(shop, customer=rina)
    second = make_complaint(shop, customer=rina)
    assert Treatment.objects.get(case=second.case).overlay_codes == ["P13"]


def test_order_brings_its_customer(shop):
    rina = make_customer(shop)
    assert make_complaint(shop, order=make_order(shop, rina)).case.customer == rina


def test_staff_can_not_confirm_for_the_customer(shop, ayu):
    complaint = make_complaint(shop)
    with pytest.raises(Refused):
        closing.close(complaint.case, State.CONFIRMED, actor="staff", by=ayu.user)


def test_resolve_needs_theme_and_cause(shop, ayu):
    complaint = make_complaint(shop)
    with pytest.raises(Refused):
        closing.resolve(complaint.case, by=ayu.user)


def test_answer_after_the_end_reopens(shop, ayu):
    complaint = make_complaint(shop)
    say_cause(complaint.case, ayu)
    closing.resolve(complaint.case, by=ayu.user)
    closing.confirm(complaint.case)
    customer_replied(complaint.case, "ternyata rusak lagi", "whatsapp")
    complaint.case.refresh_from_db()
    assert (complaint.case.state, complaint.case.is_repeat) == (State.REOPENED, True)


def test_opt_out_word_holds_at_once(shop):
    rina = make_customer(shop, phone="0812345678")
    make_complaint(shop, "jangan hubungi saya lagi", customer=rina, channel="whatsapp")
    assert rina.contact_points.get().opted_out_at is not None


def test_assess_changes_clocks_and_playbook(shop, ayu):
    complaint = make_complaint(shop, failure="damaged", severity="S1")
    before = complaint.case.first_reply_due_at
    actions.assess(complaint, by=ayu.user, severity="S3")
    assert complaint.case.first_reply_due_at < before
    assert complaint.case.treatments.get(state="live").playbook.code == "P05"
