"""The shipped routes against domain.md 0.5, written out a second time as plain code."""

from itertools import product

import pytest

from playbooks.enums import Failure, Voice
from playbooks.loading import conditions, default_playbooks, default_routes
from playbooks.routing import SETS, Condition, Facts, Routing, mismatch, route

# The customer's five ways to blame, and what ShopCare's three make of them.
BLAMES = {"self": "self", "shop": "shop", "courier": "shop", "other": "shop", "unknown": "unclear"}
FAILURES = [failure for failure in Failure.values if failure != Failure.UNKNOWN]  # the twelve of the table
SEVERITIES = ["S1", "S2", "S3", "S4"]
CASES = [*product(BLAMES, Voice.values, FAILURES, SEVERITIES, [False, True], [False, True])]
QUIET = ("silent", "elsewhere_private")


def expected_root(blame, voice, failure, severity):
    fixed = {"unpaid_booking": "P12", "site_problem": "P15", "rude_service": "P11"}
    if failure in fixed:
        return fixed[failure]
    if blame == "self" and failure not in ("late", "not_received", "refund_or_cancel"):
        return "P02" if voice in QUIET else "P01"
    if failure == "damaged":
        return "P05" if severity in ("S3", "S4") else "P04"
    by_failure = {"not_received": "P10", "refund_or_cancel": "P10", "late": "P06", "fit_or_changed_mind": "P01"}
    return {**by_failure, "wrong_item": "P03", "not_as_described": "P03"}.get(failure, "P00")


def expected_entry(root, voice, spreading):
    if root == "P12":
        return ""
    if voice == "elsewhere_public" or (voice == "review" and spreading):
        return "P08"
    if voice == "review":
        return "P07"
    return "P09" if voice in QUIET and root not in ("P02", "P15") else ""


def expected_overlays(voice, failure, severity, repeat):
    outside = severity == "S4" or voice == "third_party" or failure == "privacy"
    return ("P14",) * outside + ("P13",) * (repeat and failure != "unpaid_booking")


def shipped_routes():
    """The default routes as the router takes them, without a database."""
    return [
        Condition(rule["playbook"], slot, **{singular(name): pure(value) for name, value in conditions(rule).items()})
        for slot, rules in default_routes().items()
        for rule in rules
    ]


def singular(name):
    plurals = {"severities": "severity", **{f"{word}s": word for word in SETS if word != "severity"}}
    return plurals.get(name, name)


def pure(value):
    return frozenset(value) if isinstance(value, list) else value


ROUTES = shipped_routes()


def decide(blame="shop", voice="to_shop", failure="other", **more):
    return route(Facts(blame=BLAMES.get(blame, blame), voice=voice, failure=failure, **more), ROUTES)


def test_route_over_all_5760_combinations_equals_the_domain_table():
    assert len(CASES) == 5760
    wrong = []
    for blame, voice, failure, severity, repeat, spreading in CASES:
        found = decide(blame, voice, failure, severity=severity, repeat=repeat, spreading=spreading)
        root = expected_root(blame, voice, failure, severity)
        wanted = (root, expected_entry(root, voice, spreading), expected_overlays(voice, failure, severity, repeat))
        if (found.root, found.entry, found.overlays) != wanted:
            wrong.append((blame, voice, failure, severity, repeat, spreading, found.codes, wanted))
    assert wrong == []


SEED_CELLS = {
    "self, silent": ({"blame": "self", "voice": "silent", "failure": "wrong_item"}, ["P02"]),
    "self, to the shop": ({"blame": "self", "failure": "wrong_item"}, ["P01"]),
    "shop, to the shop": ({"failure": "wrong_item"}, ["P03"]),
    "shop, elsewhere": ({"voice": "elsewhere_public", "failure": "wrong_item"}, ["P08", "P03"]),
    "fatal damage": ({"failure": "damaged", "severity": "S3"}, ["P05"]),
    "ex-reseller on Twitter": (
        {"voice": "elsewhere_public", "failure": "rude_service", "standing": "ex_reseller", "repeat": True},
        ["P08", "P11", "P13"],
    ),
    "4 stars for 3 days late": ({"voice": "review", "failure": "late"}, ["P07", "P06"]),
    "hit and run": ({"voice": "silent", "failure": "unpaid_booking"}, ["P12"]),
}


@pytest.mark.parametrize("cell", SEED_CELLS)
def test_route_in_a_seed_cell_is_the_one_the_seed_asks_for(cell):
    facts, codes = SEED_CELLS[cell]
    assert decide(**facts).codes == codes


def test_route_for_equal_goods_follows_the_felt_blame():
    """The same black bag, two stories, two treatments (S0-20)."""
    assert decide("self", failure="wrong_item").root != decide("shop", failure="wrong_item").root


@pytest.mark.parametrize("blame", ["self", "shop", "unclear"])
def test_route_with_a_failure_not_known_yet_has_a_root(blame):
    assert decide(blame, failure="unknown").root == ("P01" if blame == "self" else "P00")


def test_route_without_any_route_is_the_general_path():
    assert route(Facts(), []) == Routing(root="P00")


def test_route_tells_every_root_route_it_tried_up_to_the_match():
    tried = [row for row in decide(failure="late").tried if row.slot == "root"]
    assert [row.matched for row in tried] == [False] * (len(tried) - 1) + [True]
    assert (tried[-1].playbook, tried[-1].because) == ("P06", "failure")
    assert tried[0].because == "failure"


def test_route_keeps_at_most_two_overlays_each_once():
    found = decide(voice="third_party", failure="privacy", severity="S4", repeat=True)
    assert found.overlays == ("P14", "P13")


@pytest.mark.parametrize(
    ("condition", "facts", "against"),
    [
        (Condition("P01", standing=frozenset({"loyal"})), Facts(standing="prospect"), "standing"),
        (Condition("P01", order_from=100_000), Facts(order_value=99_999), "order_value"),
        (Condition("P01", order_from=100_000), Facts(order_value=100_000), ""),
        (Condition("P01", order_to=100_000), Facts(order_value=100_001), "order_value"),
        (Condition("P01", order_from=1), Facts(order_value=None), "order_value"),
        (Condition("P01", repeat=False), Facts(repeat=True), "repeat"),
    ],
)
def test_mismatch_names_the_first_fact_that_speaks_against_a_route(condition, facts, against):
    assert mismatch(condition, facts) == against


def test_shipped_routes_reach_every_playbook_and_no_other():
    assert {condition.playbook for condition in ROUTES} == set(default_playbooks())


def test_shipped_routes_give_each_playbook_its_own_slot():
    books = default_playbooks()
    assert all(condition.slot == books[condition.playbook]["slot"] for condition in ROUTES)


def test_shipped_routes_end_with_one_that_always_matches():
    roots = [condition for condition in ROUTES if condition.slot == "root"]
    assert roots[-1] == Condition("P00", "root")
    assert Condition("P00", "root") not in roots[:-1]
