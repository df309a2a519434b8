"""The complaints list: constant cost, filters, sorts, export, bulk actions with undo, and who may see it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions import assign, set_state
from cases.models import Case
from complaints.models import Complaint
from shops.models import AuditEvent
from tests.factories import MONDAY, make_complaint, make_customer

LIST = 7  # session, user, member, complaints, saved views, members, heartbeat


@pytest.mark.parametrize("cases", [1, 3, 50])
def test_list_costs_the_same_at_any_length(shop, ayu, as_, django_assert_num_queries, cases):
    for number in range(cases):
        make_complaint(shop, f"sobek {number}", customer=make_customer(shop, f"Rina {number}"))
    client = as_(ayu)
    with django_assert_num_queries(LIST):
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


def words(response):
    return [row.words for row in response.context["rows"]]


@pytest.fixture
def three(shop, ayu):
    """A: oldest, due last. B: due first. C: newest, ended, so never due."""
    for name, day, due in (("A", 0, 9), ("B", 1, 2), ("C", 2, None)):
        case = make_complaint(shop, name, received_at=MONDAY + timedelta(days=day)).case
        Case.objects.filter(pk=case.pk).update(next_due_at=MONDAY + timedelta(days=due) if due else None)
    set_state(Case.objects.get(headline="C"), "withdrawn", actor="staff", by=ayu.user)


@pytest.mark.parametrize(
    ("sort", "order"), [("", "CBA"), ("newest", "CBA"), ("due", "BAC"), ("oldest", "ABC"), ("nonsense", "CBA")]
)
def test_list_is_sorted_as_asked(three, ayu, as_, sort, order):
    assert "".join(words(as_(ayu).get(reverse("complaints:list"), {"sort": sort}))) == order


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("blame=self", 1), ("failure=late", 1), ("q=telat", 1), ("q=zz", 2), ("mine=on", 0), ("state=ended", 0)],
)
def test_list_filters(shop, ayu, as_, query, count):
    make_complaint(shop, "salah pilih", blame="self")
    make_complaint(shop, "paket telat", failure="late")
    assert len(as_(ayu).get(reverse("complaints:list") + "?" + query).context["rows"]) == count


@pytest.mark.parametrize(
    "query",
    ["at=garbage", "blame=nonsense", "at=WyJvbGRlciIsIDEsICJ4Il0", "state=%00", "q=%00%00", "sort=%00&format=x"],
)
def test_list_bears_a_mangled_link(shop, ayu, as_, query):
    make_complaint(shop)
    assert as_(ayu).get(reverse("complaints:list") + "?" + query).status_code == 200


def body_of(response):
    return b"".join(response.streaming_content)


def test_export_is_what_is_shown_and_starts_no_formula(shop, ayu, as_):
    make_complaint(shop, '=HYPERLINK("x")', failure="late")
    make_complaint(shop, "salah kirim")
    body = body_of(as_(ayu).get(reverse("complaints:list") + "?failure=late&format=csv")).decode()
    assert "'=HYPERLINK" in body
    assert "salah kirim" not in body


def test_export_keeps_the_order_shown(three, ayu, as_):
    body = body_of(as_(ayu).get(reverse("complaints:list") + "?sort=due&format=csv")).decode()
    assert [line.split(",")[4] for line in body.splitlines()[1:]] == ["B", "A", "C"]


def test_export_as_excel_opens_and_is_noted(shop, ayu, as_):
    make_complaint(shop)
    assert body_of(as_(ayu).get(reverse("complaints:list") + "?format=xlsx")).startswith(b"PK")
    assert AuditEvent.objects.get(code="list_exported").data == {"list": "complaints", "format": "xlsx"}


def test_bulk_tag_and_undo(shop, ayu, as_):
    codes = [make_complaint(shop, f"barang {n}", blame="shop").case.code for n in range(2)]
    client = as_(ayu)
    client.post(reverse("complaints:bulk"), {"code": codes, "action": "tag", "blame": "self"})
    assert set(Complaint.objects.values_list("blame", flat=True)) == {"self"}
    assert reverse("complaints:bulk_undo") in client.get(reverse("complaints:list")).content.decode()
    client.post(reverse("complaints:bulk_undo"))
    assert set(Complaint.objects.values_list("blame", flat=True)) == {"shop"}


def test_bulk_assign_and_undo(shop, budi, ayu, as_):
    case = make_complaint(shop).case
    client = as_(budi)
    client.post(reverse("complaints:bulk"), {"code": [case.code], "action": "assign", "member": ayu.pk})
    assert Case.objects.get().assignee == ayu
    client.post(reverse("complaints:bulk_undo"))
    assert Case.objects.get().assignee is None


def test_undo_leaves_what_somebody_changed_since(shop, ayu, budi, as_):
    case = make_complaint(shop).case
    client = as_(ayu)
    client.post(reverse("complaints:bulk"), {"code": [case.code], "action": "assign", "member": ayu.pk})
    assign(Case.objects.get(), budi, by=budi.user)
    client.post(reverse("complaints:bulk_undo"))
    assert Case.objects.get().assignee == budi


def test_undo_without_anything_to_take_back_is_no_error(shop, ayu, as_):
    assert as_(ayu).post(reverse("complaints:bulk_undo")).status_code == 302


def test_bulk_never_touches_another_shop(shop, citra, as_):
    code = make_complaint(shop).case.code
    as_(citra).post(reverse("complaints:bulk"), {"code": [code], "action": "tag", "blame": "self"})
    assert Complaint.objects.get().blame == "shop"


@pytest.mark.parametrize("name", ["bulk", "bulk_undo"])
def test_viewer_may_look_but_not_act(shop, vera, as_, name):
    client = as_(vera)
    assert client.get(reverse("complaints:list")).status_code == 200
    assert client.post(reverse(f"complaints:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["bulk", "bulk_undo"])
def test_stranger_is_sent_to_login(client, db, name):
    assert client.post(reverse(f"complaints:{name}")).headers["Location"].startswith(reverse("login"))


def test_staff_see_their_own_and_the_unassigned(shop, ayu, budi, as_):
    assign(make_complaint(shop, "milik ayu").case, ayu, by=ayu.user)
    make_complaint(shop, "belum ada")
    assert words(as_(budi).get(reverse("complaints:list"))) == ["belum ada"]
