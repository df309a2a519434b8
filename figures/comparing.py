"""Comparing two versions of one playbook: Beta posteriors and the chance that A is better (domain.md 6.8)."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, lgamma, log, sqrt

from figures.shares import Z95, Interval, Share

LEANING, STRONG = 0.90, 0.975
# For a trial: 0.975 calls up to 5.7 % of trials without a real difference strong (50 cases an arm), 0.98 at most 4.4 %.
TRIAL_STRONG = 0.98


def log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def posterior(share: Share) -> Interval:
    """Mean and 95 % interval of Beta(1 + k, 1 + n - k)."""
    a, b = share.k + 1, share.n - share.k + 1
    return Interval(a / (a + b), beta_quantile(0.025, a, b), beta_quantile(0.975, a, b))


def better(a: Share, b: Share) -> float:
    """P(A > B), exact for whole counts: 12 of 15 against 8 of 14 gives 0.8995."""
    alpha_a, beta_a, alpha_b, beta_b = a.k + 1, a.n - a.k + 1, b.k + 1, b.n - b.k + 1
    total = sum(
        exp(
            log_beta(alpha_a + i, beta_a + beta_b)
            - log(beta_b + i)
            - log_beta(1 + i, beta_b)
            - log_beta(alpha_a, beta_a)
        )
        for i in range(alpha_b)
    )
    return min(1.0, max(0.0, 1 - total))


def verdict(chance: float, strong: float = STRONG) -> str:
    """unclear, leaning or strong, for the better side's chance."""
    side = max(chance, 1 - chance)
    return "strong" if side >= strong else "leaning" if side >= LEANING else "unclear"


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction."""
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(1 - x, b, a)
    front = exp(a * log(x) + b * log(1 - x) - log_beta(a, b)) / a
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d or 1e-300)
    fraction = d
    for m in range(1, 300):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / ((1 + numerator * d) or 1e-300)
            c = (1 + numerator / c) or 1e-300
            fraction *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return front * fraction


def beta_quantile(p: float, a: float, b: float) -> float:
    """The value below which a share p of Beta(a, b) lies, by bisection (1e-12)."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_cdf(middle, a, b) < p else (low, middle)
    return (low + high) / 2


def stratified(strata: Iterable[tuple[Share, Share]]) -> Interval:
    """Mantel and Haenszel's risk difference with its 95 % interval (Sato's variance); empty strata are skipped."""
    weights = numerator = p_sum = q_sum = 0.0
    for a, b in strata:
        n = a.n + b.n
        if not (a.n and b.n):
            continue
        weights += a.n * b.n / n
        numerator += (a.k * b.n - b.k * a.n) / n
        p_sum += (a.n**2 * b.k - b.n**2 * a.k + a.n * b.n * (b.n - a.n) / 2) / n**2
        q_sum += (a.k * (b.n - b.k) + b.k * (a.n - a.k)) / (2 * n)
    if not weights:
        return Interval(0.0, -1.0, 1.0)
    difference = numerator / weights
    half = Z95 * sqrt(max(0.0, (difference * p_sum + q_sum) / weights**2))
    return Interval(difference, max(-1.0, difference - half), min(1.0, difference + half))
