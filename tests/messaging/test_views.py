"""The outbox's pages: who may see and do what, and what they cost."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from messaging import heartbeat, notices
from messaging.enums import Carrier
from messaging.models import Message, StaffNotice
from shops.models import Customer
from tests.factories import MONDAY, make_customer, make_message

OUTBOX = 6  # session, user, member, the page, how punctual, heartbeat
NOTICES = 5  # session, user, member, notices, heartbeat


def url(name, *args):
    return reverse(f"messaging:{name}", args=args)


# --- the list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_outbox_costs_the_same_at_any_length(shop, ayu, as_, django_assert_num_queries, rows):
    for number in range(rows):
        make_message(shop, customer=make_customer(shop, f"Rina {number}"))
    client = as_(ayu)
    with django_assert_num_queries(OUTBOX):
        assert client.get(url("outbox")).status_code == 200


def test_outbox_filters_by_state(shop, ayu, as_):
    make_message(shop, state="failed", body="yang gagal")
    make_message(shop, state="draft", body="yang belum")
    page = as_(ayu).get(url("outbox"), {"state": "failed"}).content.decode()
    assert ("yang gagal" in page, "yang belum" in page) == (True, False)


def test_outbox_says_why_a_message_waits(shop, ayu, as_):
    until = timezone.now() + timezone.timedelta(days=1)
    make_message(shop, state="waiting", waiting_for="quiet_hours", next_try_at=until)
    assert "It is night or a day of rest where the customer lives." in as_(ayu).get(url("outbox")).content.decode()


def test_outbox_shows_how_punctual_it_was(shop, ayu, as_):
    now = timezone.now()
    for lag in (10, 20, 300):
        sent = now - timezone.timedelta(hours=1)
        make_message(shop, state="sent", due_at=sent - timezone.timedelta(seconds=lag), sent_at=sent)
    page = as_(ayu).get(url("outbox")).content.decode()
    assert "3 messages left by themselves in the last 24 hours, half of them within 20 s" in page


def test_night_is_no_lag(shop):
    from messaging.queries import punctuality

    now = timezone.now()
    hour = timezone.timedelta(hours=1)
    make_message(shop, state="sent", due_at=now - 9 * hour, held_until=now - hour, sent_at=now - hour)
    assert punctuality(shop, now).median == 0


def test_outbox_warns_while_the_worker_is_away(shop, ayu, as_):
    heartbeat.beat(timezone.now() - timezone.timedelta(minutes=4), {})
    assert "The reminder worker does not run" in as_(ayu).get(url("outbox")).content.decode()
    heartbeat.beat(timezone.now(), {})
    assert "The reminder worker does not run" not in as_(ayu).get(url("outbox")).content.decode()


def test_outbox_keeps_shops_apart(shop, citra, as_):
    make_message(shop, body="rahasia toko")
    assert b"rahasia toko" not in as_(citra).get(url("outbox")).content


def test_staff_do_not_see_messages_of_their_colleagues_cases(write, case, budi, ayu, as_):
    type(case).objects.filter(pk=case.pk).update(assignee=ayu)
    message = write()
    assert as_(budi).get(url("show", message.pk)).status_code == 404
    assert as_(ayu).get(url("show", message.pk)).status_code == 200


def test_stranger_is_sent_to_login(client, db):
    assert client.get(url("outbox")).headers["Location"].startswith(reverse("login"))


# --- one message ------------------------------------------------------------------------------------------------------

VERBS = ["mark_sent", "unmark", "undo", "retry", "cancel", "came_back"]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("who", "status"), [("vera", 403), ("citra", 404)])
def test_who_may_not_touch_a_message(write, as_, request, verb, who, status):
    client, message = as_(request.getfixturevalue(who)), write(state="unconfirmed")
    assert client.post(url(verb, message.pk)).status_code == status
    message.refresh_from_db()
    assert message.state == "unconfirmed"


@pytest.mark.parametrize("verb", VERBS)
def test_verbs_need_a_post(write, ayu, as_, verb):
    assert as_(ayu).get(url(verb, write().pk)).status_code == 405


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [
        ("mark_sent", "unconfirmed", "marked_sent"),
        ("unmark", "marked_sent", "unconfirmed"),
        ("undo", "ready", "draft"),
        ("retry", "failed", "ready"),
        ("cancel", "waiting", "cancelled"),
        ("came_back", "sent", "failed"),
    ],
)
def test_verbs_do_what_they_say(write, budi, as_, verb, before, after):
    message = write(state=before)
    assert as_(budi).post(url(verb, message.pk), follow=True).status_code == 200
    message.refresh_from_db()
    assert message.state == after


@pytest.mark.parametrize("verb", VERBS)
def test_verb_that_comes_too_late_is_refused_in_words(write, budi, as_, verb):
    message = write(state="expired")
    page = as_(budi).post(url(verb, message.pk), follow=True).content.decode()
    message.refresh_from_db()
    assert message.state == "expired"
    assert "note-error" in page


def test_button_leads_back_to_where_it_stood(write, budi, as_):
    client, place = as_(budi), reverse("dashboard:today")
    assert client.post(url("undo", write().pk), {"next": place}).headers["Location"] == place
    message = write()
    answer = client.post(url("undo", message.pk), {"next": "https://evil.example/"})
    assert answer.headers["Location"] == url("show", message.pk)


def test_whatsapp_message_offers_its_link_and_mark_at_once(write, budi, as_):
    message = write(carrier=Carrier.WHATSAPP_LINK, address="628123456789", body="Halo kak", due_at=timezone.now())
    page = as_(budi).get(url("show", message.pk)).content.decode()
    assert "https://wa.me/628123456789?text=Halo%20kak" in page
    assert url("mark_sent", message.pk) in page


def test_link_is_not_offered_while_something_speaks_against_it(write, budi, as_, rina):
    now = timezone.now()
    message = write(
        carrier=Carrier.WHATSAPP_LINK, state="waiting", waiting_for="hand", is_shop_initiated=True, due_at=now
    )
    Customer.objects.filter(pk=rina.pk).update(no_reminders=True)
    page = as_(budi).get(url("show", message.pk)).content.decode()
    assert "Reminders to this customer were stopped." in page
    assert "https://wa.me/" not in page


def test_viewer_sees_the_words_and_no_button(write, vera, as_):
    message = write(state="failed", last_error="550 no such mailbox")
    page = as_(vera).get(url("show", message.pk)).content.decode()
    assert "550 no such mailbox" in page
    assert url("retry", message.pk) not in page


# --- stopping everything ----------------------------------------------------------------------------------------------


def test_one_tap_stops_all_reminders(write, rina, budi, as_):
    waiting, answer = write(is_shop_initiated=True), write()
    as_(budi).post(url("stop", rina.code))
    rina.refresh_from_db()
    assert rina.no_reminders
    assert [Message.objects.get(pk=m.pk).state for m in (waiting, answer)] == ["cancelled", "ready"]


@pytest.mark.parametrize(("who", "status"), [("vera", 403), ("citra", 404)])
def test_who_may_not_stop_them(rina, as_, request, who, status):
    assert as_(request.getfixturevalue(who)).post(url("stop", rina.code)).status_code == status


# --- notices ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_notices_cost_the_same_at_any_length(shop, ayu, case, as_, django_assert_num_queries, rows):
    StaffNotice.objects.bulk_create(
        StaffNotice(shop=shop, case=case, code=notices.REPLY_LATE, key=f"k{n}", at=MONDAY) for n in range(rows)
    )
    client = as_(ayu)
    with django_assert_num_queries(NOTICES):
        assert client.get(url("notices")).status_code == 200


def test_failed_message_shows_up_and_can_be_read(write, ayu, as_):
    message = write(state="failed", last_error="550 no such mailbox")
    notices.run(MONDAY)
    client = as_(ayu)
    page = client.get(url("notices")).content.decode()
    assert "550 no such mailbox" in page
    assert url("show", message.pk) in page
    client.post(url("notices_read"))
    assert notices.mine(ayu).count() == 0


def test_outsider_sees_no_notice(write, citra, as_):
    write(state="failed", last_error="550 no such mailbox")
    notices.run(MONDAY)
    assert b"550 no such mailbox" not in as_(citra).get(url("notices")).content


def test_case_page_shows_where_each_message_is(write, case, budi, as_):
    from messaging import outbox

    message = write(state="failed", last_error="")
    outbox.retry(message, by=budi.user)
    outbox.deliver_due(message.due_at)
    page = as_(budi).get(reverse("complaints:detail", args=[case.code])).content.decode()
    assert "The mail server took it" in page or "It goes" in page
    assert url("show", message.pk) in page
