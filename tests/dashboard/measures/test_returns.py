"""Who came back, read from rows: returns after a case, first-time buyers, people who may not be looked at."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.enums import State
from cases.models import Case
from dashboard.management.commands.seed_bench import seed_shop
from dashboard.measures import buyers, recovery, repurchase
from dashboard.measures.scope import cases_in, scope_of
from dashboard.measures.stretches import starts_of
from figures.shares import Share
from shops.models import Order
from tests.factories import make_complaint, make_customer, make_message, make_order

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def rina(shop):
    return make_customer(shop, "Rina")


def bought(customer, at):
    return make_order(customer.shop, customer, placed_at=at, paid_at=at)


def solved(customer, at, order=None):
    case = make_complaint(customer.shop, customer=customer, order=order).case
    Case.objects.filter(pk=case.pk).update(state=State.RESOLVED, resolved_at=at)
    return case


def test_eligible_case_knows_what_was_bought_before_and_after(shop, rina, now):
    bought(rina, now - 300 * DAY)
    order = bought(rina, now - 150 * DAY)
    case = solved(rina, now - 120 * DAY, order)
    later = bought(rina, now - 100 * DAY)
    ours = make_message(shop, case=case, customer=rina, sent_at=now - 119 * DAY, guard={"findings": [["G9", "warn"]]})
    (found,) = repurchase.fetch_eligible(scope_of(shop, {}, now), 90)
    assert (found.prior, found.next_paid, found.marked) == (2, later.paid_at, ours.pk)
    assert found.returned(30)


def test_only_the_first_case_of_a_customer_counts(shop, rina, now):
    first = solved(rina, now - 130 * DAY)
    solved(rina, now - 120 * DAY)
    (found,) = repurchase.fetch_eligible(scope_of(shop, {}, now), 90)
    assert (found.case, found.prior, found.next_paid, found.marked) == (first.pk, 0, None, None)


@pytest.mark.parametrize("wish", [{"no_purchase_linking": True}, {"erased_at": timezone.now()}])
def test_purchases_that_may_not_be_linked_are_not(shop, now, wish):
    hidden = make_customer(shop, "Sari", **wish)
    solved(hidden, now - 120 * DAY, bought(hidden, now - 130 * DAY))
    scope = scope_of(shop, {}, now)
    assert repurchase.fetch_eligible(scope, 90) == []
    assert buyers.second_order(scope) == Share(0, 0)


def test_left_after_our_reply_counts_those_who_did_not_return(shop, rina, now):
    case = solved(rina, now - 120 * DAY)
    make_message(shop, case=case, customer=rina, sent_at=now - 119 * DAY, override_reason="perlu")
    solved(make_customer(shop, "Dewi"), now - 120 * DAY)
    eligible = repurchase.fetch_eligible(scope_of(shop, {}, now), 90)
    assert repurchase.left_after_reply(eligible, 90) == Share(1, 2)


def test_second_order_counts_first_time_buyers_once_their_days_are_over(shop, rina, now):
    bought(rina, now - 120 * DAY)
    bought(rina, now - 60 * DAY)
    bought(make_customer(shop, "Dewi"), now - 120 * DAY)
    bought(make_customer(shop, "Tari"), now - 20 * DAY)  # too early to say
    assert buyers.second_order(scope_of(shop, {}, now)) == Share(1, 2)


def test_regular_long_past_the_usual_time_is_found(shop, rina, now):
    for days in (200, 170, 140):
        bought(rina, now - days * DAY)
    assert buyers.overdue_reorders(scope_of(shop, {}, now)) == []  # more than four times the gap: history
    bought(rina, now - 90 * DAY)
    ((customer, _at, gap),) = buyers.overdue_reorders(scope_of(shop, {}, now))
    assert (customer, gap) == (rina, 36)


def test_database_counts_every_order_and_rupiah_once(shop, now):
    seed_shop(shop, 250)
    scope = scope_of(shop, {"period": "all"}, now)
    assert sum(recovery.fetch_spent(scope).values()) == recovery.count_given(cases_in(scope))[0]
    series = buyers.fetch_returning(scope, starts_of(now - 60 * DAY, now, shop.tz))
    bought = Order.objects.filter(shop=shop, paid_at__isnull=False).count()
    assert buyers.returning_share(series).n == bought
