"""Carrying out a playbook: start, gates, leading steps, turns, superseding."""

from datetime import timedelta

import pytest

from cases.actions import Refused
from cases.models import Case
from complaints import actions
from playbooks import treatments
from playbooks.enums import Anchor, StepState, TreatmentState
from playbooks.models import Treatment, TreatmentStep
from tests.factories import MONDAY, make_complaint, make_customer, make_order

pytestmark = pytest.mark.django_db


def step(case, key, turn=1):
    return TreatmentStep.objects.get(case=case, treatment__state=TreatmentState.LIVE, key=key, turn=turn)


def test_start_costs_at_most_eight_queries(shop, django_assert_max_num_queries):
    complaint = make_complaint(shop, customer=make_customer(shop, email="rina@example.com"))
    Treatment.objects.all().delete()
    with django_assert_max_num_queries(8):
        treatments.start(complaint.case, actions.facts_of(complaint), now=MONDAY)


def test_second_start_with_the_same_facts_goes_on(shop):
    complaint = make_complaint(shop)
    first = Treatment.objects.get(case=complaint.case)
    assert actions.treat(complaint) == first
    assert TreatmentStep.objects.filter(case=complaint.case).count() == first.steps.count()


@pytest.mark.parametrize(("severity", "hours"), [("S1", 48), ("S3", 48), ("S4", 24)])
def test_news_while_waiting_comes_as_often_as_the_severity_asks(shop, ayu, severity, hours):
    case = make_complaint(shop, failure="late", severity=severity, order=make_order(shop)).case
    treatments.complete(step(case, "first_reply"), by=ayu.user, now=MONDAY)
    at = MONDAY + timedelta(hours=48)
    treatments.complete(step(case, "update"), by=ayu.user, now=at)
    assert step(case, "update", turn=2).due_at == at + timedelta(hours=hours)


def test_other_blame_supersedes_and_says_nothing_twice(shop, ayu):
    complaint = make_complaint(shop)
    treatments.complete(step(complaint.case, "first_reply"), by=ayu.user, now=MONDAY)
    actions.tag(complaint, "self", by=ayu.user)
    old, new = Treatment.objects.filter(case=complaint.case).order_by("pk")
    assert (old.state, new.state, new.codes) == ("superseded", "live", ["P01"])
    assert not old.steps.filter(state__in=["waiting", "open"]).exists()
    assert new.steps.get(key="first_reply").state == StepState.SKIPPED


def test_remedy_talk_is_locked_until_the_apology_is_done(shop, ayu):
    case = make_complaint(shop).case
    with pytest.raises(Refused, match="First:"):
        treatments.complete(step(case, "choice"), by=ayu.user)
    treatments.complete(step(case, "first_reply"), by=ayu.user)
    treatments.complete(step(case, "choice"), by=ayu.user)


@pytest.mark.parametrize(
    ("voice", "entry", "leader"),
    [
        ("review", "P07", "public_reply"),
        ("elsewhere_public", "P08", "public_reply"),
        ("silent", "P09", "note"),
    ],
)
def test_nothing_of_the_root_opens_before_the_entrys_apology(shop, voice, entry, leader):
    case = make_complaint(shop, voice=voice).case
    root = TreatmentStep.objects.filter(case=case, playbook_code="P03", is_automatic=False)
    assert set(root.values_list("state", flat=True)) == {StepState.WAITING}
    treatments.skip(step(case, leader), "talked in person", by=None)
    assert step(case, "first_reply").state == StepState.OPEN


def test_the_owner_takes_over_first_the_second_time(shop, ayu):
    customer = make_customer(shop, email="rina@example.com")
    make_complaint(shop, customer=customer)
    case = make_complaint(shop, customer=customer, voice="review").case
    assert {s.key for s in TreatmentStep.objects.filter(case=case, state=StepState.OPEN)} >= {"take_over"}
    assert step(case, "public_reply").state == StepState.WAITING
    treatments.complete(step(case, "take_over"), by=ayu.user)
    assert step(case, "public_reply").state == StepState.OPEN
    assert step(case, "first_reply").state == StepState.WAITING


def test_regular_update_comes_again_until_the_parcel_is_there(shop, ayu):
    case = make_complaint(shop, failure="late", order=make_order(shop)).case
    treatments.complete(step(case, "first_reply"), by=ayu.user, now=MONDAY)
    treatments.complete(step(case, "update"), by=ayu.user, now=MONDAY + timedelta(hours=48))
    second = step(case, "update", turn=2)
    assert (second.state, second.due_at) == (StepState.OPEN, MONDAY + timedelta(hours=96))
    treatments.anchor_event(case, Anchor.DELIVERED, at=MONDAY + timedelta(hours=60))
    second.refresh_from_db()
    assert second.state == StepState.SKIPPED
    assert step(case, "make_good").due_at is not None


def test_case_knows_what_falls_due_next_for_people(shop):
    case = Case.objects.get(pk=make_complaint(shop).case.pk)
    assert case.next_due_at == case.first_reply_due_at


def test_first_answer_acknowledges_the_case(shop, ayu):
    case = make_complaint(shop).case
    treatments.complete(step(case, "first_reply"), by=ayu.user)
    case.refresh_from_db()
    assert case.state == "acknowledged"
