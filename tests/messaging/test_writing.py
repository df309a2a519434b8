"""A free answer: checked, stored once, taken back within ten seconds."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from messaging import outbox
from messaging.models import Message, MessageTemplate
from tests.factories import make_shop

KIND = "Halo kak Rina, terima kasih sudah mengabari kami. Kami cek hari ini, ya."
RUDE = "Kakak salah ketik sendiri, makanya baca dulu."
KEY = "6a1e1f9e-3c0f-4a53-9a64-0f1f6d7a3b11"


@pytest.fixture
def form(case):
    return reverse("messaging:write", args=[case.code])


def post(client, form, body=KIND, **fields):
    return client.post(form, {"key": KEY, "body": body, "send_anyway": "on", **fields})


def test_form_carries_a_key_of_its_own(budi, as_, form):
    client = as_(budi)
    keys = [re.search(r'name="key" value="([0-9a-f-]{36})"', client.get(form).content.decode())[1] for _ in range(2)]
    assert keys[0] != keys[1]


def test_answer_is_ready_in_ten_seconds(budi, as_, form, case):
    assert post(as_(budi), form).status_code == 302
    message = Message.objects.get(case=case, direction="out")
    assert (message.state, message.address, message.approved_by) == ("ready", "rina@example.com", budi.user)
    assert 9 < (message.next_try_at - message.created_at).total_seconds() < 12


def test_double_submit_stores_once_and_says_nothing_alarming(budi, as_, form, case):
    client = as_(budi)
    assert [post(client, form).status_code for _ in range(2)] == [302, 302]
    assert Message.objects.filter(case=case, direction="out").count() == 1


def test_toast_can_take_it_back(budi, as_, form, case):
    client = as_(budi)
    shown = client.post(form, {"key": KEY, "body": KIND, "send_anyway": "on"}, follow=True).content.decode()
    message = Message.objects.get(case=case, direction="out")
    undo = reverse("messaging:undo", args=[message.pk])
    assert undo in shown
    client.post(undo)
    message.refresh_from_db()
    assert message.state == "draft"
    assert not outbox.deliver_due(message.due_at + outbox.STUCK_AFTER)["sent"]


def test_guard_holds_an_unkind_text_back_and_keeps_it_as_a_draft(budi, as_, form, case):
    answer = post(as_(budi), form, RUDE)
    assert answer.status_code == 422
    assert Message.objects.get(case=case, direction="out").state == "draft"
    assert post(as_(budi), form).status_code == 302  # mended, under the same key
    assert Message.objects.get(case=case, direction="out").body == KIND


def test_draft_can_be_kept_edited_and_sent(budi, as_, form, case):
    client = as_(budi)
    post(client, form, action="keep")
    message = Message.objects.get(case=case, direction="out")
    edit = reverse("messaging:edit", args=[message.pk])
    assert KIND in client.get(edit).content.decode()
    client.post(edit, {"body": KIND + " Salam", "send_anyway": "on", "action": "send"})
    message.refresh_from_db()
    assert (message.state, message.body) == ("ready", KIND + " Salam")


def test_only_drafts_are_edited(write, budi, as_):
    message = write()
    answer = as_(budi).get(reverse("messaging:edit", args=[message.pk]), follow=True)
    assert "Only drafts can be changed." in answer.content.decode()


def test_empty_answer_is_refused(budi, as_, form, case):
    assert post(as_(budi), form, "").status_code == 422
    assert not Message.objects.filter(case=case, direction="out").exists()


@pytest.mark.parametrize(("who", "status"), [("vera", 403), ("citra", 404)])
def test_who_may_not_write(as_, form, request, who, status):
    assert post(as_(request.getfixturevalue(who)), form).status_code == status


def test_answer_by_whatsapp_goes_to_the_page_with_the_link(budi, as_, form, case, rina):
    type(case).objects.filter(pk=case.pk).update(channel="whatsapp")
    answer = as_(budi).post(form, {"key": KEY, "body": KIND, "send_anyway": "on"}, follow=True)
    assert "https://wa.me/6281234567890" in answer.content.decode()


def test_saved_reply_begins_the_answer_filled_from_the_case(shop, budi, as_, form):
    texts = {"id": "Halo {call}, kasus {code} kami cek.", "en": "Hello, we are checking {code}."}
    for language, body in texts.items():
        MessageTemplate.objects.create(shop=shop, key="cek", language=language, body=body)
    client = as_(budi)
    assert "?saved=cek" in client.get(form).content.decode()
    page = client.get(form, {"saved": "cek"}).content.decode()
    assert re.search(r"Halo kak, kasus [0-9A-Z]{7} kami cek\.", page)
    assert client.get(form, {"saved": "no-such"}).status_code == 200


def test_saved_replies_of_another_shop_stay_there(budi, as_, form):
    MessageTemplate.objects.create(shop=make_shop(), key="milik-lain", language="id", body="Halo dari sebelah.")
    assert "Halo dari sebelah" not in as_(budi).get(form, {"saved": "milik-lain"}).content.decode()


DENIAL = "Mohon maaf atas kekhawatirannya, kak. Waktu dikirim barangnya bagus, ini fotonya. Kakak juga bisa ke BPSK."


@pytest.mark.parametrize(
    ("who", "purpose", "offered"),
    [("ayu", "safety", True), ("budi", "safety", False), ("ayu", "free", False), ("ayu", "first_reply", False)],
)
def test_calm_facts_are_offered_where_they_may_be_said(request, as_, write, who, purpose, offered):
    draft = write(body=DENIAL, state="draft", purpose=purpose)
    client, url = as_(request.getfixturevalue(who)), reverse("messaging:edit", args=[draft.pk])
    shown = client.post(url, {"body": DENIAL, "action": "check"}).content.decode()
    assert ('name="override_reason"' in shown) == offered
    answer = client.post(url, {"body": DENIAL, "action": "send", "override_reason": "Dibuktikan foto gudang"})
    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == ((302, "ready") if offered else (422, "draft"))
