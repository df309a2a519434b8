import pytest

from complaints.attribution.four_records import compare


def test_fixture_a_typed_wrong_is_the_customers_slip():
    found = compare(wanted="blue", typed="black", packed="black", received="black")
    assert (found.finding, found.confidence >= 0.9) == ("customer", True)


def test_fixture_b_packed_wrong_is_the_shops_slip():
    found = compare(wanted="blue", typed="blue", packed="black", received="black")
    assert (found.finding, found.confidence >= 0.9) == ("shop", True)


def test_fixture_b_swapped_on_the_road_stays_unknown_with_checks():
    found = compare(wanted="blue", typed="blue", packed="blue", received="black")
    assert (found.finding, found.checks) == ("unknown", ("courier", "swap"))


def test_same_black_bag_two_findings():
    a = compare("biru", "hitam", "hitam", "hitam")
    b = compare("biru", "biru", "hitam", "hitam")
    assert (a.finding, b.finding) == ("customer", "shop")


@pytest.mark.parametrize(
    ("records", "finding"),
    [
        (("biru", "biru", "biru", "biru"), "unknown"),
        (("", "", "", ""), "unknown"),
        (("biru", "biru", "", "hitam"), "unknown"),
        (("biru", "hitam", "", ""), "customer"),
        (("", "biru", "hitam", ""), "shop"),
        (("biru", "biru", "hitam", "merah"), "shop"),
        (("Biru ", "BIRU", "bi\u200bru".replace("\u200b", ""), "biru"), "unknown"),
    ],
)
def test_what_is_not_known_is_not_guessed(records, finding):
    assert compare(*records).finding == finding


def test_a_missing_record_is_asked_for():
    assert compare("biru", "biru", "", "hitam").checks == ("packed",)
