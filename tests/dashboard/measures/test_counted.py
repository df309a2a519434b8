"""Measures the database counts: limits kept, recovery, what was given; beside the same counted by hand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases import surveys
from cases.enums import State
from cases.models import Case, SurveyAnswer
from dashboard.management.commands.seed_bench import seed_shop
from dashboard.measures import recovery, times
from dashboard.measures.scope import cases_in, scope_of
from dashboard.measures.stretches import starts_of
from figures.shares import Share
from playbooks.models import Remedy
from tests.factories import make_complaint, make_customer

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
START = NOW - 60 * DAY
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def every(shop):
    return Case.objects.filter(shop=shop)


@pytest.fixture
def add(shop):
    """Adds a case opened 60 days ago, answered in time, resolved and confirmed; `satisfied`: what the customer said."""

    def add(satisfied=0, blame="shop", **changes):
        customer = make_customer(shop)
        case = make_complaint(shop, customer=customer, blame=blame).case
        facts = {
            "opened_at": START,
            "first_reply_due_at": START + timedelta(hours=3),
            "first_replied_at": START + timedelta(hours=1),
            "decision_due_at": START + DAY,
            "decided_at": START + timedelta(hours=5),
            "resolved_at": START + 2 * DAY,
            "ended_at": START + 4 * DAY,
            "state": State.CONFIRMED,
        }
        Case.objects.filter(pk=case.pk).update(**{**facts, **changes})
        if satisfied:
            survey = surveys.invite(customer, "after_case", case=case)
            SurveyAnswer.objects.create(shop=shop, survey=survey, item="satisfaction", value=satisfied)
        return case

    return add


def test_reply_limit_counts_only_cases_whose_limit_has_passed(every, add):
    add()
    add(first_replied_at=NOW - 50 * DAY)
    add(first_replied_at=None, ended_at=None, state=State.OPEN)
    add(first_replied_at=None, first_reply_due_at=NOW + DAY)
    found = times.count_in_limits(every, NOW)
    assert (found.replied, found.answered, found.overdue) == (Share(1, 3), Share(2, 3), 1)


def test_case_resolved_without_an_offer_was_decided_then(every, add):
    add()
    add(decided_at=None, resolved_at=START + timedelta(hours=20))
    add(decided_at=None)
    add(decision_due_at=NOW + DAY)
    assert times.count_in_limits(every, NOW).decided == Share(2, 3)


def test_reopened_looks_only_at_cases_resolved_thirty_days_ago(every, add):
    add()
    add(reopened_count=1, resolved_at=None, ended_at=None, state=State.OPEN)
    add(resolved_at=NOW - DAY)
    assert times.count_in_limits(every, NOW).reopened == Share(1, 2)


def test_each_case_lies_in_one_stretch(every, add):
    for days in range(2, 80, 11):
        add(opened_at=NOW - days * DAY)
    starts = starts_of(NOW - 90 * DAY, NOW, JAKARTA)
    found = times.count_replied_by_stretch(every, starts, NOW)
    assert (len(found), sum(share.n for share in found)) == (len(starts), 8)
    assert [share.n for share in times.count_replied_by_stretch(every, starts[-1:], NOW)] == [1]


def test_strict_recovery_counts_silence_as_not_recovered(every, add):
    add(satisfied=4)
    add()
    add(satisfied=2, state=State.CLOSED_NO_REPLY)
    add(state=State.DECLINED, blame="self")
    add(satisfied=5, resolved_at=NOW)  # too early to say
    by_blame = recovery.count_recovery(every, NOW)
    found = recovery.together(by_blame.values())
    assert (found.strict, found.satisfied, found.responded) == (Share(1, 4), Share(1, 2), Share(2, 4))
    assert (found.declined, found.no_reply, found.counts["recovered"]) == (Share(1, 4), Share(1, 4), 2)
    assert (by_blame["shop"].strict, by_blame["self"].strict) == (Share(1, 3), Share(0, 1))


def test_only_what_was_taken_costs(every, add):
    first, second = add(), add()
    for case, cost in ((first, 10), (second, 7)):
        Remedy.objects.create(shop=case.shop, case=case, level="L2", state="chosen", cost=cost)
    Remedy.objects.create(shop=first.shop, case=first, level="L2", state="offered", cost=90)
    assert recovery.count_given(every) == (17, 2)
    Remedy.objects.filter(cost=7).update(state="refused")
    assert recovery.count_given(every) == (10, 1)


def test_law_looks_at_exchange_and_refund_of_dated_purchases(every, add):
    dated, undated = add(legal_due_on=START.date() + 5 * DAY), add()
    for case, level in ((dated, "L4"), (dated, "L1"), (undated, "L4")):
        Remedy.objects.create(shop=case.shop, case=case, level=level, state="done", done_at=START + DAY)
    (row,) = recovery.fetch_legal(every)
    assert (row.case, row.done_at) == (dated.pk, START + DAY)


def test_database_counts_what_one_counts_by_hand(shop):
    seed_shop(shop, 250)
    scope = scope_of(shop, {"period": "all"}, datetime.now(UTC))
    rows = list(cases_in(scope))
    due = [row for row in rows if row.first_reply_due_at and row.first_reply_due_at <= scope.now]
    in_time = [row for row in due if row.first_replied_at and row.first_replied_at <= row.first_reply_due_at]
    assert times.count_in_limits(cases_in(scope), scope.now).replied == Share(len(in_time), len(due))
    old = [row for row in rows if row.resolved_at and row.resolved_at <= scope.now - 14 * DAY]
    answers = recovery.fetch_answers(scope)
    well = [row for row in old if row.state == "confirmed" and answers.get(row.pk, {}).get("satisfaction", 0) >= 4]
    assert recovery.count_strict(cases_in(scope), scope.now) == Share(len(well), len(old))
    assert len(old) > 50
    assert well
