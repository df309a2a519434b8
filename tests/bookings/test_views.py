"""Pages of bookings: who may, what they show, and that lists cost the same at any length."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings import actions, waiting
from bookings.models import Booking
from tests.factories import make_customer

HOUR = timedelta(hours=1)
FIELDS = {"item": "tas biru", "price": "185rb", "customer": "Rina", "channel": "whatsapp", "address": "0812 3456 7890"}
ALL = {**FIELDS, "quantity": "1", "hold": "24", "intake_key": "k1"}


def url(name, booking, **kwargs):
    return reverse(f"bookings:{name}", args=[booking.case.code])


def make(shop, ayu, name="Rina"):
    deal = actions.Deal(
        customer=make_customer(shop, name, email=f"{name}@example.org"), item="tas", price=1, channel="email"
    )
    return actions.agree(shop, deal, by=ayu.user)


# --- the board --------------------------------------------------------------------------------------------------------


def test_viewer_sees_the_board_without_buttons(booking, vera, as_):
    page = as_(vera).get(reverse("bookings:list")).content.decode()
    assert "tas biru" in page
    assert url("paid", booking) not in page


def test_outsider_sees_nothing_of_the_shop(booking, citra, as_):
    assert b"tas biru" not in as_(citra).get(reverse("bookings:list")).content


@pytest.mark.parametrize("name", ["list", "new", "waiting", "funnel"])
def test_stranger_is_sent_to_login(client, db, name):
    assert client.get(reverse(f"bookings:{name}")).headers["Location"].startswith(reverse("login"))


# --- agreeing ---------------------------------------------------------------------------------------------------------


def test_new_asks_five_fields_and_leads_to_the_plan(shop, budi, as_):
    assert len(FIELDS) == 5
    answer = as_(budi).post(reverse("bookings:new"), ALL)
    booking = Booking.objects.get()
    assert answer.headers["Location"] == url("plan", booking)
    assert (booking.item, booking.price, booking.hold) == ("tas biru", 185_000, 24 * HOUR)


def test_new_sent_twice_stores_one(shop, ayu, as_):
    client = as_(ayu)
    for _again in range(2):
        client.post(reverse("bookings:new"), ALL)
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("price", "murah"), ("hold", "5"), ("hold", "73"), ("address", "12"), ("item", "")]
)
def test_new_invalid_stores_nothing(shop, ayu, as_, field, value):
    assert as_(ayu).post(reverse("bookings:new"), {**ALL, field: value}).status_code == 422
    assert Booking.objects.count() == 0


def test_new_reads_a_pasted_chat(shop, ayu, as_):
    chat = "Rina: kak keep tas biru ya, 185rb kan?"
    page = as_(ayu).post(reverse("bookings:new"), {"action": "read", "chat": chat}).content.decode()
    assert 'value="tas biru"' in page
    assert 'value="185.000"' in page
    assert 'value="Rina"' in page


@pytest.mark.parametrize("name", ["paid", "extend", "cancelled", "resold", "reply", "plan"])
def test_viewer_may_not_write(booking, vera, as_, name):
    assert as_(vera).post(url(name, booking)).status_code == 403


@pytest.mark.parametrize("name", ["detail", "plan", "paid", "extend", "cancelled", "reply"])
def test_outsider_gets_404(booking, citra, as_, name):
    client = as_(citra)
    send = client.get if name == "detail" else client.post
    assert send(url(name, booking)).status_code == 404


@pytest.mark.parametrize("name", ["paid", "extend", "cancelled", "resold", "reply"])
def test_changes_are_by_post_only(booking, ayu, as_, name):
    assert as_(ayu).get(url(name, booking)).status_code == 405


def test_plan_shows_the_limit_with_zone_letters_and_four_texts(booking, budi, as_):
    page = as_(budi).get(url("plan", booking)).content.decode()
    assert "Wednesday, 4 February at 17:00 WIB" in page
    assert page.count("<textarea") == 4


def test_plan_schedules_everything_with_one_tap(shop, ayu, budi, as_):
    booking = make(shop, ayu)
    assert as_(budi).post(url("plan", booking)).headers["Location"] == url("detail", booking)
    assert not booking.case.messages.filter(state="draft").exists()
    assert set(booking.case.messages.values_list("approved_by", flat=True)) == {budi.user.pk}


def test_plan_keeps_a_rude_text_back(shop, ayu, as_):
    booking = make(shop, ayu)
    reminder = booking.case.messages.get(purpose="booking_reminder")
    answer = as_(ayu).post(url("plan", booking), {f"body-{reminder.pk}": "Jadi bayar ga sih? Jangan PHP dong."})
    assert answer.status_code == 422
    assert booking.case.messages.filter(state="draft").count() == 4


# --- the booking ------------------------------------------------------------------------------------------------------


def test_detail_works_for_everybody_in_the_shop(booking, budi, vera, as_):
    for member in (budi, vera):
        assert b"tas biru" in as_(member).get(url("detail", booking)).content


@pytest.mark.parametrize(("name", "outcome"), [("paid", "paid"), ("cancelled", "cancelled"), ("extend", "open")])
def test_one_tap_answers(booking, budi, as_, name, outcome):
    assert as_(budi).post(url(name, booking)).status_code == 302
    booking.refresh_from_db()
    assert booking.outcome == outcome


def test_reply_is_noted(booking, budi, as_):
    as_(budi).post(url("reply", booking), {"text": "maaf kak, ada musibah"})
    assert b"ada musibah" in as_(budi).get(url("detail", booking)).content


def test_refusal_is_shown_on_the_page(booking, budi, as_):
    actions.cancelled(booking, by=budi.user)
    page = as_(budi).post(url("paid", booking), follow=True).content
    assert b"This booking has ended" in page


def test_private_counter_is_hidden_from_viewers(shop, rina, ayu, vera, booking, as_):
    from tests.bookings.test_queries import released

    for number in range(3):
        released(shop, rina, ayu, days=number + 1)
    assert b"only your shop sees this" in as_(ayu).get(url("detail", booking)).content
    assert b"only your shop sees this" not in as_(vera).get(url("detail", booking)).content


def test_third_release_brings_the_neutral_hint(shop, rina, ayu, as_):
    from tests.bookings.test_queries import released

    for number in range(3):
        released(shop, rina, ayu, days=number + 1)
    page = as_(ayu).get(reverse("bookings:new") + "?customer=Rina").content
    assert b"Send the pay link first" in page


# --- waiting list and funnel ------------------------------------------------------------------------------------------


def test_waiting_list_takes_somebody_and_lets_them_go(shop, budi, as_):
    client = as_(budi)
    client.post(reverse("bookings:waiting"), {**FIELDS, "address": "sari@example.org", "customer": "Sari"})
    entry = shop.waiting.get()
    assert b"Sari" in client.get(reverse("bookings:waiting")).content
    client.post(reverse("bookings:leave", args=[entry.pk]))
    entry.refresh_from_db()
    assert entry.gone_at is not None


def test_waiting_list_is_read_only_for_viewers_and_closed_to_outsiders(shop, ayu, vera, citra, as_):
    entry = waiting.join(shop, make_customer(shop, email="x@example.org"), "tas", "email", by=ayu)
    assert as_(vera).post(reverse("bookings:waiting"), FIELDS).status_code == 403
    assert as_(citra).post(reverse("bookings:leave", args=[entry.pk])).status_code == 404
    assert as_(citra).get(reverse("bookings:new") + f"?waiting={entry.pk}").status_code == 404


def test_waiting_person_s_booking_is_filled_in(shop, ayu, as_):
    entry = waiting.join(shop, make_customer(shop, "Sari", email="sari@example.org"), "tas", "email", by=ayu)
    page = as_(ayu).get(reverse("bookings:new") + f"?waiting={entry.pk}").content
    assert b"sari@example.org" in page


def test_funnel_shows_counts_and_not_percentages_of_few(booking, ayu, as_):
    page = as_(ayu).get(reverse("bookings:funnel")).content
    assert b"Not enough data yet" in page
