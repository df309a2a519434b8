"""What the shop changes after a case: the page, and what it says when something is missing."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from cases.actions import set_theme
from playbooks.forms import ImproveForm
from shops.models import Improvement
from tests.factories import make_complaint, make_shop, say_cause


@pytest.fixture
def case(shop):
    return make_complaint(shop, "warnanya lain dari foto kak").case


@pytest.fixture
def change(shop, budi):
    """A change under way for the cause "label tertukar", due on 1 December."""
    other = make_complaint(shop).case
    say_cause(other, by=budi)
    return other.improvements.get()


def page_of(case):
    return reverse("playbooks:improve", args=[case.code])


def test_page_shows_the_words_first_and_the_known_change_chosen(case, change, budi, as_):
    set_theme(case, "product", "label tertukar", by=budi.user)
    shown = as_(budi).get(page_of(case)).content.decode()
    assert "warnanya lain dari foto kak" in shown
    assert f'<option value="{change.pk}" selected>{change.title}</option>' in shown


def test_a_new_change_is_linked_and_the_case_shown_again(case, budi, as_):
    answer = as_(budi).post(page_of(case), {"title": "foto per warna", "due_on": "2026-12-24"}, follow=True)
    made = case.improvements.get()
    assert (made.title, made.due_on, made.owner) == ("foto per warna", date(2026, 12, 24), budi)
    assert answer.redirect_chain == [(f"/complaints/{case.code}/", 302)]
    assert "foto per warna" in as_(budi).get(page_of(case)).content.decode()


def test_joining_a_change_does_not_put_it_off(case, change, budi, as_):
    as_(budi).post(page_of(case), {"existing": change.pk, "due_on": "2027-06-01"})
    assert case.improvements.get().due_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Say what you change."),
        ({"title": "foto per warna"}, "Say by when"),
        ({"title": "foto per warna", "due_on": "besok"}, "Enter a valid date."),
        ({"title": "x" * 200, "due_on": "2026-12-24"}, "at most 160 characters"),
        ({"existing": "999999"}, "not one of the available choices"),
    ],
)
def test_what_is_missing_is_said_and_the_words_are_kept(case, budi, as_, sent, said):
    with translation.override("en"):
        answer = as_(budi).post(page_of(case), sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert sent.get("title", "") in shown
    assert not Improvement.objects.exists()


def test_a_change_of_another_shop_cannot_be_joined(case, budi, as_):
    strange = Improvement.objects.create(shop=make_shop("lain"), title="rahasia", due_on=date(2026, 12, 1))
    client = as_(budi)
    assert "rahasia" not in client.get(page_of(case)).content.decode()
    assert client.post(page_of(case), {"existing": strange.pk}).status_code == 422
    assert not case.improvements.exists()


@pytest.mark.parametrize(("who", "status"), [("citra", 404), ("vera", 403), ("budi", 200), ("ayu", 200)])
def test_outsiders_find_nothing_and_viewers_may_not_change(case, request, as_, who, status):
    assert as_(request.getfixturevalue(who)).get(page_of(case)).status_code == status


def test_done_changes_are_not_offered_again(case, change, budi, as_):
    Improvement.objects.update(done_at=timezone.now())
    assert change.title not in as_(budi).get(page_of(case)).content.decode()


def test_date_of_a_change_is_filled_in_whatever_the_language(shop):
    """A browser leaves a date field empty that it cannot read."""
    with translation.override("id"):
        assert 'value="2026-12-06"' in str(ImproveForm(shop, initial={"due_on": date(2026, 12, 6)})["due_on"])
