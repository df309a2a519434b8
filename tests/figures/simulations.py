"""Worlds whose truth is known, to see how often 95 % intervals hold it: short in tests, long in bench/coverage.py."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from math import log
from zoneinfo import ZoneInfo

from dashboard.measures import delivery, experience, promises, ratings, repurchase, times, trust, versions
from dashboard.measures.cases import CaseRow
from dashboard.measures.clock import opening_clock
from dashboard.measures.delivery import Parcels
from dashboard.measures.mix import iceberg
from dashboard.measures.obeyed import DataRequest, in_time
from dashboard.measures.promises import Claim
from dashboard.measures.ratings import Changed
from dashboard.measures.recovery import SATISFIED, Recovery
from dashboard.measures.repurchase import Candidate, Eligible
from dashboard.measures.versions import TreatedRow
from figures.comparing import TRIAL_STRONG, better, posterior, stratified, verdict
from figures.means import bootstrap, t_interval
from figures.shares import Interval, Share, newcombe, recommend, wilson
from figures.survival import curve, median_interval
from shops.calendar import Calendar

Dice = random.Random
Trial = Callable[[Dice], bool]


def holds(interval: Interval, truth: float) -> bool:
    return interval.low <= truth <= interval.high


def draws(dice: Dice, n: int, p: float) -> Share:
    return Share(sum(dice.random() < p for _ in range(n)), n)


def share(dice: Dice) -> bool:
    p = dice.choice([0.15, 0.4, 0.6, 0.8])
    return holds(wilson(draws(dice, 60, p).k, 60), p)


def difference(dice: Dice) -> bool:
    return holds(newcombe(draws(dice, 45, 0.55), draws(dice, 60, 0.4)), 0.15)


def posterior_share(dice: Dice) -> bool:
    p = dice.random()
    return holds(posterior(draws(dice, 25, p)), p)


def strata(dice: Dice) -> bool:
    pairs = [(draws(dice, n, p + 0.15), draws(dice, m, p)) for n, m, p in ((30, 20, 0.3), (15, 25, 0.5), (20, 20, 0.7))]
    return holds(stratified(pairs), 0.15)


def person(dice: Dice) -> float:
    """A layer's score of one person: two related answers, 0 to 100, mean 63.5."""
    values = dice.choices([0, 25, 50, 75, 100], weights=[5, 10, 25, 36, 24], k=2)
    return sum(values) / 2


PERSON_MEAN = (0 * 5 + 25 * 10 + 50 * 25 + 75 * 36 + 100 * 24) / 100


def mean_of_many(dice: Dice) -> bool:
    return holds(t_interval([person(dice) for _ in range(40)]), PERSON_MEAN)


def mean_of_few(dice: Dice) -> bool:
    return holds(bootstrap([person(dice) for _ in range(20)], seed=dice.randrange(10**6)), PERSON_MEAN)


def recommend_score(dice: Dice) -> bool:
    answers = dice.choices("+0-", weights=[45, 35, 20], k=80)
    return holds(recommend(answers.count("+"), answers.count("-"), 80), 25.0)


def waiting_times(dice: Dice, n: int) -> list[tuple[float, bool]]:
    """Exponential times with mean 5, a third of them still open."""
    rows = []
    for _ in range(n):
        time, open_since = dice.expovariate(1 / 5), dice.expovariate(1 / 12)
        rows.append((min(time, open_since), time <= open_since))
    return rows


def median_time(dice: Dice) -> bool:
    low, high = median_interval(curve(waiting_times(dice, 80)))
    truth = 5 * log(2)
    return low is not None and low <= truth and (high is None or truth <= high)


def share_by_then(dice: Dice) -> bool:
    """The curve's own interval at time 4."""
    truth, last = 2.718281828459045 ** (-4 / 5), None
    for point in curve(waiting_times(dice, 80)):
        if point.time > 4:
            break
        last = point
    return last is not None and last.low <= truth <= last.high


# --- the measures of the pages, on shops whose truth is known ---------------------------------------------------------

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def claims_kept(dice: Dice) -> bool:
    """Published promises: three of four are kept in their days; claims that still have time are left out."""
    claims = []
    for _ in range(70):
        ago, took = dice.uniform(0, 30), dice.choice([1, 2, 2.5, 4]) * DAY
        start = NOW - ago * DAY
        claims.append(Claim(1, start, 3, start + took if start + took < NOW else None, 0))
    return holds(promises.kept(claims, NOW).interval, 0.75)


def requests_in_time(dice: Dice) -> bool:
    """Requests for data: 80 % are answered within 72 hours, the others a day late or never."""
    found = []
    for _ in range(55):
        at = NOW - dice.uniform(0, 60) * DAY
        late = dice.choice([at + 4 * DAY, None])
        found.append(DataRequest("C", "copy", at, at + 2 * DAY if dice.random() < 0.8 else late))
    return holds(in_time(found, NOW).interval, 0.8)


def trust_gap(dice: Dice) -> bool:
    """Those who trust the shop buy again in 45 % of cases, the others in 30 %."""
    scores = [dice.choice([37.5, 50, 62.5, 75, 87.5, 100]) for _ in range(160)]
    found = trust.split(trust.Trusting(score, dice.random() < (0.45 if score >= 75 else 0.3)) for score in scores)
    return holds(found.difference, 0.15)


def recovered(dice: Dice) -> bool:
    """Strict recovery: confirmed by 70 %, of whom 80 % answer, of whom 75 % are satisfied: 42 %."""
    counts = Counter(old=80)
    for _ in range(80):
        confirmed, said = dice.random() < 0.7, dice.choice([4, 5, 5, 2]) if dice.random() < 0.8 else 0
        counts["strict"] += confirmed and said >= SATISFIED
    return holds(Recovery(counts).strict.interval, 0.7 * 0.8 * 0.75)


def returned_gap(dice: Dice) -> bool:
    """Repurchase: cases return in 40 % of cases, their twins in 30 %."""
    eligible, candidates, paid = [], [], {}
    for n in range(60):
        start = NOW - 150 * DAY
        back = start + 20 * DAY if dice.random() < 0.4 else None
        eligible.append(Eligible(n, n, start + 5 * DAY, start, 1, back, "shop"))
    for n in range(1000, 1180):
        candidates.append(Candidate(n, NOW - 150 * DAY, 1))
        paid[n] = [NOW - 120 * DAY] if dice.random() < 0.3 else []
    pairs = repurchase.twins(eligible, candidates, seed=dice.randrange(10**6))
    return holds(repurchase.compare(eligible, pairs, paid, 90).difference, 0.1)


def moved_gap(dice: Dice) -> bool:
    """Ratings: authors who had an answer raise their stars in 25 % of cases, the others in 10 %."""
    rows = [Changed(2, 4 if dice.random() < 0.25 else 2, True) for _ in range(60)]
    rows += [Changed(2, 4 if dice.random() < 0.10 else 2, False) for _ in range(60)]
    return holds(ratings.ratings(rows).difference, 0.15)


def iceberg_factor(dice: Dice) -> bool:
    """Of the orders that surely failed 30 % tell us: one who tells stands for 3.33."""
    orders = range(90)
    factor = iceberg(orders, [order for order in orders if dice.random() < 0.3], []).factor
    return factor is not None and holds(factor, 1 / 0.3)


def late_lane(dice: Dice) -> bool:
    """A courier that is late with 15 % of its parcels."""
    rows = [Parcels("A", "REG", "", int(dice.random() < 0.15), 0, False, 1) for _ in range(80)]
    return holds(delivery.lane("A", rows, 0.2).interval, 0.15)


def first_replies(dice: Dice) -> bool:
    """Median opening hours to the first reply, a third of the cases still open: 5 ln 2."""
    clock = opening_clock(ROUND_THE_CLOCK, NOW - 40 * DAY, NOW)
    rows = []
    for hours, answered in waiting_times(dice, 80):
        rows.append(CaseRow(NOW - timedelta(hours=hours), NOW if answered else None, None, None, "open"))
    low, high = times.first_reply(rows, clock, NOW).limits
    return low is not None and low <= 5 * log(2) and (high is None or 5 * log(2) <= high)


def layer_score(dice: Dice) -> bool:
    """A layer of the pyramid of 40 persons who skip some items; its mean is 63.5."""
    people = []
    for _ in range(40):
        values = dice.choices([1, 2, 3, 4, 5], weights=[5, 10, 25, 36, 24], k=2)
        items = ("trust_1", "trust_2") if dice.random() < 0.9 else ("trust_1",)
        people.append(dict(zip(items, values, strict=False)))
    score = experience.layer("trust", people).score
    return score is not None and holds(score, PERSON_MEAN)


def trial_difference(dice: Dice) -> bool:
    """A trial of two versions over two severities: the first brings back 15 points more."""
    rows = []
    for severity, base in (("S1", 0.5), ("S3", 0.3)):
        for _ in range(50):
            version = dice.choice([1, 2])
            good = dice.random() < base + 0.15 * (version == 2)
            rows.append((TreatedRow("P03", version, "", severity, "loyal", "", None, None, False, 0), good))
    return holds(versions.compare("P03", rows, 2, 1, is_random=True).difference, 0.15)


ROUND_THE_CLOCK = Calendar(ZoneInfo("UTC"), {day: (time(0), time(23, 59, 59, 999_999)) for day in range(7)})


COVERAGE: dict[str, Trial] = {
    "share (Wilson)": share,
    "difference (Newcombe)": difference,
    "version (Beta)": posterior_share,
    "versions within strata (Mantel-Haenszel)": strata,
    "score of 40 (t)": mean_of_many,
    "score of 20 (bootstrap)": mean_of_few,
    "recommend score": recommend_score,
    "median time (Kaplan-Meier)": median_time,
    "share by then (Kaplan-Meier)": share_by_then,
    "page: promises kept": claims_kept,
    "page: data requests within 72 hours": requests_in_time,
    "page: strict recovery": recovered,
    "page: repurchase against twins": returned_gap,
    "page: trust beside repurchase": trust_gap,
    "page: rating movement": moved_gap,
    "page: iceberg factor": iceberg_factor,
    "page: courier late": late_lane,
    "page: first reply, median": first_replies,
    "page: layer of the pyramid": layer_score,
    "page: trial of two versions, stratified": trial_difference,
}


def covered(trial: Trial, runs: int, seed: int = 7) -> float:
    """How often the interval held the truth."""
    dice = random.Random(seed)
    return sum(trial(dice) for _ in range(runs)) / runs


def looks_strong(dice: Dice, cases: int = 60) -> bool:
    """A trial without any difference: is it called fairly strong at its end?"""
    p = dice.choice([0.4, 0.6, 0.75])
    arms = {"A": [], "B": []}
    for _ in range(cases):
        arms[dice.choice("AB")].append(dice.random() < p)
    a, b = (Share(sum(arm), len(arm)) for arm in arms.values())
    return verdict(better(a, b), TRIAL_STRONG) == "strong"
