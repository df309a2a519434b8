"""First run, samples, the demo shop."""

import io
import zipfile

import pytest
from django.core.management import call_command
from django.urls import reverse

from bookings.models import Booking
from cases.models import Case
from complaints.models import Complaint
from dashboard.samples import add_samples, has_samples, remove_samples
from playbooks.models import Playbook
from reviews.models import Review
from shops.models import AuditEvent, Customer, Member, Order, Shop
from tests.factories import make_customer, make_member, make_shop, make_user

ANSWERS = {
    "name": "Toko Kopi", "channels": ["whatsapp", "shopee"], "email": "kopi@example.com", "zone": "Asia/Jayapura",
    "open_0": "09:00", "close_0": "15:00",
}  # fmt: skip


@pytest.fixture
def newcomer(client, db):
    client.force_login(make_user("dodi"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_somebody_without_a_shop_is_asked(newcomer):
    assert newcomer.get("/").headers["Location"] == reverse("shops:setup")
    assert newcomer.get(reverse("shops:setup")).status_code == 200


def test_answers_make_a_shop_with_playbooks_and_owner(newcomer):
    newcomer.post(reverse("shops:setup"), ANSWERS)
    shop = Shop.objects.get()
    assert (shop.name, shop.slug, shop.zone, shop.channels) == (
        *("Toko Kopi", "toko-kopi", "Asia/Jayapura"),
        ["whatsapp", "shopee"],
    )
    assert (shop.hours["0"], shop.hours["6"]) == (["09:00", "15:00"], None)
    assert shop.members.get().is_owner
    assert Playbook.objects.filter(shop=shop, code="P00").exists()
    assert newcomer.get("/").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"channels": []}, {"zone": "x"}, {"close_0": "08:00"}, {"open_0": "", "close_0": ""}]
)
def test_bad_answers_make_no_shop(newcomer, wrong):
    assert newcomer.post(reverse("shops:setup"), ANSWERS | wrong).status_code == 422
    assert not Shop.objects.exists()


def test_samples_are_added_if_wanted(newcomer):
    newcomer.post(reverse("shops:setup"), ANSWERS | {"samples": "on"})
    assert has_samples(Shop.objects.get())


def test_shop_made_by_an_administrator_is_set_up_by_its_owner(as_, db):
    shop = make_shop("baru", playbooks=False, set_up_at=None)
    client = as_(make_member(shop, "dodi", "owner"))
    assert client.get("/").headers["Location"] == reverse("shops:setup")
    client.post(reverse("shops:setup"), ANSWERS)
    shop.refresh_from_db()
    assert (shop.name, shop.slug, bool(shop.set_up_at), Shop.objects.count()) == ("Toko Kopi", "baru", True, 1)


def test_staff_cannot_set_up(as_, db):
    shop = make_shop("baru", playbooks=False, set_up_at=None)
    assert as_(make_member(shop, "dodi", "staff")).get(reverse("shops:setup")).status_code == 403


def test_set_up_shop_is_not_asked_again(shop, ayu, as_):
    assert as_(ayu).get(reverse("shops:setup")).headers["Location"] == "/"


def test_second_shop_of_an_owner_gets_its_own_slug(shop, ayu, as_):
    client = as_(ayu)
    client.post(reverse("shops:shop_new"), ANSWERS | {"name": "toko"})
    second = Shop.objects.exclude(pk=shop.pk).get()
    assert second.slug.startswith("toko-")
    assert client.get(reverse("shops:customers")).wsgi_request.shop == second


def test_demo_is_believable_and_made_once(db, capsys):
    call_command("demo")
    before = (Case.objects.count(), Order.objects.count(), Customer.objects.count(), Member.objects.count())
    call_command("demo")
    assert (Case.objects.count(), Order.objects.count(), Customer.objects.count(), Member.objects.count()) == before
    assert before[0] >= 25
    assert before[1] >= 60
    assert before[2:] == (18, 3)
    assert Review.objects.filter(needs_followup=True).exists()
    assert Booking.objects.filter(outcome="open").exists()
    assert set(Complaint.objects.values_list("blame", flat=True)) == {"self", "shop", "unclear"}
    assert "ayu (owner)" in capsys.readouterr().out


def test_demo_leaves_a_shop_that_is_there_alone(shop):
    call_command("demo", if_empty=True)
    assert Shop.objects.get() == shop


def test_samples_are_erased_without_a_trace_and_nothing_else_is(shop, ayu, as_):
    own = make_customer(shop, "Rina")
    add_samples(shop, by=ayu.user)
    as_(ayu).post(reverse("shops:samples"), {"do": "remove"})
    assert not Case.objects.exists()
    assert not Order.objects.exists()
    assert list(Customer.objects.all()) == [own]
    assert AuditEvent.objects.filter(code="samples_removed").exists()
    assert remove_samples(shop) == 0


def test_whole_shop_is_downloaded(shop, ayu, as_):
    response = as_(ayu).post(reverse("shops:export"))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert "tables/shops.customer.csv" in archive.namelist()
