"""Triage reads the words; the stars are one hint. Every text here is our own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.triage import assess

COMPLAINTS = [
    (4, "Barang bagus, cuma sayang telat 3 hari"),
    (5, "Suka modelnya, tapi kancingnya copot satu"),
    (4, "sesuai pesanan, packing kurang aman kardusnya penyok"),
    (3, "tidak berfungsi, tidak bisa dinyalakan"),
    (2, "pesan biru yang datang hitam"),
    (1, "chat tidak dibalas, barang rusak"),
    (5, "love it, but it arrived a week late"),
]
HARMLESS = [
    (5, "Barang bagus, pengiriman cepat"),
    (4, "oke sesuai pesanan"),
    (3, "barang sudah diterima, terima kasih"),
    (5, "tidak ada cacat, tidak ada yang rusak, puas"),
    (5, "no complaints, nothing broken"),
    (4, "lumayan sesuai harga"),
    (5, "semoga awet"),
]


@pytest.mark.parametrize(("stars", "text"), COMPLAINTS)
def test_complaint_is_flagged_under_any_stars(stars, text):
    assert assess(stars, text).needs_followup


@pytest.mark.parametrize(("stars", "text"), HARMLESS)
def test_harmless_review_is_left_alone(stars, text):
    found = assess(stars, text)
    assert (found.needs_followup, found.urgency) == (False, "none")


def test_late_parcel_of_the_seed():
    """S4-03, S4-07: the goods were fine, the parcel was three days late."""
    found = assess(4, "Barangnya sesuai deskripsi. Sayang pengirimannya lebih lama 3 hari dari perkiraan.")
    assert (found.days_late, found.failure, found.themes[0]) == (3, "late", "delivery")


def test_why_points_at_the_sentence():
    text = "Bahannya lembut. Tapi paketnya telat 4 hari. Terima kasih."
    why = assess(4, text).why[0]
    assert text[why.start : why.end] == "Tapi paketnya telat 4 hari"
    assert why.reason_id
    assert why.reason_en


def test_praise_under_one_star_looks_like_a_slip():
    found = assess(1, "Mantap, barang bagus dan cepat sampai, terima kasih")
    assert (found.is_mistap, found.needs_followup) == (True, False)


def test_said_slip_of_the_star_is_taken_at_its_word():
    assert assess(2, "maaf salah pencet bintang, barangnya bagus").is_mistap


def test_praise_that_is_none_is_sarcasm():
    found = assess(1, "Hebat, paketnya telat sebulan dan barangnya hancur. Terima kasih")
    assert (found.needs_followup, found.is_sarcastic) == (True, True)


def test_stars_without_words_give_no_reason():
    found = assess(2, "")
    assert (found.needs_followup, found.no_reason, found.why) == (False, True, ())


def test_five_stars_without_words_need_nothing():
    assert not assess(5, "  ").no_reason


def test_danger_is_urgent():
    found = assess(1, "chargernya meledak, keluar asap, hampir kebakaran")
    assert (found.urgency, found.severity) == ("urgent", "S4")


def test_stuck_money_is_urgent():
    assert assess(1, "uang saya belum kembali, sudah 3 minggu minta refund, penipu").urgency == "urgent"


def test_low_stars_alone_are_not_urgent():
    assert assess(1, "warnanya kurang cocok").urgency != "urgent"


def test_courier_wish_is_kept():
    found = assess(4, "Barang bagus tapi telat. Lain kali pakai SiCepat saja, jangan JNE lagi")
    wishes = {(wish.kind, wish.value, wish.avoid) for wish in found.wishes}
    assert wishes == {("courier", "SiCepat", False), ("courier", "JNE", True)}


def test_put_right_is_noticed():
    assert assess(4, "sempat rusak tapi langsung diganti, makasih").is_fixed


def test_stars_beyond_the_scale_are_the_nearest():
    assert assess(9, "bagus").needs_followup == assess(5, "bagus").needs_followup


@given(st.integers(-3, 9), st.text(max_size=300))
def test_any_text_gives_an_answer(stars, text):
    found = assess(stars, text)
    assert found.urgency in ("none", "normal", "urgent")
    assert (found.urgency == "none") == (not found.needs_followup)
    assert all(0 <= why.start <= why.end <= len(text) for why in found.why)
    assert 0 <= found.confidence <= 1


@given(st.text(alphabet="abcdef tapi telat bagus .!?\n", max_size=200))
def test_same_text_gives_same_answer(text):
    assert assess(4, text) == assess(4, text)


def test_very_long_text_is_quick():
    assert assess(3, "barang rusak dan telat " * 20_000).needs_followup
