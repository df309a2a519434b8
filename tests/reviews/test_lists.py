"""The reviews list: constant cost, filters, search, sorts, files, and setting many aside with undo."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews import actions
from reviews.models import Review
from tests.reviews.conftest import LATE

LIST = 6  # session, user, member, rows, saved views, heartbeat


def fill(shop, number, stars=2):
    """Flagged reviews without a case."""
    made = [actions.build(shop, actions.Intake(stars, f"barang rusak {n}"), {}, timezone.now()) for n in range(number)]
    return Review.objects.bulk_create(made)


def shown(client, **params):
    """The words of the rows, in order."""
    return [row.review.text for row in client.get(reverse("reviews:list"), params).context["rows"]]


@pytest.mark.parametrize("number", [1, 3, 50])
def test_list_costs_the_same_at_any_length(shop, ayu, as_, django_assert_num_queries, number):
    fill(shop, number)
    client = as_(ayu)
    with django_assert_num_queries(LIST):
        assert client.get(reverse("reviews:list")).status_code == 200


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("q=rusak 1", 1),
        ("q=usak BARANG", 2),
        ("q=x", 2),
        ("theme=product", 2),
        ("stars=5", 0),
        ("urgency=z", 2),
    ],
)
def test_list_filters_and_searches(shop, ayu, as_, query, count):
    fill(shop, 2)
    assert len(as_(ayu).get(reverse("reviews:list") + "?" + query).context["rows"]) == count


@pytest.fixture
def three(shop):
    """A: newest. B: fewest stars. C: urgent, oldest."""
    made = fill(shop, 3)
    for review, name, days, stars, urgency in zip(
        made, "ABC", (1, 2, 3), (3, 1, 2), ("normal", "normal", "urgent"), strict=True
    ):
        review.text, review.stars, review.urgency = name, stars, urgency
        review.posted_at = timezone.now() - timedelta(days=days)
        review.save()


@pytest.mark.parametrize(
    ("sort", "order"), [("", "CBA"), ("urgent", "CBA"), ("newest", "ABC"), ("stars", "BCA"), ("nonsense", "CBA")]
)
def test_list_is_sorted_as_asked(three, ayu, as_, sort, order):
    assert "".join(shown(as_(ayu), sort=sort)) == order


@pytest.mark.parametrize("query", ["at=garbage", "sort=%00", "q=%00%00", "stars=x&show=x", "format=pdf", "product=%00"])
def test_list_bears_a_mangled_link(shop, ayu, as_, query):
    fill(shop, 1)
    assert as_(ayu).get(reverse("reviews:list") + "?" + query).status_code == 200


def test_htmx_gets_only_the_rows(shop, ayu, as_):
    page = as_(ayu).get(reverse("reviews:list"), headers={"HX-Request": "true"}).content
    assert b"<html" not in page


def test_exported_cells_never_start_a_formula(shop, ayu, as_):
    Review.objects.bulk_create(
        [actions.build(shop, actions.Intake(1, "=1+1 rusak pecah", author="@evil"), {}, timezone.now())]
    )
    text = b"".join(as_(ayu).get(reverse("reviews:list") + "?show=all&format=csv").streaming_content).decode()
    assert "'=1+1" in text
    assert "'@evil" in text


def test_export_is_what_is_shown_in_its_order(three, ayu, as_):
    body = b"".join(as_(ayu).get(reverse("reviews:list") + "?sort=stars&format=csv").streaming_content).decode()
    assert [line.split(",")[6] for line in body.splitlines()[1:]] == ["B", "C", "A"]


def test_export_as_excel_opens(three, vera, as_):
    assert b"".join(as_(vera).get(reverse("reviews:list") + "?format=xlsx").streaming_content).startswith(b"PK")


# --- many at once -----------------------------------------------------------------------------------------------------


def test_bulk_sets_aside_with_one_reason(shop, budi, as_):
    ids = [review.pk for review in fill(shop, 3)]
    as_(budi).post(reverse("reviews:bulk"), {"pk": ids, "reason": "duplicate"})
    assert Review.objects.filter(no_follow_up="duplicate").count() == 3


@pytest.mark.parametrize("data", [{"reason": "because"}, {"reason": "duplicate", "pk": ["x", "9" * 30]}])
def test_bad_bulk_changes_nothing(shop, budi, as_, data):
    ids = [review.pk for review in fill(shop, 2)]
    as_(budi).post(reverse("reviews:bulk"), {"pk": ids, **data})
    assert Review.objects.exclude(no_follow_up="").count() == 0


def test_bulk_of_another_shop_changes_nothing(shop, citra, as_):
    ids = [review.pk for review in fill(shop, 2)]
    as_(citra).post(reverse("reviews:bulk"), {"pk": ids, "reason": "duplicate"})
    assert Review.objects.exclude(no_follow_up="").count() == 0


def test_undo_puts_them_back_but_not_what_changed_since(shop, budi, as_):
    client, ids = as_(budi), [review.pk for review in fill(shop, 3)]
    client.post(reverse("reviews:bulk"), {"pk": ids, "reason": "duplicate"})
    Review.objects.filter(pk=ids[0]).update(no_follow_up="handled")
    assert reverse("reviews:bulk_undo") in client.get(reverse("reviews:list")).content.decode()
    client.post(reverse("reviews:bulk_undo"))
    assert list(Review.objects.order_by("pk").values_list("no_follow_up", flat=True)) == ["handled", "", ""]


def test_undo_leaves_alone_what_was_set_aside_before(shop, budi, as_):
    client, (first, second) = as_(budi), [review.pk for review in fill(shop, 2)]
    Review.objects.filter(pk=first).update(no_follow_up="duplicate")
    client.post(reverse("reviews:bulk"), {"pk": [first, second], "reason": "duplicate"})
    client.post(reverse("reviews:bulk_undo"))
    assert list(Review.objects.order_by("pk").values_list("no_follow_up", flat=True)) == ["duplicate", ""]


def test_undo_starts_a_stopped_followup_anew(make_review, budi, as_):
    review, client = make_review(4, LATE), as_(budi)
    client.post(reverse("reviews:bulk"), {"pk": [review.pk], "reason": "duplicate"})
    client.post(reverse("reviews:bulk_undo"))
    review.refresh_from_db()
    assert review.waits
    assert not review.case.is_ended


@pytest.mark.parametrize("name", ["bulk", "bulk_undo"])
def test_viewer_may_not_act(shop, vera, as_, name):
    assert as_(vera).post(reverse(f"reviews:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["bulk", "bulk_undo"])
def test_stranger_is_sent_to_login(client, db, name):
    assert client.post(reverse(f"reviews:{name}")).headers["Location"].startswith(reverse("login"))
