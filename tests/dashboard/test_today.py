"""Today: who sees what, and that it costs the same with one case and with many."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from bookings.actions import Deal, agree
from cases.models import Case, Presence
from complaints.actions import assess
from dashboard.today import board
from messaging import notices
from messaging.models import Message
from reviews.models import Review
from tests.factories import MONDAY, make_complaint, make_customer, make_message


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


TODAY = 12  # session, user, member, seven queries for eight lanes, why, heartbeat


@pytest.mark.parametrize("cases", [1, 3, 50])
def test_today_costs_the_same_at_any_length(shop, ayu, as_, django_assert_num_queries, cases):
    for number in range(cases):
        make_complaint(shop, f"tasnya sobek nomor {number}", customer=make_customer(shop, f"Rina {number}"))
    client = as_(ayu)
    with django_assert_num_queries(TODAY):
        assert client.get(reverse("dashboard:today")).status_code == 200


def test_today_is_all_clear_without_cases(shop, ayu, as_):
    assert b"All clear" in as_(ayu).get(reverse("dashboard:today")).content


def test_lanes_show_four_cards_and_count_them_all(shop, ayu):
    """A booking, a review and a failed message are there too: every lane draws its kind of row."""
    for number in range(6):
        make_complaint(shop, f"tasnya sobek nomor {number}")
    rina = make_customer(shop, email="rina@example.com")
    agree(shop, Deal(customer=rina, item="tas", price=1, channel="email", hold=timedelta(hours=1)), by=ayu.user)
    Review.objects.create(shop=shop, text="kapok", stars=1, needs_followup=True, content_hash="x", posted_at=MONDAY)
    make_message(shop, state="failed")
    shown = {lane.key: (lane.count, len(lane.cards)) for lane in board(ayu, timezone.now() + timedelta(days=9)).lanes}
    assert shown["reply"] == ("6", 4)
    assert [shown[key][0] for key in ("bookings", "reviews", "failures", "blame")] == ["1", "1", "1", "0"]


def test_lanes_with_work_stand_before_the_empty_ones(shop, ayu):
    make_complaint(shop, "tasnya sobek", voice="elsewhere_public")
    make_message(shop, state="failed")
    lanes = board(ayu, MONDAY).lanes
    filled = [lane.key for lane in lanes if lane.cards]
    assert filled == ["failures", "public", "reply"]
    assert [lane.key for lane in lanes[:3]] == filled


def test_stranger_is_sent_to_login(client, db):
    assert client.get(reverse("dashboard:today")).headers["Location"].startswith(reverse("login"))


def test_outsider_sees_nothing_of_the_shop(shop, citra, as_):
    make_complaint(shop, "tasnya sobek")
    assert b"tasnya sobek" not in as_(citra).get(reverse("dashboard:today")).content


# --- the public lane --------------------------------------------------------------------------------------------------


def is_in_public_lane(member):
    return any(lane.cards for lane in board(member, MONDAY).lanes if lane.key == "public")


@pytest.mark.parametrize(("voice", "spreading"), [("elsewhere_public", False), ("to_shop", True)])
def test_what_is_logged_as_public_or_spreading_is_in_the_public_lane(shop, ayu, voice, spreading):
    make_complaint(shop, "tokonya begini terus", voice=voice, spreading=spreading)
    assert is_in_public_lane(ayu)


@pytest.mark.parametrize("seen", [{"voice": "elsewhere_public"}, {"spreading": True}])
def test_the_public_lane_follows_what_staff_correct(shop, ayu, seen):
    complaint = make_complaint(shop, "tokonya begini terus")
    assess(complaint, by=ayu.user, **seen)
    assert is_in_public_lane(ayu)
    assess(complaint, by=ayu.user, voice="to_shop", spreading=False)
    assert not is_in_public_lane(ayu)


# --- what rings on the device -----------------------------------------------------------------------------------------


def rung(member):
    return [alert.title for alert in board(member, MONDAY).alerts]


@pytest.fixture
def loud(shop):
    """A case that spreads, and a message that did not go out."""
    complaint = make_complaint(shop, "tokonya begini terus", voice="elsewhere_public", spreading=True)
    make_message(shop, state="failed", key="f1", attempts=1)
    notices.run(MONDAY)
    return complaint


def test_what_spreads_and_what_failed_rings(loud, ayu):
    assert rung(ayu) == ["Did not go out", "Spreading in public"]


def test_nothing_rings_for_what_the_person_has_seen(loud, ayu, budi):
    Presence.objects.create(case=loud.case, member=ayu)
    notices.mark_read(ayu)
    assert (rung(ayu), rung(budi)) == ([], ["Spreading in public"])


def test_quiet_case_rings_nowhere(shop, ayu):
    make_complaint(shop, "tasnya sobek")
    assert rung(ayu) == []


def test_alert_of_a_reopened_case_and_of_another_try_is_news(loud, ayu):
    before = {alert.key for alert in board(ayu, MONDAY).alerts}
    Case.objects.update(reopened_count=1)
    Message.objects.filter(key="f1").update(attempts=2)
    assert before.isdisjoint(alert.key for alert in board(ayu, MONDAY).alerts)
