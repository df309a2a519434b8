"""The four records of an order on the case page (S0-07, S0-12)."""

import pytest
from django.urls import reverse

from complaints.models import Complaint
from complaints.showing import record_check
from tests.factories import make_complaint, make_customer, make_order


def case_with(shop, **records):
    order = make_order(shop, make_customer(shop), **records)
    return make_complaint(shop, order=order)


FIXTURE_A = {"wanted": "blue", "typed": "black", "packed": "black", "received": "black"}
FIXTURE_B = {"wanted": "blue", "typed": "blue", "packed": "black", "received": "black"}


@pytest.mark.parametrize(("records", "finding"), [(FIXTURE_A, "customer"), (FIXTURE_B, "shop")])
def test_the_records_suggest_a_finding_and_leave_blame_alone(shop, records, finding):
    complaint = case_with(shop, **records)
    assert record_check(complaint).finding == finding
    assert complaint.blame == "shop"


@pytest.mark.parametrize("records", [{}, {"wanted": "blue"}])
def test_too_few_records_show_nothing(shop, records):
    assert record_check(case_with(shop, **records)) is None
    assert record_check(make_complaint(shop)) is None


def test_a_swap_on_the_road_names_the_checks(shop):
    found = record_check(case_with(shop, wanted="blue", typed="blue", packed="blue", received="black"))
    assert found.finding == ""
    assert len(found.checks) == 2


def test_one_button_takes_the_finding_over(shop, as_, budi):
    complaint = case_with(shop, **FIXTURE_B)
    url = reverse("complaints:detail", args=[complaint.case.code])
    assert "Take over as our finding" in as_(budi).get(url).content.decode()
    check = record_check(complaint)
    data = {"finding": check.finding, "why": check.reason}
    as_(budi).post(reverse("complaints:finding", args=[complaint.case.code]), data)
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert (complaint.finding, complaint.blame) == ("shop", "shop")
    assert "Take over as our finding" not in as_(budi).get(url).content.decode()


def test_a_viewer_sees_the_records_without_the_button(shop, as_, vera):
    url = reverse("complaints:detail", args=[case_with(shop, **FIXTURE_A).case.code])
    page = as_(vera).get(url).content.decode()
    assert "What the order's records say" in page.replace("&#x27;", "'")
    assert "Take over as our finding" not in page
