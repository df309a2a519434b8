"""The complaints list: constant cost, filters, export, bulk actions with undo, and who may see it."""

import pytest
from django.urls import reverse

from cases.actions import assign
from complaints.models import Complaint
from tests.factories import make_complaint, make_customer

LIST = 6  # session, user, member, complaints, saved views, members (the footer light adds one)


@pytest.mark.parametrize("cases", [1, 3, 50])
def test_list_costs_the_same_at_any_length(shop, ayu, as_, django_assert_num_queries, cases):
    for number in range(cases):
        make_complaint(shop, f"sobek {number}", customer=make_customer(shop, f"Rina {number}"))
    client = as_(ayu)
    with django_assert_num_queries(LIST + 1):
        assert client.get(reverse("complaints:list")).status_code == 200


def test_list_pages_by_keyset(shop, ayu, as_):
    for number in range(55):
        make_complaint(shop, f"sobek nomor-{number:02d}")
    client = as_(ayu)
    first = client.get(reverse("complaints:list"))
    second = client.get(reverse("complaints:list") + first.context["next_url"])
    assert len(first.context["rows"]) == 50
    assert [row.words for row in second.context["rows"]] == [f"sobek nomor-{n:02d}" for n in (4, 3, 2, 1, 0)]
    assert second.context["next_url"] == ""


@pytest.mark.parametrize(
    ("query", "count"), [("", 2), ("blame=self", 1), ("failure=late", 1), ("q=telat", 1), ("q=zz", 2), ("mine=on", 0)]
)
def test_list_filters(shop, ayu, as_, query, count):
    make_complaint(shop, "salah pilih", blame="self")
    make_complaint(shop, "paket telat", failure="late")
    assert len(as_(ayu).get(reverse("complaints:list") + "?" + query).context["rows"]) == count


@pytest.mark.parametrize(
    "query", ["at=garbage", "blame=nonsense", "at=WyJvbGRlciIsIDEsICJ4Il0", "state=%00", "q=%00%00"]
)
def test_list_bears_a_mangled_link(shop, ayu, as_, query):
    make_complaint(shop)
    assert as_(ayu).get(reverse("complaints:list") + "?" + query).status_code == 200


def test_export_is_what_is_shown_and_starts_no_formula(shop, ayu, as_):
    make_complaint(shop, '=HYPERLINK("x")', failure="late")
    make_complaint(shop, "salah kirim")
    body = b"".join(as_(ayu).get(reverse("complaints:list") + "?failure=late&format=csv").streaming_content).decode()
    assert "'=HYPERLINK" in body
    assert "salah kirim" not in body


def test_export_as_excel_opens(shop, ayu, as_):
    make_complaint(shop)
    assert as_(ayu).get(reverse("complaints:list") + "?format=xlsx").content.startswith(b"PK")


def test_bulk_tag_and_undo(shop, ayu, as_):
    codes = [make_complaint(shop, f"barang {n}", blame="shop").case.code for n in range(2)]
    client = as_(ayu)
    client.post(reverse("complaints:bulk"), {"code": codes, "action": "tag", "blame": "self"})
    assert set(Complaint.objects.values_list("blame", flat=True)) == {"self"}
    client.post(reverse("complaints:bulk"), {"action": "undo"})
    assert set(Complaint.objects.values_list("blame", flat=True)) == {"shop"}


def test_bulk_never_touches_another_shop(shop, citra, as_):
    code = make_complaint(shop).case.code
    as_(citra).post(reverse("complaints:bulk"), {"code": [code], "action": "tag", "blame": "self"})
    assert Complaint.objects.get().blame == "shop"


def test_viewer_may_look_but_not_act(shop, vera, as_):
    client = as_(vera)
    assert client.get(reverse("complaints:list")).status_code == 200
    assert client.post(reverse("complaints:bulk"), {"action": "undo"}).status_code == 403


def test_staff_see_their_own_and_the_unassigned(shop, ayu, budi, as_):
    assign(make_complaint(shop, "milik ayu").case, ayu, by=ayu.user)
    make_complaint(shop, "belum ada")
    assert [row.words for row in as_(budi).get(reverse("complaints:list")).context["rows"]] == ["belum ada"]
