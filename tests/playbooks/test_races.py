"""Two people at once: one wins, the other is told; nothing is done or started twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from cases.actions import Refused
from complaints import actions
from complaints.models import Complaint
from playbooks import passing, remedies, treatments
from playbooks.models import Promise, Remedy, Treatment, TreatmentStep
from shops.models import Member
from tests.factories import MONDAY, make_complaint, make_customer, make_member, make_order, make_shop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT_ONCE = 4


def at_once(act):
    """Run act(n) in several threads that start together; returns "ok" or the name of what was raised, for each."""
    barrier = Barrier(AT_ONCE)

    def one(number):
        try:
            barrier.wait()
            act(number)
        except Refused as refusal:
            return type(refusal).__name__
        else:
            return "ok"
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


@pytest.fixture
def shop():
    return make_shop()


@pytest.fixture
def ayu(shop):
    return make_member(shop, "ayu", "owner")


def steps(case, **fields):
    return TreatmentStep.objects.select_related("treatment__case", "case__shop").filter(case=case, **fields)


def test_step_is_done_once(shop, ayu):
    case = make_complaint(shop).case
    results = at_once(lambda n: treatments.complete(steps(case).get(key="first_reply"), by=None))
    assert sorted(results) == ["Stale"] * (AT_ONCE - 1) + ["ok"]
    assert case.events.filter(code="step_done").count() == 1


def test_step_is_either_done_or_skipped(shop):
    case = make_complaint(shop).case

    def act(number):
        step = steps(case).get(key="first_reply")
        if number % 2:
            treatments.complete(step, by=None)
        else:
            treatments.skip(step, "said in the chat", by=None)

    assert at_once(act).count("ok") == 1
    assert case.events.filter(code__in=["step_done", "step_skipped"]).count() == 1


def test_repeated_step_gets_one_next_turn(shop):
    case = make_complaint(shop, failure="late", order=make_order(shop)).case
    treatments.complete(steps(case).get(key="first_reply"), by=None, now=MONDAY)
    at_once(lambda n: treatments.complete(steps(case).get(key="update", turn=1), by=None))
    assert steps(case, key="update").count() == 2


def test_retagging_at_once_leaves_one_live_treatment(shop, ayu):
    pk = make_complaint(shop).pk
    blames = ["self", "shop", "self", "unclear"]

    def act(number):
        complaint = Complaint.objects.select_related("case__shop", "case__customer", "case__order").get(pk=pk)
        actions.tag(complaint, blames[number], by=ayu.user)

    at_once(act)
    case = Complaint.objects.get(pk=pk).case
    assert Treatment.objects.filter(case=case, state="live").count() == 1
    assert not steps(case, state__in=["open", "waiting"]).exclude(treatment__state="live").exists()


def test_doing_a_step_while_it_is_superseded_is_one_or_the_other(shop, ayu):
    complaint = make_complaint(shop)
    step = steps(complaint.case).get(key="first_reply")

    def act(number):
        if number == 0:
            fresh = Complaint.objects.select_related("case__shop", "case__customer", "case__order").get(pk=complaint.pk)
            actions.tag(fresh, "self", by=ayu.user)
        else:
            treatments.complete(steps(complaint.case).get(pk=step.pk), by=None)

    at_once(act)
    step.refresh_from_db()
    new = steps(complaint.case, treatment__state="live").get(key="first_reply")
    assert (step.state, new.state) in {("done", "skipped"), ("cancelled", "open")}


def test_promise_keeps_its_monthly_cap(shop, ayu):
    values = {"text_id": "1 pecah ganti 10", "multiple": 10, "cap_per_claim": 10, "cap_per_month": 20}
    promise = Promise.objects.create(shop=shop, valid_from=date(2026, 1, 1), **values)
    cases = [make_complaint(shop, customer=make_customer(shop), failure="damaged").case for _n in range(AT_ONCE)]
    results = at_once(lambda n: remedies.claim(cases[n], promise, 1, by=Member.objects.get(pk=ayu.pk)))
    assert sorted(results) == ["Refused", "Refused", "ok", "ok"]
    assert sum(Remedy.objects.values_list("quantity", flat=True)) == 20


def test_only_one_remedy_is_chosen(shop, ayu):
    case = make_complaint(shop, order=make_order(shop, total=10**6)).case
    offers = [remedies.propose(case, by=ayu, level="L3", what=f"Pilihan {n}", cost=1) for n in range(AT_ONCE)]
    at_once(lambda n: remedies.choose(Remedy.objects.select_related("case__shop").get(pk=offers[n].pk), by=None))
    assert Remedy.objects.filter(case=case, state="chosen").count() == 1


def test_two_ticks_close_a_silent_case_once(shop):
    case = make_complaint(shop).case
    case.state, case.resolved_at = "resolved", MONDAY
    case.save()
    at_once(lambda n: passing.run(MONDAY.replace(month=12, day=20)))
    assert case.events.filter(code="state", data__new="closed_no_reply").count() == 1
