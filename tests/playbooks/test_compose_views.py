"""The composer of a step: checked as one types, mended with one click, sent through the door only."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from messaging.models import GuardFeedback
from playbooks import compose
from tests.factories import make_complaint, make_customer, make_order

BLAME = "Halo kak Rina, kakak salah ketik sendiri. Terima kasih sudah mengabari kami."
WHOLE = (
    "Mohon maaf kak, tas yang sampai warnanya hitam, bukan biru. Terima kasih sudah mengabari kami. "
    "Kakak bisa pilih tukar atau refund penuh. Kami kabari lagi besok jam 10 ya kak."
)


@pytest.fixture
def step(shop):
    customer = make_customer(shop, email="rina@example.com")
    order = make_order(shop, customer, item="tas biru")
    case = make_complaint(shop, customer=customer, order=order).case
    return case.steps.filter(purpose="first_reply").first()


@pytest.fixture
def composer(step):
    return reverse("playbooks:write", args=[step.pk])


def text_of(answer):
    """What stands in the field."""
    content = answer.content.decode()
    return html.unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", content, re.DOTALL)[1]).strip()


def press(client, composer, body, **fields):
    return client.post(composer, {"body": body, "subject": "", **fields})


# --- who --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "status"), [("vera", 403), ("citra", 404)])
def test_who_may_not_write(as_, request, composer, who, status):
    client = as_(request.getfixturevalue(who))
    assert client.get(composer).status_code == status
    assert press(client, composer, BLAME, feedback="0").status_code == status
    assert not GuardFeedback.objects.exists()


def test_strangers_sign_in_first(client, composer):
    assert client.get(composer).url.startswith(reverse("login"))


# --- looking ----------------------------------------------------------------------------------------------------------


def test_check_marks_the_words_and_says_why(as_, budi, composer):
    content = press(as_(budi), composer, BLAME, action="check").content.decode()
    assert re.search(r'<mark class="mark-block">[^<]*salah ketik', content)
    assert "This blames the customer." in content
    assert "Boshoff" in content
    assert 'name="apply" value="0"' in content
    assert "How would you read this as a buyer?" in content


def test_check_as_one_types_answers_with_the_remarks_only(as_, budi, composer):
    answer = as_(budi).post(composer, {"body": BLAME, "action": "check"}, headers={"hx-request": "true"})
    content = answer.content.decode()
    assert (answer.status_code, "<textarea" in content) == (200, False)
    assert 'id="guard-says" hx-swap-oob' in content


def test_text_is_shown_as_text(as_, budi, composer):
    content = press(as_(budi), composer, "<b>Kakak salah ketik sendiri.</b>", action="check").content.decode()
    assert "<b>Kakak" not in content


def test_empty_field_is_checked_and_lists_what_is_needed(as_, budi, composer):
    content = press(as_(budi), composer, "", action="check").content.decode()
    assert set(re.findall(r'name="insert" value="(R\d)"', content)) >= {"R1", "R2", "R3", "R6"}


@pytest.mark.parametrize(("who", "text"), [("ayu", "override_reason"), ("budi", "Only the shop&#x27;s owner")])
def test_reason_is_asked_of_the_owner_where_it_would_carry(as_, request, composer, who, text):
    rude = "Terserah kakak saja, kami tidak peduli. " + WHOLE
    assert text in press(as_(request.getfixturevalue(who)), composer, rude, action="check").content.decode()


def test_no_reason_is_asked_where_none_would_carry(as_, ayu, composer):
    content = press(as_(ayu), composer, BLAME, action="check").content.decode()
    assert 'name="override_reason"' not in content
    assert "This finding cannot be overridden." in content


def test_send_anyway_appears_only_when_needed(as_, budi, composer):
    client = as_(budi)
    assert 'name="send_anyway"' not in press(client, composer, WHOLE, action="check").content.decode()
    sure = WHOLE + " Paket pasti sampai besok."
    assert 'name="send_anyway"' in press(client, composer, sure, action="check").content.decode()
    assert 'name="send_anyway"' not in press(client, composer, BLAME, action="check").content.decode()


# --- mending ----------------------------------------------------------------------------------------------------------


def test_rewrite_is_taken_without_javascript(as_, budi, composer, step):
    answer = press(as_(budi), composer, BLAME, apply="0")
    assert "salah ketik" not in text_of(answer)
    assert text_of(answer).endswith("Terima kasih sudah mengabari kami.")
    assert compose.check(step, text_of(answer)).findings == ()


@pytest.mark.parametrize("index", ["7", "-1", "x", ""])
def test_rewrite_that_is_not_there_changes_nothing(as_, budi, composer, index):
    assert text_of(press(as_(budi), composer, BLAME, apply=index)) == BLAME


def test_every_missing_sentence_is_added_without_javascript(as_, budi, composer, step):
    client, body = as_(budi), "Halo kak Rina, pesanannya kami cek."
    for code in ("R1", "R2", "R3", "R6"):
        body = text_of(press(client, composer, body, insert=code))
    report = compose.check(step, body)
    assert not {"R1", "R2", "R3", "R6"} & set(report.missing)
    assert body.startswith("Halo kak Rina, mohon maaf")


def test_rewrite_keeps_lines_and_pictures_around_it(as_, budi, composer):
    answer = press(as_(budi), composer, "Terima kasih 😀\r\nKakak salah ketik sendiri.\r\nSalam", apply="0")
    assert re.fullmatch(r"Terima kasih 😀\n[^\n]+\nSalam", text_of(answer))


def test_helping_buttons_store_and_send_nothing(as_, budi, composer, step):
    client = as_(budi)
    for pressed in ({"action": "check"}, {"apply": "0"}, {"insert": "R1"}, {"feedback": "0"}):
        press(client, composer, BLAME, send_anyway="on", **pressed)
    step.refresh_from_db()
    assert step.message.state == "draft"
    assert "salah ketik" not in step.message.body


# --- sending ----------------------------------------------------------------------------------------------------------


def test_block_is_shown_again_and_not_sent(as_, ayu, composer, step):
    answer = press(as_(ayu), composer, BLAME, action="send", send_anyway="on", override_reason="Sudah dibicarakan")
    step.refresh_from_db()
    assert (answer.status_code, step.message.state, text_of(answer)) == (422, "draft", BLAME)


@pytest.mark.parametrize("without", ["Mohon maaf kak, tas yang sampai warnanya hitam, bukan biru. "])
def test_first_reply_without_apology_and_failure_is_held(as_, ayu, composer, step, without):
    answer = press(as_(ayu), composer, WHOLE.replace(without, ""), action="send", send_anyway="on")
    step.refresh_from_db()
    assert (answer.status_code, step.message.state) == (422, "draft")
    assert 'value="R1"' in answer.content.decode()


def test_blanks_hold_the_message_until_they_are_filled(as_, budi, composer, step):
    body, client = WHOLE.replace("hitam", "[[received]]"), as_(budi)
    assert press(client, composer, body, action="send", send_anyway="on").status_code == 422
    assert press(client, composer, body, action="send", send_anyway="on", blank_received="hitam").status_code == 302
    step.refresh_from_db()
    assert (step.message.state, step.message.body) == ("ready", WHOLE)


def test_whole_message_leaves_without_further_questions(as_, budi, composer, step):
    assert press(as_(budi), composer, WHOLE, action="send").status_code == 302
    step.refresh_from_db()
    assert (step.message.state, step.message.override_reason) == ("ready", "")


# --- feedback ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pressed", "verdict", "rule"), [("0", "false_alarm", "G1"), ("missed", "missed", "")])
def test_feedback_is_kept_once_and_the_text_stays(as_, budi, composer, shop, pressed, verdict, rule):
    client = as_(budi)
    for _press in range(2):
        answer = press(client, composer, BLAME, feedback=pressed)
    line = GuardFeedback.objects.get()
    assert (line.shop, line.by, line.verdict, line.rule) == (shop, budi.user, verdict, rule)
    assert text_of(answer) == BLAME
    assert "Noted. The owner reads it." in answer.content.decode()


# --- what the guard is told -------------------------------------------------------------------------------------------


def test_ready_sentences_say_no_word_twice():
    values = {"item": "Buku resep", "wanted": "resep", "received": "resep"}
    assert compose.goods(values) == {"item": "Buku resep", "variant": ""}


def test_ready_sentences_name_what_came_instead():
    values = {"item": "tas", "wanted": "biru", "received": "hitam"}
    assert compose.goods(values) == {"item": "tas", "variant": "biru", "wanted": "biru", "received": "hitam"}


def test_english_customer_gets_english_sentences(as_, budi, composer, step):
    type(step.case.customer).objects.update(language="en")
    assert text_of(press(as_(budi), composer, "", insert="R2")) == "Thank you for telling us."
