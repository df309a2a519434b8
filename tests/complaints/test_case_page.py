"""The case page: it costs the same number of queries however much has happened on the case."""

import pytest
from django.urls import reverse

from cases import actions, events
from cases.models import Attachment
from messaging.notices import questions_to, tell_mentioned
from playbooks.models import TreatmentStep
from shops.models import Member
from tests.factories import make_complaint, make_customer, make_message, make_order, make_user

CASE = 14  # and one more where a note asks who opens it: that the question was read is written down


def fill(shop, case, by, rows):
    """`rows` of everything the page lists, the slow things to show among them."""
    treatment = case.treatments.get()
    for n in range(rows):
        member = Member.objects.create(shop=shop, user=make_user(f"staf{rows}x{n}"), role="staff")
        actions.add_note(case, f"catatan {n} @{member.user.username}", by=member.user)
        message = make_message(shop, case=case, customer=case.customer)
        events.add_event(case, events.MESSAGE_READY, by=by, message=message.pk)
        Attachment.objects.create(shop=shop, case=case, file="x", name=f"{n}.jpg", content_type="image/jpeg", size=1)
        make_complaint(shop, f"tasnya sobek {n}", customer=case.customer)
        TreatmentStep.objects.create(
            shop=shop, treatment=treatment, case=case, position=900 + n, key=f"x{n}", kind="message",
            state="open", actor="staff", title={"en": "x"}, message=message,
        )  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_case_page_costs_the_same_at_any_length(shop, ayu, as_, django_assert_max_num_queries, rows):
    rina = make_customer(shop, email="rina@example.com")
    case = make_complaint(shop, customer=rina, order=make_order(shop, rina)).case
    fill(shop, case, ayu.user, rows)
    client = as_(ayu)
    with django_assert_max_num_queries(CASE) as found:
        assert client.get(reverse("complaints:detail", args=[case.code])).status_code == 200
    assert len(found) == CASE


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_case_page_that_asks_its_reader_costs_one_query_more(shop, ayu, budi, as_, django_assert_num_queries, rows):
    case = make_complaint(shop, customer=make_customer(shop)).case
    for n in range(rows):
        tell_mentioned(actions.add_note(case, f"tolong cek ya @ayu {n}", by=budi.user))
    client, asked = as_(ayu), questions_to(ayu)
    assert asked.exists()
    with django_assert_num_queries(CASE + 1):
        assert client.get(reverse("complaints:detail", args=[case.code])).status_code == 200
    assert not asked.exists()


def test_timeline_shows_the_newest_events_and_all_of_them_when_asked(shop, ayu, as_):
    case = make_complaint(shop).case
    for n in range(12):
        actions.add_note(case, f"catatan ke-{n};", by=ayu.user)
    client, url = as_(ayu), reverse("complaints:detail", args=[case.code])
    newest, whole = (client.get(url + query).content.decode() for query in ("", "?timeline=all"))
    assert [f"ke-{n};" in newest for n in (0, 1, 2, 11)] == [False, False, True, True]
    assert all(f"ke-{n};" in whole for n in range(12))
    assert ['href="?timeline=all' in page for page in (newest, whole)] == [True, False]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Open → Carrying it out · sudah ditelepon"), ("id", "Terbuka → Sedang dijalankan")]
)
def test_timeline_says_from_which_state_to_which(shop, ayu, as_, language, words):
    ayu.user.language = language
    ayu.user.save()
    case = make_complaint(shop).case
    actions.set_state(case, "executing", actor="staff", by=ayu.user, note="sudah ditelepon")
    assert words in as_(ayu).get(reverse("complaints:detail", args=[case.code])).content.decode()
