"""Saved views: one's own and the shop's, on every list; mangled ones are refused with words."""

import pytest
from django.urls import reverse

from cases.models import SavedView
from cases.saved_views import MOST, PAGES, view_query

QUERY = "blame=self&sort=due"


def keep(client, page="complaints", **fields):
    data = {"name": "Pagi", "query": QUERY, **fields}
    return client.post(reverse("cases:save_view", args=[page]), data)


@pytest.fixture
def own(shop, ayu):
    return SavedView.objects.create(shop=shop, member=ayu, page="complaints", name="Milik Ayu", query=QUERY)


@pytest.fixture
def shared(shop):
    return SavedView.objects.create(shop=shop, page="complaints", name="Untuk semua", query=QUERY)


@pytest.mark.parametrize("name", PAGES)
def test_view_is_kept_and_leads_back_to_its_list(shop, ayu, as_, name):
    client = as_(ayu)
    assert keep(client, name).headers["Location"] == f"{reverse(PAGES[name])}?{QUERY}"
    shown = client.get(reverse(PAGES[name]) + "?" + QUERY)
    assert [view.name for view in shown.context["views"]] == ["Pagi"]
    assert "Change this view" in shown.content.decode()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("sort=due&blame=self&q=", QUERY),
        ("at=abc&blame=self&format=csv&sort=due", QUERY),
        ("blame=shop&blame=self&sort=due", QUERY),
        ("q=a%26b", "q=a%26b"),
        ("", ""),
    ],
)
def test_view_keeps_filters_and_sort_only(query, kept):
    assert view_query(query) == kept


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "  "}, {"name": "x" * 41}, {"query": "q=" + "x" * 400}])
def test_bad_view_is_refused_with_words(shop, ayu, as_, fields):
    client = as_(ayu)
    keep(client, **fields)
    assert not SavedView.objects.exists()
    assert b"note-error" in client.get(reverse("complaints:list")).content


def test_name_is_taken_once_per_person_and_once_per_shop(shop, ayu, as_):
    client = as_(ayu)
    for _again in range(2):
        keep(client)
        keep(client, shared="on")
    assert SavedView.objects.count() == 2


def test_unknown_list_is_not_found(shop, ayu, as_):
    assert keep(as_(ayu), "nonsense").status_code == 404


def test_views_are_not_endless(shop, ayu, as_):
    SavedView.objects.bulk_create(
        SavedView(shop=shop, member=ayu, page="complaints", name=str(n), query="") for n in range(MOST)
    )
    keep(as_(ayu))
    assert SavedView.objects.count() == MOST


@pytest.mark.parametrize(("who", "is_shared"), [("ayu", True), ("budi", False), ("vera", False)])
def test_only_the_owner_keeps_a_view_for_the_shop(shop, as_, request, who, is_shared):
    keep(as_(request.getfixturevalue(who)), shared="on")
    assert (SavedView.objects.get().member is None) is is_shared


def test_colleagues_see_the_shops_views_and_nobody_elses(own, shared, budi, as_):
    views = as_(budi).get(reverse("complaints:list")).context["views"]
    assert list(views) == [shared]


def test_view_is_renamed_and_removed(own, ayu, as_):
    client = as_(ayu)
    client.post(reverse("cases:rename_view", args=[own.pk]), {"name": "Sore"})
    own.refresh_from_db()
    assert own.name == "Sore"
    client.post(reverse("cases:drop_view", args=[own.pk]))
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "x" * 41, "Lain"])
def test_bad_new_name_changes_nothing(own, shop, ayu, as_, name):
    SavedView.objects.create(shop=shop, member=ayu, page="complaints", name="Lain", query="")
    as_(ayu).post(reverse("cases:rename_view", args=[own.pk]), {"name": name})
    own.refresh_from_db()
    assert own.name == "Milik Ayu"


@pytest.mark.parametrize("act", ["rename_view", "drop_view"])
@pytest.mark.parametrize(
    ("who", "view", "status"),
    [
        ("ayu", "own", 302),
        ("ayu", "shared", 302),
        ("budi", "own", 404),
        ("budi", "shared", 404),
        ("vera", "shared", 404),
        ("citra", "own", 404),
        ("citra", "shared", 404),
    ],
)
def test_who_may_change_a_view(own, shared, as_, request, act, who, view, status):
    client, pk = as_(request.getfixturevalue(who)), {"own": own, "shared": shared}[view].pk
    assert client.post(reverse(f"cases:{act}", args=[pk]), {"name": "Baru"}).status_code == status


@pytest.mark.parametrize("act", ["rename_view", "drop_view"])
def test_stranger_is_sent_to_login(own, client, act):
    answer = client.post(reverse(f"cases:{act}", args=[own.pk]), {"name": "Baru"})
    assert answer.headers["Location"].startswith(reverse("login"))
