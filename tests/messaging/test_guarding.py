"""The one door: what each person may send over, what needs a word, and what is kept of it."""

from __future__ import annotations

import pytest
from django.utils import translation

from cases.actions import Refused
from messaging import tone
from messaging.enums import MessageState, Purpose
from messaging.guarding import GuardRefused, approve, choices_for
from messaging.models import GuardWord

KIND = "Terima kasih sudah mengabari kami, kak. Kami cek hari ini, ya."
NEVER = {
    "G1": "Kakak salah ketik sendiri, makanya baca dulu.",
    "G4": "Kasih bintang lima dulu ya kak, nanti kami kirim gantinya.",
    "G5": "Kalau tidak dicabut, kami laporkan kakak ke polisi.",
    "G7": "Tolong hapus ulasannya ya kak.",
    "G8": "Barang yang sudah dibeli tidak dapat dikembalikan.",
}
RUDE = "Terserah kakak saja, kami tidak peduli."  # G3, a block
TOO_SURE = "Paket kakak pasti sampai besok."  # G10, a warning
REASON = "Sudah kami bicarakan lewat telepon."


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def draft(write):
    """draft(body): a draft to Rina."""
    return lambda body, **fields: write(body=body, state=MessageState.DRAFT, **fields)


def rules(text):
    return {(finding.rule, finding.level) for finding in tone.check(text).findings}


@pytest.mark.parametrize("rule", NEVER)
@pytest.mark.parametrize("who", ["ayu", "budi"])
def test_block_is_sent_by_nobody(draft, request, rule, who):
    assert (rule, "block") in rules(NEVER[rule])
    message = draft(NEVER[rule])
    with pytest.raises(GuardRefused):
        approve(message, by=request.getfixturevalue(who), send_anyway=True, override_reason=REASON)
    message.refresh_from_db()
    assert message.state == MessageState.DRAFT


def test_owner_sends_a_single_outburst_with_a_reason_that_is_kept(draft, ayu):
    assert rules(RUDE) == {("G3", "block")}
    message = approve(draft(RUDE), by=ayu, override_reason=REASON)
    message.refresh_from_db()
    assert (message.state, message.override_reason) == (MessageState.READY, REASON)
    assert message.guard["findings"] == [["G3", "block"]]


@pytest.mark.parametrize(("who", "reason"), [("budi", REASON), ("ayu", ""), ("ayu", "ok")])
def test_outburst_stays_without_owner_or_reason(draft, request, who, reason):
    with pytest.raises(GuardRefused):
        approve(draft(RUDE), by=request.getfixturevalue(who), override_reason=reason, send_anyway=True)


def test_reason_does_not_stand_for_send_anyway(draft, ayu):
    assert rules(TOO_SURE) == {("G10", "warn")}
    with pytest.raises(GuardRefused, match="You can send it anyway"):
        approve(draft(TOO_SURE), by=ayu, override_reason=REASON)


def test_warning_goes_with_send_anyway_and_keeps_no_reason(draft, budi):
    message = approve(draft(TOO_SURE), by=budi, send_anyway=True, override_reason="left over")
    assert (message.state, message.override_reason) == (MessageState.READY, "")


@pytest.mark.parametrize(("purpose", "missing"), [(Purpose.FIRST_REPLY, "R3"), (Purpose.PUBLIC_REPLY, "R1")])
def test_what_every_such_message_needs_is_not_sent_over(draft, ayu, purpose, missing):
    with pytest.raises(GuardRefused, match="missing"):
        approve(draft(KIND, purpose=purpose), by=ayu, needs=[missing], send_anyway=True)


def test_missing_next_step_only_asks(draft, budi):
    message = draft("Terima kasih sudah mengabari kami, kak.", purpose=Purpose.FIRST_REPLY)
    with pytest.raises(GuardRefused, match="anyway"):
        approve(message, by=budi, needs=["R6"])
    assert approve(message, by=budi, needs=["R6"], send_anyway=True).state == MessageState.READY


def test_blanks_block(draft, ayu):
    with pytest.raises(Refused, match="which item"):
        approve(draft("Terima kasih kak, soal [[item]] kami cek."), by=ayu, send_anyway=True)


def test_own_phrase_of_the_shop_holds_back_as_its_rule_does(draft, shop, ayu):
    GuardWord.objects.create(shop=shop, rule="G1", phrase="dibaca ya")
    with pytest.raises(GuardRefused):
        approve(draft("Terima kasih kak, infonya dibaca ya."), by=ayu, send_anyway=True)


@pytest.mark.parametrize(
    ("who", "text", "shown"),
    [
        ("ayu", NEVER["G1"], ("overridden", False, False)),
        ("budi", NEVER["G1"], ("overridden", False, False)),  # not "only the owner": she cannot either
        ("budi", RUDE, ("Only the shop's owner", False, False)),
        ("ayu", RUDE, ("", True, False)),
        ("budi", TOO_SURE, ("", False, True)),
        ("budi", KIND, ("", False, False)),
    ],
)
def test_choices_say_what_the_door_will_say(request, who, text, shown):
    choices = choices_for(tone.check(text), Purpose.FREE, request.getfixturevalue(who))
    assert shown[0] in choices.refusal
    assert bool(choices.refusal) == bool(shown[0])
    assert (choices.override, choices.ask) == shown[1:]


# --- calm facts (domain.md 7.4): an owner answers an accusation -------------------------------------------------------

DENIAL = "Mohon maaf atas kekhawatirannya, kak. Waktu dikirim barangnya bagus, ini fotonya. Kakak juga bisa ke BPSK."
FACT_PURPOSES = [Purpose.PUBLIC_REPLY, Purpose.PUBLIC_SPREAD, Purpose.SAFETY]


@pytest.mark.parametrize("purpose", FACT_PURPOSES)
def test_owner_answers_an_accusation_with_calm_facts_that_are_kept(draft, ayu, purpose):
    assert rules(DENIAL) == {("G2", "block")}
    message = approve(draft(DENIAL, purpose=purpose), by=ayu, override_reason=REASON)
    message.refresh_from_db()
    assert (message.override_reason, message.guard["calm_facts"]) == (REASON, True)


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - set(FACT_PURPOSES) - {Purpose.STAFF_NOTICE}))
def test_calm_facts_go_nowhere_else(draft, ayu, purpose):
    assert choices_for(tone.check(DENIAL), purpose, ayu).refusal
    with pytest.raises(GuardRefused):
        approve(draft(DENIAL, purpose=purpose), by=ayu, override_reason=REASON, send_anyway=True)


@pytest.mark.parametrize(
    ("who", "reason", "more"),
    [
        ("budi", REASON, ""),
        ("ayu", "", ""),
        ("ayu", REASON, " Tolong hapus ulasannya ya kak."),
        ("ayu", REASON, " Siap-siap kami viralkan ya."),
        ("ayu", REASON, " KAMI JUGA MANUSIA BUKAN ROBOT."),
    ],
)
def test_calm_facts_are_the_owners_and_calm(draft, request, who, reason, more):
    message = draft(DENIAL + more, purpose=Purpose.SAFETY)
    with pytest.raises(GuardRefused):
        approve(message, by=request.getfixturevalue(who), override_reason=reason, send_anyway=True)


def test_calm_facts_are_offered_to_the_owner_only(ayu, budi):
    report = tone.check(DENIAL)
    mine, theirs = (choices_for(report, Purpose.PUBLIC_REPLY, who) for who in (ayu, budi))
    assert (mine.override, mine.facts, mine.refusal) == (True, True, "")
    assert (theirs.override, theirs.refusal) == (False, "Only the shop's owner may do this.")
    assert not choices_for(tone.check(RUDE), Purpose.PUBLIC_REPLY, ayu).facts
