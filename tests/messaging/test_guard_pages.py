"""The owner's page of the tone guard, and what keeps a template from being unkind."""

from __future__ import annotations

import pytest
from django.urls import reverse

from messaging import mending, tone
from messaging.forms import MAX_WORDS, GuardWordForm, TemplateForm
from messaging.models import GuardFeedback, GuardWord
from shops.models import AuditEvent

BAD = "Halo kak, kakak salah ketik sendiri. Terima kasih."


def url(name="guard", *args):
    return reverse(f"messaging:{name}", args=args)


@pytest.fixture
def line(shop, budi):
    return GuardFeedback.objects.create(shop=shop, by=budi.user, verdict="missed", text="Ya sudah kalau begitu.")


# --- who --------------------------------------------------------------------------------------------------------------


def test_strangers_sign_in_first(client, db):
    assert client.get(url()).url.startswith(reverse("login"))


@pytest.mark.parametrize("who", ["budi", "vera"])
def test_only_the_owner_reads_and_writes(as_, request, line, who):
    client = as_(request.getfixturevalue(who))
    assert client.get(url()).status_code == 403
    assert client.post(url("guard_reviewed", line.pk)).status_code == 403
    assert client.post(url("guard_word_add"), {"rule": "G1", "phrase": "baca dulu"}).status_code == 403


def test_outsider_sees_and_touches_nothing(as_, citra, shop, line):
    word = GuardWord.objects.create(shop=shop, rule="G1", phrase="baca dulu")
    client = as_(citra)
    assert line.text not in client.get(url()).content.decode()
    assert client.post(url("guard_reviewed", line.pk)).status_code == 404
    assert client.post(url("guard_word_remove", word.pk)).status_code == 404


# --- feedback ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 12])
def test_page_costs_the_same_at_any_length(as_, ayu, shop, rows, django_assert_num_queries):
    for number in range(rows):
        GuardFeedback.objects.create(shop=shop, by=ayu.user, verdict="missed", text=str(number))
        GuardWord.objects.create(shop=shop, rule="G3", phrase=f"kata {number}")
    client = as_(ayu)
    with django_assert_num_queries(6):  # session, user, member, feedback, words, heartbeat
        assert client.get(url()).status_code == 200


def test_read_line_leaves_the_list_and_stays_stored(as_, ayu, line):
    client = as_(ayu)
    assert line.text in client.get(url()).content.decode()
    client.post(url("guard_reviewed", line.pk))
    assert line.text not in client.get(url()).content.decode()
    line.refresh_from_db()
    assert line.reviewed_at is not None


def test_feedback_keeps_the_sentence_and_its_rule_once(budi):
    report = tone.check(BAD)
    for _press in range(2):
        mending.note(BAD, {"feedback": "0"}, report, budi)
    line = GuardFeedback.objects.get()
    assert (line.shop, line.by, line.verdict, line.rule) == (budi.shop, budi.user, "false_alarm", "G1")
    assert line.text == "Halo kak, kakak salah ketik sendiri."


@pytest.mark.parametrize("pressed", ["9", "-1", "x", ""])
def test_feedback_on_nothing_keeps_nothing(budi, pressed):
    assert mending.note(BAD, {"feedback": pressed}, tone.check(BAD), budi) == ""
    assert not GuardFeedback.objects.exists()


# --- phrases ----------------------------------------------------------------------------------------------------------


def test_owner_adds_and_removes_a_phrase(as_, ayu, shop):
    client = as_(ayu)
    client.post(url("guard_word_add"), {"rule": "G3", "phrase": "ya ampun"})
    word = shop.guard_words.get()
    assert "ya ampun" in client.get(url()).content.decode()
    client.post(url("guard_word_remove", word.pk))
    assert not shop.guard_words.exists()
    codes = AuditEvent.objects.filter(shop=shop).order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["guard_word_added", "guard_word_removed"]


@pytest.mark.parametrize(
    ("rule", "phrase"), [("G9", "kurir"), ("R1", "maaf"), ("G1", "!!!"), ("G1", ""), ("G1", "BACA dulu")]
)
def test_phrase_that_would_do_nothing_is_refused(as_, ayu, shop, rule, phrase):
    GuardWord.objects.create(shop=shop, rule="G1", phrase="baca dulu")
    assert as_(ayu).post(url("guard_word_add"), {"rule": rule, "phrase": phrase}).status_code == 422
    assert shop.guard_words.count() == 1


def test_list_of_phrases_has_an_end(shop):
    GuardWord.objects.bulk_create(GuardWord(shop=shop, rule="G1", phrase=f"kata {n}") for n in range(MAX_WORDS))
    assert not GuardWordForm(shop, {"rule": "G1", "phrase": "satu lagi"}).is_valid()


# --- templates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("Halo {call}, terima kasih sudah mengabari kami.", ""),
        ("{Call} salah ketik sendiri.", "G1"),
        ("Halo {siapa}, terima kasih.", "{siapa}"),
    ],
)
def test_template_passes_the_guard_before_it_is_kept(shop, body, problem):
    data = {"shop": shop.pk, "key": "salam", "purpose": "free", "language": "id", "subject": "", "body": body}
    form = TemplateForm(data)
    assert form.is_valid() == (not problem)
    assert problem in str(form.errors.get("body", ""))
