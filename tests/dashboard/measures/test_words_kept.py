"""Promises, opt-outs, requests for data, steps in time, what spreads in public."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cases.models import Case
from complaints.models import SpreadNode
from dashboard.measures import obeyed, promises, spread, steps, times
from dashboard.measures.obeyed import DataRequest
from dashboard.measures.promises import Claim
from dashboard.measures.scope import scope_of
from figures.shares import Share
from playbooks.models import Promise, Remedy, TreatmentStep
from playbooks.remedies import kept as kept_by_the_engine
from shops.actions import audit, opt_out
from shops.models import AuditEvent
from tests.factories import make_complaint, make_customer, make_message

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def claim(days_ago, done_after=None):
    at = NOW - days_ago * DAY
    return Claim(1, at, 3, at + done_after * DAY if done_after is not None else None, 1000)


@pytest.mark.parametrize(
    ("case", "share"),
    [(claim(10, 3), Share(1, 1)), (claim(10, 4), Share(0, 1)), (claim(10), Share(0, 1)), (claim(2, 1), Share(0, 0))],
)
def test_promise_is_kept_in_its_days(case, share):
    assert promises.kept([case], NOW) == share


def test_claims_with_time_left_are_not_counted():
    assert promises.kept([claim(10, 1), claim(10), claim(1)], NOW) == Share(1, 2)


def test_promise_is_judged_as_the_engine_judges_it(shop):
    now, case = timezone.now(), make_complaint(shop).case
    promise = Promise.objects.create(shop=shop, text_id="1 pecah ganti 10", multiple=10, valid_from=now.date())
    remedy = {"shop": shop, "case": case, "promise": promise, "level": "L6", "what": "x", "quantity": 10, "cost": 5000}
    for days, done in ((9, 2), (9, 5), (9, None), (1, None)):
        at = now - days * DAY
        state, done_at = ("done", at + done * DAY) if done else ("chosen", None)
        Remedy.objects.create(**remedy, proposed_at=at, state=state, done_at=done_at)
    Remedy.objects.create(**remedy, proposed_at=now - 9 * DAY, state="refused")
    (found,) = promises.fetch(scope_of(shop, {}, now))
    judged = [kept_by_the_engine(remedy, now) for remedy in Remedy.objects.all()]
    assert found.kept == Share(judged.count(True), len(judged) - judged.count(None)) == Share(1, 3)
    assert (found.cost, found.used % 10, found.cap) == (10_000, 0, 100)


# --- what people ask of us --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "answered", "share"),
    [
        (100, 30, Share(1, 1)),
        (100, 73, Share(0, 1)),
        (100, None, Share(0, 1)),
        (10, None, Share(0, 0)),
        (10, 2, Share(0, 0)),
    ],
)
def test_data_is_given_within_72_hours(asked, answered, share):
    at = NOW - asked * HOUR
    request = DataRequest("C", "copy", at, at + answered * HOUR if answered is not None else None)
    assert obeyed.in_time([request], NOW) == share


def test_request_is_answered_by_the_export_that_came_after_it(shop, ayu):
    rina, now = make_customer(shop), timezone.now()
    for code, hours, kind in (
        ("exported_customer", 90, {}),
        ("data_request", 80, {"kind": "copy"}),
        ("erased", 70, {}),
    ):
        line = audit(shop, ayu.user, code, customer=rina.code, **kind)
        AuditEvent.objects.filter(pk=line.pk).update(at=now - hours * HOUR)
    (waiting,) = obeyed.fetch_open_requests(shop, now)
    assert (waiting.customer, waiting.kind) == (rina.code, "copy")
    audit(shop, ayu.user, "exported_customer", customer=rina.code)
    assert obeyed.fetch_open_requests(shop, timezone.now()) == []


def test_word_from_us_after_an_opt_out_breaks_it(shop):
    now = timezone.now()
    for name, later in (("Rina", True), ("Sari", False), ("Dewi", None)):
        customer = make_customer(shop, name, email=f"{name}@example.com".lower())
        opt_out(customer, now - 5 * DAY)
        if later is not None:  # Sari only got an answer to her own message
            make_message(
                shop,
                customer=customer,
                contact_point=customer.contact_points.get(),
                state="sent",
                sent_at=now - DAY,
                is_shop_initiated=later,
            )
    assert obeyed.fetch_opt_outs(scope_of(shop, {}, now)) == Share(2, 3)


# --- steps ------------------------------------------------------------------------------------------------------------


def test_steps_are_in_time_when_done_before_they_fall_due(shop):
    now = timezone.now()
    step = make_complaint(shop).case.steps.order_by("pk").first()
    mine = {"playbook_code": step.playbook_code, "key": step.key, "due_at": now - 2 * DAY}
    TreatmentStep.objects.exclude(pk=step.pk).update(due_at=None)
    for turn, changes in enumerate(
        (
            {"state": "done", "done_at": now - 3 * DAY},
            {"state": "done", "done_at": now},
            {"state": "open"},
            {"state": "skipped"},
        )
    ):
        step.pk, step.turn = None if turn else step.pk, turn + 1
        for name, value in {**mine, "done_at": None, **changes}.items():
            setattr(step, name, value)
        step.save()
    (line,) = steps.fetch(scope_of(shop, {}, now))
    assert (line.in_time, line.overdue) == (Share(1, 3), 1)
    assert steps.fetch_titles(scope_of(shop, {}, now))[line.playbook, line.key]


def test_steps_late_most_often_come_first_and_small_numbers_last():
    few, good = steps.StepLine("P01", "a", Share(0, 3), 0), steps.StepLine("P01", "b", Share(15, 15), 0)
    bad = steps.StepLine("P02", "c", Share(2, 20), 1)
    assert steps.ranked([few, good, bad]) == [bad, good, few]
    assert steps.total([few, good, bad]) == Share(17, 38)


def test_acknowledgement_counts_as_at_once_within_five_minutes(shop):
    now = timezone.now()
    for minutes in (2, 9):
        case = make_complaint(shop, received_at=now - DAY).case
        case.messages.all().delete()
        make_message(
            shop,
            case=case,
            purpose="acknowledgement",
            state="sent",
            sent_at=case.opened_at + timedelta(minutes=minutes),
        )
    assert times.fetch_acknowledged(scope_of(shop, {}, now)) == Share(1, 2)


# --- in public --------------------------------------------------------------------------------------------------------


def test_spread_counts_accounts_and_hours_to_our_first_answer(shop):
    now = timezone.now()
    complaint = make_complaint(shop, voice="elsewhere_public", received_at=now - 2 * DAY)
    make_complaint(shop)  # told us: not public
    Case.objects.filter(pk=complaint.case_id).update(first_replied_at=now - DAY)
    for part, account, own in (("originator", "a", None), ("ally", "b", complaint.case), ("ally", "c", None)):
        SpreadNode.objects.create(shop=shop, complaint=complaint, part=part, account=account, own_case=own)
    make_message(
        shop, case=complaint.case, purpose="public_spread", state="sent", sent_at=complaint.case.opened_at + 3 * HOUR
    )
    found = spread.fetch(scope_of(shop, {}, now))
    assert (len(found.cases), found.answered, found.cared_for) == (1, Share(1, 1), Share(1, 2))
    assert found.answer.points[0].time == pytest.approx(3)
    assert found.by_case[complaint.case_id] == {"originator": 1, "ally": 2}
    assert found.new_a_day == pytest.approx(1.5, rel=0.01)
