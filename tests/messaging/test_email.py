"""A mail's headers and words; the try-out's mailbox; the other channels."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from messaging import mailbox
from messaging.channels import CHANNELS, Rejected, carrier_of, email
from messaging.channels.whatsapp_link import international
from messaging.enums import Carrier
from shops.enums import Channel


def test_headers_identify_and_thread(write, shop, case):
    message = write(subject="Tas biru")
    built = email.build(message)
    headers = built.message()
    assert headers["Message-ID"] == f"<{shop.pk}.{message.pk}@localhost>" == email.message_id(message)
    assert headers["References"] == headers["In-Reply-To"] == f"<case.{case.code}@localhost>"
    assert (headers["Reply-To"], headers["From"]) == ("toko@example.com", "Toko Contoh <shopcare@localhost>")
    assert (headers["Auto-Submitted"], headers["List-Unsubscribe"]) == (None, None)


def test_automatic_mail_says_so(write):
    headers = email.build(write(is_automatic=True)).message()
    assert (headers["Auto-Submitted"], headers["X-Auto-Response-Suppress"]) == ("auto-generated", "All")


def test_mail_the_shop_starts_offers_a_way_out(write):
    headers = email.build(write(is_shop_initiated=True)).message()
    assert headers["List-Unsubscribe"] == "<mailto:toko@example.com?subject=STOP>"


def test_plain_and_html_say_the_same_and_nothing_is_tracked(write):
    built = email.build(write(body="Halo kak,\n\n<b>terima kasih</b>"))
    html = built.alternatives[0].content
    assert built.body == "Halo kak,\n\n<b>terima kasih</b>"
    assert "&lt;b&gt;terima kasih&lt;/b&gt;" in html
    assert not any(word in html for word in ("<img", "http:", "https:", "<script"))


def test_subject_is_one_line_and_never_empty(write):
    assert email.build(write(subject="Tas\r\nBcc: x@example.com")).subject == "Tas Bcc: x@example.com"
    assert email.build(write(subject="")).subject == "Toko Contoh"


def test_address_with_a_line_break_is_refused(write):
    with pytest.raises(Rejected):
        email.send(write(address="rina@example.com\nBcc: all@example.com"))
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("number", "digits"),
    [("0812-3456-7890", "6281234567890"), ("+62 812 3456", "628123456"), ("8123456", "628123456"), ("-", "")],
)
def test_numbers_get_their_country(number, digits):
    assert international(number) == digits


def test_whatsapp_link_holds_the_text(write):
    message = write(carrier=Carrier.WHATSAPP_LINK, address="0812345678", body="Halo kak & terima kasih")
    assert (
        CHANNELS[Carrier.WHATSAPP_LINK].link(message)
        == "https://wa.me/62812345678?text=Halo%20kak%20%26%20terima%20kasih"
    )


@pytest.mark.parametrize(
    ("place", "carrier"),
    [(Channel.EMAIL, "email"), (Channel.WHATSAPP, "whatsapp_link"), (Channel.SHOPEE, "copy"), ("x", "copy")],
)
def test_each_place_has_its_carrier(place, carrier):
    assert carrier_of(place) == carrier


# --- the try-out's mailbox --------------------------------------------------------------------------------------------


@pytest.fixture
def kept(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "messaging.channels.eml.EmlBackend", tmp_path


def test_mailbox_holds_the_shops_own_mails(kept, write, shop, citra):
    email.send(write(subject="Tas biru"))
    mail.EmailMessage("Reset your password", "link", to=["ayu@example.com"]).send()
    [found] = mailbox.mails(shop)
    assert (found.subject, found.to, "Terima kasih" in found.text) == ("Tas biru", "rina@example.com", True)
    assert mailbox.mails(citra.shop) == []


def test_owner_reads_the_mails(kept, write, shop, ayu, as_):
    email.send(write(subject="Tas biru"))
    page = as_(ayu).get(reverse("messaging:mail"))
    assert b"Tas biru" in page.content
    [found] = mailbox.mails(shop)
    assert b"Terima kasih" in as_(ayu).get(reverse("messaging:mail_one", args=[found.name])).content


@pytest.mark.parametrize(("who", "status"), [("budi", 403), ("vera", 403), ("citra", 404)])
def test_nobody_else_reads_them(kept, write, shop, as_, request, who, status):
    email.send(write(subject="Tas biru"))
    [found] = mailbox.mails(shop)
    client = as_(request.getfixturevalue(who))
    assert client.get(reverse("messaging:mail_one", args=[found.name])).status_code == status


@pytest.mark.parametrize("name", ["..%2Fsecret_key", "x.eml", "20261123-030000-000000-shop0-ABC.eml"])
def test_odd_names_are_not_found(kept, ayu, as_, name):
    assert as_(ayu).get(f"/outbox/mail/{name}/").status_code == 404


def test_mailbox_is_closed_where_mails_leave_for_real(ayu, as_):
    assert as_(ayu).get(reverse("messaging:mail")).status_code == 404
