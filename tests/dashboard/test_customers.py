"""The customer's page, their own data, and erasing them."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from bookings.models import Booking
from cases import surveys
from cases.actions import Refused, add_note
from cases.files import attach
from cases.models import Attachment, Case, CaseEvent, Note
from complaints.actions import set_finding
from complaints.models import Complaint
from dashboard import erasing
from dashboard.personal import personal_zip
from messaging.models import GuardFeedback, Message
from playbooks.models import Remedy
from reviews.actions import Intake, log_review
from shops.exporting import write_shop
from shops.models import AuditEvent, ContactPoint, Order
from tests.factories import make_complaint, make_customer, make_message, make_order

PAGE = 13  # session, user, member, customer, standing, addresses, requests, orders, cases, reviews, bookings, heartbeat
WORDS = "Tas saya sobek, tolong dibantu, saya Rina dari Bekasi"


@pytest.fixture
def rina(shop):
    return make_customer(shop, "Rina Bekasi", email="rina@example.com", wishes={"courier": "Kurir Biru"})


@pytest.fixture
def case(shop, rina, ayu):
    complaint = make_complaint(shop, WORDS, customer=rina, order=make_order(shop, rina, number="A1", total=185_000))
    set_finding(complaint, "customer", "Rina was careless", by=ayu.user)
    add_note(complaint.case, "Rina sounded angry", by=ayu.user)
    attach(complaint.case, SimpleUploadedFile("rina.png", b"\x89PNG\r\n\x1a\n" + b"x" * 20), by=ayu.user)
    return complaint.case


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_page_costs_the_same_at_any_length(shop, rina, ayu, as_, django_assert_max_num_queries, rows):
    for number in range(rows):
        make_complaint(shop, f"rusak {number}", customer=rina, order=make_order(shop, rina))
    client = as_(ayu)
    with django_assert_max_num_queries(PAGE):
        assert client.get(reverse("shops:customer", args=[rina.code])).status_code == 200


def test_page_shows_what_every_room_knows(case, rina, ayu, as_):
    content = as_(ayu).get(reverse("shops:customer", args=[rina.code])).content.decode()
    assert all(text in content for text in ("Tas saya sobek", "A1", "rina@example.com", "Kurir Biru"))


def test_staff_do_not_see_cases_of_others(case, rina, ayu, budi, as_):
    Case.objects.filter(pk=case.pk).update(assignee=ayu)
    assert "Tas saya sobek" not in as_(budi).get(reverse("shops:customer", args=[rina.code])).content.decode()


# --- their own data ---------------------------------------------------------------------------------------------------


def test_own_data_holds_what_was_said_and_the_log_and_files(case, rina):
    archive = zipfile.ZipFile(io.BytesIO(personal_zip(rina)))
    data = json.loads(archive.read("data.json"))
    assert data["messages"][0]["body"] == WORDS
    assert (data["orders"][0]["number"], data["addresses"][0]["address"]) == ("A1", "rina@example.com")
    assert data["log"]
    assert any(name.startswith("files/") for name in archive.namelist())
    assert WORDS in archive.read("data.txt").decode()


def test_own_data_never_shows_the_shops_inner_view(case, rina):
    archive = zipfile.ZipFile(io.BytesIO(personal_zip(rina)))
    text = archive.read("data.json").decode() + archive.read("data.txt").decode()
    assert not [word for word in ("careless", "angry", "blame", "finding", "severity") if word in text]


def test_own_data_holds_the_answers_to_our_surveys_in_words(shop, rina):
    survey = surveys.invite(rina, "experience")
    surveys.record(survey, "trust_1", 4)
    archive = zipfile.ZipFile(io.BytesIO(personal_zip(rina)))
    answer = json.loads(archive.read("data.json"))["surveys"][0]
    assert (answer["question"], answer["answer"]) == (f"My personal data is safe at {shop.name}.", 4)
    assert "My personal data is safe" in archive.read("data.txt").decode()


def test_own_data_is_downloaded_and_audited(rina, ayu, as_):
    response = as_(ayu).get(reverse("shops:customer_export", args=[rina.code]))
    assert response.headers["Content-Type"] == "application/zip"
    assert AuditEvent.objects.filter(code="exported_customer", data__customer=rina.code).exists()


# --- erasing ----------------------------------------------------------------------------------------------------------


def test_preview_says_what_goes_and_what_stays_and_changes_nothing(case, rina, ayu, as_):
    content = as_(ayu).get(reverse("shops:customer_erase", args=[rina.code])).content.decode()
    assert "10 years" in content
    rina.refresh_from_db()
    assert rina.name == "Rina Bekasi"


def test_erasing_takes_identity_words_and_files_and_keeps_amounts_and_dates(case, rina, ayu):
    make_message(rina.shop, case=case, customer=rina, body="Halo Rina", address="rina@example.com")
    file = Attachment.objects.get()
    placed = Order.objects.get().placed_at
    erasing.erase(rina, by=ayu.user)
    everything = [
        *Case.objects.values_list("headline", flat=True),
        *Complaint.objects.values_list("text", flat=True),
        *Message.objects.values_list("body", "address"),
        *(str(event.data) for event in CaseEvent.objects.all()),
    ]
    assert "Rina" not in str(everything)
    assert "rina@" not in str(everything)
    assert [model.objects.count() for model in (Note, Attachment, ContactPoint)] == [0, 0, 0]
    assert not file.file.storage.exists(file.file.name)
    assert Order.objects.values_list("total", "placed_at").get() == (185_000, placed)


def test_erased_customer_is_nowhere_in_the_shops_export(case, rina, ayu):
    make_message(rina.shop, case=case, customer=rina, body="Halo Rina Bekasi", address="rina@example.com")
    log_review(rina.shop, Intake(stars=2, text="Kecewa, saya Rina dari Bekasi", author="Rina Bekasi", customer=rina))
    erasing.erase(rina, by=ayu.user)
    out = io.BytesIO()
    write_shop(rina.shop, out)
    archive = zipfile.ZipFile(out)
    found = {
        name
        for name in archive.namelist()
        for word in (b"Bekasi", b"rina@", b"sobek", b"Rina was")
        if word in archive.read(name)
    }
    assert found == set()


@pytest.mark.parametrize(
    "text", ["Halo kak Rina Bekasi, sabar ya.", "kirim ke rina@example.com", "Sudah dijelaskan kan"]
)
def test_erasing_clears_remarks_on_the_guard_with_their_words(shop, rina, ayu, text):
    make_message(shop, customer=rina, body="Sudah dijelaskan kan kak.")
    line = GuardFeedback.objects.create(shop=shop, by=ayu.user, verdict="missed", text=text)
    other = GuardFeedback.objects.create(shop=shop, by=ayu.user, verdict="missed", text="Halo kak Sari, sabar ya.")
    erasing.erase(rina, by=ayu.user)
    line.refresh_from_db()
    other.refresh_from_db()
    assert (line.text, line.reviewed_at is None) == ("", False)
    assert other.text


def test_erasing_ends_what_is_under_way(case, rina, ayu):
    message = make_message(rina.shop, case=case, customer=rina)
    erasing.erase(rina, by=ayu.user)
    case.refresh_from_db()
    message.refresh_from_db()
    assert (case.state, message.state) == ("withdrawn", "cancelled")
    assert case.token not in str(case.events.all())


def test_old_status_link_is_dead_after_erasing(case, rina, ayu):
    token = case.token
    erasing.erase(rina, by=ayu.user)
    assert Case.objects.get(pk=case.pk).token != token


def test_erasing_twice_changes_nothing(case, rina, ayu):
    first = erasing.erase(rina, by=ayu.user)
    second = erasing.erase(rina, by=ayu.user)
    assert (first.token, first.at) == (second.token, second.at)
    assert AuditEvent.objects.filter(code="erased").count() == 1


def test_erasing_is_refused_while_a_remedy_is_owed(case, rina, ayu):
    Remedy.objects.create(shop=rina.shop, case=case, level="L4", what="refund", state="chosen")
    with pytest.raises(Refused):
        erasing.erase(rina, by=ayu.user)
    rina.refresh_from_db()
    assert rina.name == "Rina Bekasi"


def test_erasing_leaves_other_customers_alone(case, rina, shop, ayu):
    other = make_complaint(shop, "punya orang lain", customer=make_customer(shop, "Sari"))
    erasing.erase(rina, by=ayu.user)
    assert Complaint.objects.get(pk=other.pk).text == "punya orang lain"


def test_erasing_in_the_browser_shows_the_receipt(case, rina, ayu, as_):
    content = as_(ayu).post(reverse("shops:customer_erase", args=[rina.code])).content.decode()
    assert f"Token: {rina.code}" in content
    assert "Rina" not in content.partition('id="receipt"')[2]


def test_command_previews_and_erases_with_yes(case, rina, capsys):
    call_command("erase_customer", rina.code, shop="toko")
    assert "Nothing was changed" in capsys.readouterr().out
    call_command("erase_customer", rina.code, shop="toko", yes=True)
    rina.refresh_from_db()
    assert rina.erased_at
    with pytest.raises(CommandError):
        call_command("erase_customer", "NOBODY", shop="toko")


def test_bookings_stay_countable(rina):
    assert Booking._meta.get_field("customer").remote_field.on_delete.__name__ == "PROTECT"
