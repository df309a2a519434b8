"""What the case page tells of the customer's other cases."""

from django.urls import reverse

from cases.enums import State
from cases.models import Case
from complaints import showing
from tests.factories import make_complaint, make_customer


def others_of(shop, rina, ended):
    """One case more than the page shows, those before the last `ended`; the case whose page it is came last."""
    cases = [make_complaint(shop, f"tasnya sobek {n}", customer=rina).case for n in range(showing.OTHERS + 2)]
    Case.objects.filter(pk__in=[case.pk for case in cases[:-1][-ended:]]).update(state=State.CONFIRMED)
    return cases


def test_page_shows_the_open_ones_first_and_leads_to_the_customer(shop, ayu, as_):
    rina = make_customer(shop)
    *others, case = others_of(shop, rina, ended=3)
    rows = showing.other_cases(Case.objects.get(pk=case.pk))
    assert [row["is_ended"] for row in rows] == [False, False, False, True, True]
    assert {row["code"] for row in rows[:3]} == {other.code for other in others[:3]}
    page = as_(ayu).get(reverse("complaints:detail", args=[case.code])).content.decode()
    assert reverse("shops:customer", args=[rina.code]) in page


def test_page_says_so_when_it_is_the_first_case(shop, ayu, as_):
    case = make_complaint(shop, customer=make_customer(shop)).case
    page = as_(ayu).get(reverse("complaints:detail", args=[case.code])).content.decode()
    assert "This is the first one." in page


def test_page_of_an_unknown_customer_has_no_other_cases(shop, ayu, as_):
    case = make_complaint(shop).case
    assert showing.other_cases(case) == []
    assert "others-title" not in as_(ayu).get(reverse("complaints:detail", args=[case.code])).content.decode()
