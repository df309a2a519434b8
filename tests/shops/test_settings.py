"""The shop's settings, its people, closed days, the switcher."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shops import people
from shops.calendar import calendar_of
from shops.models import AuditEvent, ClosedDay, Invitation, Member, User
from tests.factories import make_member, make_shop

SETTINGS = {
    "name": "Toko Baru", "zone": "Asia/Makassar", "language": "id", "languages": ["id", "en"], "quiet_from": "20:00",
    "quiet_until": "08:00", "staff_limit": "100000", "no_return_value": "75000", "exchange_window_wd": "7",
    "booking_hold_h": "24", "decided_threshold": "0", "open_0": "09:00", "close_0": "16:00",
}  # fmt: skip


def test_settings_are_kept_with_hours_and_audit(shop, ayu, as_):
    response = as_(ayu).post(reverse("shops:settings"), SETTINGS)
    shop.refresh_from_db()
    assert response.status_code == 302
    assert (shop.name, shop.zone, shop.hours["0"], shop.hours["1"]) == (
        *("Toko Baru", "Asia/Makassar"),
        *(["09:00", "16:00"], None),
    )
    assert calendar_of(shop).hours.keys() == {0}
    assert "name" in AuditEvent.objects.get(shop=shop, code="settings").data["changed"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"zone": "Mars/Olympus"},
        {"languages": []},
        {"quiet_from": "23:30"},
        {"quiet_until": "03:00"},
        {"staff_limit": "99999999999"},
        {"staff_limit": "-1"},
        {"exchange_window_wd": "1"},
        {"booking_hold_h": "100"},
        {"decided_threshold": "0.2"},
        {"close_0": ""},
        {"close_0": "08:00"},
        {"open_0": "", "close_0": ""},
    ],
)
def test_settings_out_of_bounds_change_nothing(shop, ayu, as_, wrong):
    response = as_(ayu).post(reverse("shops:settings"), SETTINGS | wrong)
    shop.refresh_from_db()
    assert (response.status_code, shop.name) == (422, "Toko Contoh")
    assert b"Toko Contoh" in response.content


def test_invitation_makes_a_new_person_a_member(shop, ayu, as_, client):
    as_(ayu).post(reverse("shops:invite"), {"role": "staff"})
    client.logout()
    link = reverse("shops:join", args=[Invitation.objects.get(shop=shop).token])
    person = {"username": "Dodi", "full_name": "Dodi", "email": "dodi@example.com", "password": "kopi-susu-hangat"}
    response = client.post(link, person)
    assert response.headers["Location"] == "/"
    assert Member.objects.get(user__username="dodi").role == "staff"
    assert client.get(link).status_code == 410


def test_invitation_makes_a_signed_in_person_a_member(shop, citra, as_):
    link = reverse("shops:join", args=[Invitation.objects.create(shop=shop, role="viewer").token])
    client = as_(citra)
    assert b"signed in as" in client.get(link).content
    client.post(link)
    assert Member.objects.get(shop=shop, user=citra.user).role == "viewer"
    assert client.get(reverse("shops:orders")).wsgi_request.shop == shop


def test_old_invitation_is_over(shop, client):
    old = Invitation.objects.create(shop=shop, created_at=timezone.now() - timedelta(days=8))
    assert client.get(reverse("shops:join", args=[old.token])).status_code == 410


def test_unknown_invitation_is_not_found(client, db):
    assert client.get(reverse("shops:join", args=["x"])).status_code == 404


@pytest.mark.parametrize("wrong", [{"password": "12345"}, {"username": "a b"}, {"email": "x"}, {"username": "AYU"}])
def test_joining_with_bad_facts_makes_nobody(shop, ayu, client, wrong):
    link = reverse("shops:join", args=[Invitation.objects.create(shop=shop).token])
    person = {"username": "dodi", "full_name": "Dodi", "email": "dodi@example.com", "password": "kopi-susu-hangat"}
    assert client.post(link, person | wrong).status_code == 422
    assert User.objects.count() == 1


def test_invitation_is_used_once_even_by_two_at_once(shop, ayu, budi):
    invitation = Invitation.objects.create(shop=shop)
    assert people.accept(invitation, ayu.user)
    assert people.accept(invitation, budi.user) is None


def test_shop_keeps_its_last_owner(shop, ayu, as_):
    client = as_(ayu)
    client.post(reverse("shops:role", args=[ayu.pk]), {"role": "viewer"})
    client.post(reverse("shops:remove", args=[ayu.pk]))
    ayu.refresh_from_db()
    assert ayu.role == "owner"


def test_owner_gives_roles_and_takes_people_out(shop, ayu, budi, as_):
    client = as_(ayu)
    client.post(reverse("shops:role", args=[budi.pk]), {"role": "owner"})
    assert Member.objects.get(pk=budi.pk).role == "owner"
    client.post(reverse("shops:remove", args=[budi.pk]))
    assert not Member.objects.filter(pk=budi.pk).exists()
    assert set(AuditEvent.objects.filter(shop=shop).values_list("code", flat=True)) == {"role", "removed"}


def test_role_that_does_not_exist_is_passed_over(shop, ayu, budi, as_):
    as_(ayu).post(reverse("shops:role", args=[budi.pk]), {"role": "king"})
    assert Member.objects.get(pk=budi.pk).role == "staff"


def test_closed_day_is_kept_once(shop, ayu, as_):
    client, day = as_(ayu), {"day": "2030-01-15", "name": "Ulang tahun toko"}
    assert client.post(reverse("shops:settings_days"), day).status_code == 302
    assert client.post(reverse("shops:settings_days"), day).status_code == 422
    client.post(reverse("shops:day_remove", args=[ClosedDay.objects.get().pk]))
    assert not ClosedDay.objects.exists()


def test_switcher_changes_the_shop_for_members_only(shop, ayu, citra, as_):
    second = make_shop("dua", playbooks=False)
    Member.objects.create(shop=second, user=ayu.user, role="viewer")
    client = as_(ayu)
    client.post(reverse("shops:switch"), {"shop": "dua"})
    assert client.get(reverse("shops:customers")).wsgi_request.shop == second
    assert client.post(reverse("shops:switch"), {"shop": "lain"}).status_code == 404


def test_profile_changes_the_language(shop, budi, as_):
    data = {"first_name": "Budi", "email": "budi@example.com", "language": "id", "digest_hour": "9"}
    as_(budi).post(reverse("shops:settings_profile"), data)
    assert User.objects.get(pk=budi.user_id).language == "id"


def test_audit_trail_shows_who_did_what(shop, ayu, as_):
    client = as_(ayu)
    client.post(reverse("shops:invite"), {"role": "viewer"})
    content = client.get(reverse("shops:settings_audit")).content.decode()
    assert "Invitation made" in content
    assert "ayu" in content.lower()


def test_audit_of_another_shop_stays_there(shop, ayu, citra, as_):
    people.invite(citra.shop, "staff", by=citra.user)
    assert as_(ayu).get(reverse("shops:settings_audit")).context["lines"] == []


@pytest.mark.parametrize("role", ["staff", "viewer"])
def test_nobody_but_owners_changes_settings(shop, as_, role):
    member = make_member(shop, "dodi", role)
    as_(member).post(reverse("shops:settings"), SETTINGS)
    shop.refresh_from_db()
    assert shop.name == "Toko Contoh"
