"""Pages of reviews: who may, what they show first, and that they cost the same at any length."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from reviews import actions, running
from reviews.enums import STAR_WORDS
from reviews.models import EditWindow, ImportRun, Review
from shops.models import Improvement
from tests.reviews.conftest import LATE

READ = ["list", "themes"]
WRITE = ["new", "import", "windows"]


def fill(shop, number, stars=2):
    """Flagged reviews without a case."""
    made = [actions.build(shop, actions.Intake(stars, f"barang rusak {n}"), {}, timezone.now()) for n in range(number)]
    return Review.objects.bulk_create(made)


@pytest.mark.parametrize("number", [1, 3])
def test_review_page_costs_the_same_with_more_history(
    shop, ayu, as_, make_review, late_order, django_assert_max_num_queries, number
):
    for turn in range(number):
        review = make_review(4, f"{LATE} {turn}", order=late_order)
    client = as_(ayu)
    with django_assert_max_num_queries(34):
        assert client.get(reverse("reviews:detail", args=[review.case.code])).status_code == 200


@pytest.mark.parametrize("name", READ)
def test_viewer_may_read(shop, vera, as_, name):
    assert as_(vera).get(reverse(f"reviews:{name}")).status_code == 200


@pytest.mark.parametrize("name", WRITE)
def test_viewer_may_not_write(shop, vera, as_, name):
    assert as_(vera).get(reverse(f"reviews:{name}")).status_code == 403


@pytest.mark.parametrize("name", READ + WRITE)
def test_stranger_is_sent_to_login(client, db, name):
    assert client.get(reverse(f"reviews:{name}")).headers["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("name", ["start", "posted", "aside", "saw"])
def test_outsider_cannot_touch_a_review(make_review, citra, as_, name):
    review = make_review(4, LATE)
    assert as_(citra).post(reverse(f"reviews:{name}", args=[review.pk])).status_code == 404


@pytest.mark.parametrize("name", ["start", "posted", "aside", "saw"])
def test_viewer_cannot_touch_a_review(make_review, vera, as_, name):
    review = make_review(4, LATE)
    assert as_(vera).post(reverse(f"reviews:{name}", args=[review.pk])).status_code == 403


def test_outsider_sees_no_review(make_review, citra, as_):
    review = make_review(4, LATE)
    client = as_(citra)
    assert client.get(reverse("reviews:detail", args=[review.case.code])).status_code == 404
    assert client.get(reverse("reviews:show", args=[review.pk])).status_code == 404
    assert b"telat 3 hari" not in client.get(reverse("reviews:list") + "?show=all").content


def test_staff_do_not_see_a_colleagues_case(make_review, ayu, budi, as_):
    review = make_review(4, LATE)
    review.case.assignee = ayu
    review.case.save(update_fields=["assignee"])
    assert as_(budi).get(reverse("reviews:detail", args=[review.case.code])).status_code == 404


def test_person_comes_first_stars_last(make_review, late_order, ayu, as_):
    """S4-19: the rater matters more than the rating."""
    review = make_review(4, LATE, order=late_order)
    page = as_(ayu).get(reverse("reviews:detail", args=[review.case.code])).content.decode()
    main = page[page.index("<main") :]
    assert main.index("Rina") < main.index("telat 3 hari") < main.index("Good, with a note")


def test_four_stars_are_never_called_negative(make_review, ayu, as_):
    """S4-06, S4-18."""
    review = make_review(4, LATE)
    page = as_(ayu).get(reverse("reviews:detail", args=[review.case.code])).content.decode().lower()
    assert "negative" not in page
    assert STAR_WORDS[4] == "Good, with a note"


def test_form_logs_a_review_and_starts_the_followup(shop, budi, as_):
    answer = as_(budi).post(
        reverse("reviews:new"), {"text": LATE, "stars": "4", "platform": "shopee", "author": "Rina"}
    )
    review = Review.objects.get()
    assert answer.headers["Location"] == reverse("reviews:detail", args=[review.case.code])
    assert review.customer.name == "Rina"


def test_form_without_stars_is_shown_again(shop, budi, as_):
    assert as_(budi).post(reverse("reviews:new"), {"text": "bagus", "platform": "shopee"}).status_code == 422


def test_unknown_order_is_told(shop, budi, as_):
    data = {"text": "bagus", "stars": "5", "platform": "shopee", "order": "999"}
    assert b"no order 999" in as_(budi).post(reverse("reviews:new"), data).content


def test_typing_shows_what_triage_thinks(shop, budi, as_):
    page = as_(budi).post(reverse("reviews:triage"), {"text": LATE, "stars": "4"}).content
    assert b"Needs a follow-up" in page


def test_whole_road_in_the_browser(make_review, ayu, as_):
    review, client = make_review(4, LATE), as_(ayu)
    message = actions.apology_of(review)
    step = message.steps.get()
    client.post(
        reverse("playbooks:write", args=[step.pk]), {"body": message.body, "action": "send", "send_anyway": "on"}
    )
    page = client.get(reverse("reviews:detail", args=[review.case.code])).content
    assert b"I posted it" in page
    client.post(reverse("reviews:posted", args=[review.pk]))
    review.refresh_from_db()
    assert review.replied_at


def test_posting_unread_is_refused_with_words(make_review, ayu, as_):
    review = make_review(4, LATE)
    page = as_(ayu).post(reverse("reviews:posted", args=[review.pk]), follow=True).content
    assert b"First read the reply" in page


def test_followup_can_start_by_hand(shop, budi, as_):
    review = fill(shop, 1)[0]
    as_(budi).post(reverse("reviews:start", args=[review.pk]))
    review.refresh_from_db()
    assert review.case


def test_edit_window_counts_down(make_review, ayu, as_):
    review = make_review(4, LATE)
    page = as_(ayu).get(reverse("reviews:detail", args=[review.case.code])).content
    assert b"can be changed for" in page


def test_edit_windows_are_the_shops_own(shop, ayu, as_, make_review):
    as_(ayu).post(reverse("reviews:windows"), {"tokopedia": "7", "shopee": ""})
    assert list(EditWindow.objects.values_list("platform", "days")) == [("tokopedia", 7)]
    review = make_review(4, LATE, platform="tokopedia")
    assert (review.edit_until - review.posted_at).days == 7


def test_theme_becomes_an_improvement_that_cites_its_reviews(shop, ayu, as_):
    fill(shop, 3)
    as_(ayu).post(reverse("reviews:improve"), {"theme": "product", "title": "Cek dua kali"})
    assert Improvement.objects.get().reviews.count() == 3


@pytest.mark.parametrize("number", [1, 3])
def test_themes_page_costs_the_same(shop, ayu, as_, django_assert_num_queries, number):
    fill(shop, number)
    client = as_(ayu)
    with django_assert_num_queries(8):
        assert client.get(reverse("reviews:themes")).status_code == 200


def test_observation_by_hand(make_review, ayu, as_):
    review = make_review(4, LATE)
    as_(ayu).post(reverse("reviews:saw", args=[review.pk]), {"stars": "5", "text": "sudah oke"})
    review.refresh_from_db()
    assert (review.stars, review.stars_after) == (4, 5)


# --- import -----------------------------------------------------------------------------------------------------------


def upload(client, content=b"kata,angka\nbarang pecah,1\nx,9\n", name="r.csv"):
    return client.post(reverse("reviews:import"), {"source": "shopee", "file": SimpleUploadedFile(name, content)})


def test_upload_shows_columns_and_first_rows(shop, budi, as_):
    client = as_(budi)
    page = client.get(upload(client).headers["Location"]).content
    assert b"barang pecah" in page
    assert b'name="stars"' in page


def test_broken_upload_says_why(shop, budi, as_):
    answer = upload(as_(budi), b"%PDF-1.7", "r.csv")
    assert answer.status_code == 422
    assert b"PDF" in answer.content


def test_import_runs_and_reports(shop, budi, as_):
    client = as_(budi)
    place = upload(client).headers["Location"]
    client.post(place, {"text": "kata", "stars": "angka"})
    run = ImportRun.objects.get()
    assert running.work(run.pk)
    page = client.get(reverse("reviews:import_progress", args=[run.pk])).content
    assert b"2 rows read: 1 added" in page
    assert b"every 1s" not in page
    rejected = b"".join(client.get(reverse("reviews:import_rejected", args=[run.pk])).streaming_content)
    assert b"3,angka" in rejected


def test_waiting_import_is_asked_again(shop, budi, as_):
    client = as_(budi)
    client.post(upload(client).headers["Location"], {"text": "kata", "stars": "angka"})
    page = client.get(reverse("reviews:import_run", args=[ImportRun.objects.get().pk])).content
    assert b"every 1s" in page


def test_one_column_for_two_fields_is_refused(shop, budi, as_):
    client = as_(budi)
    answer = client.post(upload(client).headers["Location"], {"text": "angka", "stars": "angka"})
    assert answer.status_code == 422


def test_outsider_sees_no_import(shop, budi, citra, as_):
    place = upload(as_(budi)).headers["Location"]
    assert as_(citra).get(place).status_code == 404
