"""Pure measures on plain rows: the worked examples and the rules of domain.md section 6."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.surveys import EXPERIENCE, LAYERS, next_place, shuffled
from dashboard.measures import (
    conduct,
    delivery,
    experience,
    mirror,
    mix,
    ratings,
    recovery,
    repurchase,
    times,
    versions,
)
from dashboard.measures.cases import CaseRow
from dashboard.measures.clock import opening_clock
from dashboard.measures.delivery import Parcels
from dashboard.measures.mix import MixRow
from dashboard.measures.recovery import RemedyRow
from dashboard.measures.repurchase import Candidate, Eligible
from dashboard.measures.versions import TreatedRow
from figures.shares import Share
from shops.calendar import Calendar

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
JAKARTA = ZoneInfo("Asia/Jakarta")


def row(**changes):
    """A case opened 60 days ago, answered, resolved and confirmed."""
    start = NOW - 60 * DAY
    moments = (start, start + timedelta(hours=1), start + 2 * DAY, start + 4 * DAY)
    return CaseRow(*moments, "confirmed")._replace(**changes)


def told(**changes):
    """A damaged parcel, told to the shop, which is blamed rightly."""
    return MixRow(1, "confirmed", "shop", "to_shop", "damaged", "shop")._replace(**changes)


# --- times ------------------------------------------------------------------------------------------------------------

ALL_DAY = Calendar(JAKARTA, {day: (time(8), time(17)) for day in range(7)})


def test_clock_reads_like_the_calendar():
    calendar = Calendar(JAKARTA, {day: (time(8), time(17)) for day in range(6)}, closed=frozenset({date(2026, 11, 11)}))
    clock, dice = opening_clock(calendar, NOW - 40 * DAY, NOW), random.Random(1)
    for _ in range(100):
        start = NOW - 39 * DAY * dice.random()
        end = start + 20 * DAY * dice.random()
        wanted = calendar.business_between(start, min(end, NOW)).total_seconds() / 3600
        assert clock.between(start, min(end, NOW)) == pytest.approx(wanted, abs=1e-6)


def test_unanswered_cases_are_censored_not_dropped():
    clock = opening_clock(ALL_DAY, NOW - 70 * DAY, NOW)
    found = times.first_reply([row(), row(replied_at=None, ended_at=None, state="open")], clock, NOW)
    assert (found.n, found.happened, found.points[0].open) == (2, 1, 0.5)


# --- recovery ---------------------------------------------------------------------------------------------------------


def test_fairness_needs_two_of_three_answers():
    answers = {1: {"outcome": 5, "process": 3}, 2: {"treatment": 5}}
    assert recovery.fairness(answers) == [75.0]


def test_legal_clock_counts_only_cases_that_could_be_in_time():
    due = date(2026, 10, 10)
    start = datetime(2026, 10, 5, tzinfo=UTC)
    rows = [
        RemedyRow(1, start + DAY, start, due),
        RemedyRow(2, start + 9 * DAY, start, due),
        RemedyRow(3, start + 9 * DAY, start + 8 * DAY, due),  # came in after day 7
    ]
    assert recovery.legal_in_time(rows, NOW.date(), JAKARTA) == Share(1, 2)


# --- repurchase -------------------------------------------------------------------------------------------------------


def eligible(customer, days_later=None, prior=1, ordered=NOW - 150 * DAY):
    resolved = ordered + 10 * DAY
    next_paid = resolved + days_later * DAY if days_later else None
    return Eligible(customer, customer, resolved, ordered, prior, next_paid, "shop")


def test_returned_within_the_days_only():
    assert [eligible(1, 30).returned(30), eligible(1, 31).returned(30), eligible(1).returned(90)] == [
        True,
        False,
        False,
    ]


def test_twins_share_month_and_prior_orders_and_are_used_once():
    cases = [eligible(n) for n in range(1, 4)]
    good = [Candidate(100 + n, NOW - 150 * DAY, 1) for n in range(7)]
    bad = [Candidate(200, NOW - 150 * DAY, 3), Candidate(201, NOW - 300 * DAY, 1)]
    pairs = repurchase.twins(cases, [*good, *bad])
    customers = [twin.customer for _row, twin in pairs]
    assert sorted(customers) == list(range(100, 107))
    assert {case.case for case, _twin in pairs[:3]} == {1, 2, 3}  # everybody gets one before anybody gets two


def test_baseline_window_lies_as_far_from_the_order_as_the_cases():
    case, twin = eligible(1, 5), Candidate(9, NOW - 140 * DAY, 1)
    inside, before = twin.ordered_at + 12 * DAY, twin.ordered_at + 9 * DAY
    assert repurchase.compare([case], [(case, twin)], {9: [before]}, 90).baseline == Share(0, 1)
    assert repurchase.compare([case], [(case, twin)], {9: [before, inside]}, 90).baseline == Share(1, 1)


# --- mix --------------------------------------------------------------------------------------------------------------


def test_gap_gives_the_worked_kappa():
    cells = {("self", "customer"): 18, ("self", "shop"): 3, ("shop", "customer"): 6, ("shop", "courier"): 13}
    rows = [told(blame=blame, finding=finding) for (blame, finding), n in cells.items() for _ in range(n)]
    found = mix.gap([*rows, told(blame="unclear"), told(finding="unknown"), told(state="open")])
    assert found.table == [[18, 3], [6, 13]]
    assert (round(found.agreement, 3), found.explain_better, found.apologise) == (0.545, 6, 3)


def test_iceberg_counts_silence_and_gives_a_factor():
    known = set(range(20))
    found = mix.iceberg(known, to_shop=set(range(5)), elsewhere={4, 5, 6, 99})
    assert (found.voiced, found.elsewhere, found.silent) == (Share(5, 20), Share(3, 20), Share(13, 20))
    assert (found.factor.point, round(found.factor.low, 1), round(found.factor.high, 1)) == (4.0, 2.1, 8.9)


def test_iceberg_says_nothing_below_fifteen():
    assert mix.iceberg({1, 2}, {1}, set()).factor is None


def test_mosaic_holds_every_case():
    rows = [told(), told(blame="self", voice="silent"), told()]
    counts = mix.mosaic(rows)
    assert (counts["shop", "to_shop"], counts["self", "silent"], sum(counts.values())) == (2, 1, 3)


# --- couriers ---------------------------------------------------------------------------------------------------------


def parcels(late, handover=0, number=1, courier="A", censored=False):
    return Parcels(courier, "REG", "Bali", late, handover, censored, number)


def test_days_late_split_into_packing_and_transit():
    found = parcels(late=3, handover=1)
    assert (found.packing, found.transit) == (1, 2)
    assert (parcels(2, 5).packing, parcels(2, 5).transit, parcels(0, 4).packing) == (2, 0, 0)


@pytest.mark.parametrize(("k", "n", "rate"), [(5, 20, 0.233), (30, 100, 0.291)])
def test_rate_is_shrunk_towards_the_shops_pool(k, n, rate):
    found = delivery.lane("A", [parcels(1, number=k), parcels(0, number=n - k)], pooled=0.2)
    assert round(found.rate, 3) == rate


def test_no_ranking_below_twenty_parcels():
    rows = [parcels(1, number=10), parcels(0, number=9), parcels(0, number=60, courier="B")]
    total, each = delivery.lanes(rows, lambda row: row.courier)
    assert [(lane.name, lane.rate is None) for lane in each] == [("B", False), ("A", True)]
    assert total.late == Share(10, 79)


def test_lane_tells_mean_p90_and_what_is_on_the_road():
    found = delivery.lane("A", [parcels(0, number=80), parcels(2, 1, 15), parcels(6, 0, 5, censored=True)], 0.2)
    assert (found.days_when_late, found.p90, found.on_the_road) == (3.0, 2, 5)
    assert (found.packing_days, found.transit_days) == (15, 45)


# --- ratings and conduct ----------------------------------------------------------------------------------------------


def test_ratings_compare_replied_with_the_others():
    rows = [ratings.Changed(2, 4, True), ratings.Changed(3, 3, True), ratings.Changed(1, 1, False)]
    found = ratings.ratings(rows)
    assert (found.replied.changed, found.replied.mean, found.others.changed) == (Share(1, 2), 1.0, Share(0, 1))


def test_fourth_contact_within_a_week_breaks_the_cap():
    contacts = [(1, NOW + n * DAY) for n in range(4)] + [(2, NOW)]
    assert conduct.caps_kept(contacts) == Share(4, 5)


def test_quiet_hours_are_those_of_the_recipient():
    evening = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)  # 19:30 in Jakarta, 21:30 in Jayapura
    assert not conduct.is_at_night(evening, "Asia/Jakarta", time(20), time(8))
    assert conduct.is_at_night(evening, "Asia/Jayapura", time(20), time(8))


def test_rules_are_counted_by_finding():
    guards = [{"findings": [["G9", "warn"], ["G1", "block"]]}, {"findings": [["G9", "warn"]]}, {}]
    assert conduct.count_rules(guards) == {"G9": 2, "G1": 1}


# --- versions ---------------------------------------------------------------------------------------------------------


def treated(version, good, severity="S2", cost=0, **changes):
    facts = {"playbook": "P03", "arm": "", "standing": "returning", "resolved_at": NOW - 60 * DAY, "returned": False}
    state, satisfaction = ("confirmed", 5) if good else ("closed_no_reply", None)
    facts |= {"version": version, "severity": severity, "state": state, "satisfaction": satisfaction, "cost": cost}
    return TreatedRow(**{**facts, **changes})


def test_versions_compare_exactly_as_given():
    rows = [treated(2, n < 12) for n in range(15)] + [treated(1, n < 8) for n in range(14)]
    (found,) = versions.compare_versions(rows, "recovered", NOW)
    assert (found.a.share, found.b.share) == (Share(12, 15), Share(8, 14))
    assert round(found.chance, 4) == 0.8995
    assert (found.word, found.enough) == ("unclear", False)


def test_versions_are_compared_within_severity():
    """Version 2 got the light cases: pooled it looks better, within severity it is not."""
    light = [treated(2, n < 36, "S1") for n in range(40)] + [treated(1, n < 9, "S1") for n in range(10)]
    grave = [treated(2, n < 3, "S3") for n in range(10)] + [treated(1, n < 12, "S3") for n in range(40)]
    (found,) = versions.compare_versions([*light, *grave], "recovered", NOW)
    assert found.a.share.value - found.b.share.value == pytest.approx(0.36)
    assert found.difference.point == pytest.approx(0.0, abs=1e-9)


def test_early_cases_are_not_judged():
    fresh = treated(1, True, resolved_at=NOW - DAY)
    assert versions.success(fresh, "recovered", NOW) is None
    assert versions.success(treated(1, True, resolved_at=None, state="open"), "confirmed", NOW) is None
    assert versions.success(treated(1, True, resolved_at=None, state="withdrawn"), "confirmed", NOW) is False
    assert versions.success(treated(1, False, returned=True), "returned", NOW) is None


def test_cost_for_each_recovered_case():
    (found,) = versions.compare_versions(
        [treated(2, True, cost=100), treated(2, False, cost=50), treated(1, False)], "recovered", NOW
    )
    assert (found.a.cost_per_success, found.b.cost_per_success) == (150.0, None)


# --- the pyramid ------------------------------------------------------------------------------------------------------


def person(**layers):
    """Everybody answers every item of a layer alike; 4 where nothing is said."""
    return {item.key: layers.get(item.layer, 4) for item in EXPERIENCE}


def test_eleven_items_in_five_layers():
    assert [len(experience.ITEMS_OF[layer]) for layer in LAYERS] == [2, 3, 2, 2, 2]


def test_person_score_needs_half_of_the_items():
    assert experience.person_score({"experience_1": 5}, experience.ITEMS_OF["experience"]) is None
    assert experience.person_score({"trust_1": 3}, experience.ITEMS_OF["trust"]) == 50


def test_layer_example_is_not_enough_below_fifteen():
    people = [{"trust_1": value} for value in (4, 5, 4, 3, 5, 4, 2, 4)]
    found = experience.layer("trust", people)
    assert (found.n, round(found.score.point, 1), found.enough, found.alpha) == (8, 71.9, False, None)


def test_weakest_layer_is_named_or_a_tie():
    clear = [person(trust=2 if n % 4 else 3) for n in range(40)]
    assert experience.pyramid(clear, 60).weakest == "trust"
    dice = random.Random(4)
    alike = [{item.key: dice.choice([3, 4, 5]) for item in EXPERIENCE} for _ in range(20)]
    found = experience.pyramid(alike, 60)
    assert found.weakest == experience.TIE


def test_hint_prefers_the_base_where_it_ties():
    people = [person(fulfilment=3 + n % 2, trust=3 + (n + 1) % 2) for n in range(20)]
    found = experience.pyramid(people, 20)
    assert (found.weakest, found.hint) == (experience.TIE, "fulfilment")


def test_alpha_appears_from_thirty_persons():
    dice = random.Random(1)
    people = [person(trust=dice.choice([2, 3, 4, 5])) for _ in range(30)]
    assert experience.layer("trust", people).alpha == pytest.approx(1.0)
    assert experience.layer("trust", people[:29]).alpha is None


def test_nobody_has_no_scores():
    found = experience.pyramid([], 0)
    assert (found.overall, found.weakest, found.responded) == (None, None, Share(0, 0))


# --- the mirror -------------------------------------------------------------------------------------------------------


GOOD = Share(80, 100)


def look(in_limit=GOOD, follow_ups=GOOD, recovered=GOOD, near=(80.0,) * 20, second=72.0):
    return mirror.mirror(in_limit, follow_ups, recovered, near, second, 200)


def test_lowest_part_decides_the_band():
    assert look().band == "consultant"
    assert look(recovered=Share(50, 100)).band == "professional"
    assert look(follow_ups=Share(5, 100)).band == "order_seeker"


def test_consultant_needs_the_survey():
    assert look(near=()).band == "professional"


def test_no_band_below_fifteen_cases():
    assert look(in_limit=Share(14, 14)).band == ""


def test_percentile_of_our_own_past():
    assert mirror.percentile(0.3, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]) == pytest.approx(100 * 2.5 / 6)
    assert mirror.percentile(0.3, [0.1]) is None


# --- surveys ----------------------------------------------------------------------------------------------------------


def test_items_come_in_a_random_order():
    orders = {tuple(shuffled("experience", random.Random(seed))) for seed in range(5)}
    assert len(orders) == 5
    assert all(sorted(order[:-1]) == sorted(item.key for item in EXPERIENCE) for order in orders)
    assert {order[-1] for order in orders} == {"recommend"}


def test_next_place_goes_on_and_then_to_the_front():
    items = ["a", "b", "c"]
    assert next_place(items, {"a"}) == 1
    assert next_place(items, {"b", "c"}, start=2) == 0
    assert next_place(items, items, start=3) == 3
