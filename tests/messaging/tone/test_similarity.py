"""Is this apology a copy of the last one?"""

from messaging.tone.similarity import repeats, similarity

FIRST = "Mohon maaf ya kak, paketnya terlambat 3 hari dari perkiraan."


def test_same_text_is_one_and_other_text_is_low() -> None:
    assert similarity(FIRST, FIRST) == 1.0
    assert similarity(FIRST, "Saya pemilik toko. Dua kali kami mengecewakan, itu tanggung jawab saya.") < 0.3
    assert similarity(FIRST, "") == 0.0


def test_light_edit_still_repeats() -> None:
    assert repeats("Mohon maaf yaa kak, paketnya telat 3 hari dari perkiraan.", FIRST)
    assert not repeats("Kak, ini kedua kalinya. Saya sendiri yang antar besok jam 10.", FIRST)
