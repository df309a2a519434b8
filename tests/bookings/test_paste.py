"""Reading a pasted chat: proposals only."""

import pytest

from bookings.paste import Proposal, propose, rupiah_of


@pytest.mark.parametrize(
    ("text", "amount"),
    [("185.000", 185_000), ("Rp 185rb", 185_000), ("1,2jt", 1_200_000), ("185000", 185_000), ("Rp1.250.000", 1_250_000),
     ("75k", 75_000), ("gratis", None), ("", None)],
)  # fmt: skip
def test_rupiah_of_reads_what_people_type(text: str, amount: int | None) -> None:
    assert rupiah_of(text) == amount


def test_propose_reads_an_exported_chat() -> None:
    chat = "[21/11/26 10.12] Rina: kak keep tas biru ya, 185rb kan?\n[21/11/26 10.13] Toko: siap kak"
    assert propose(chat) == Proposal(item="tas biru", price=185_000, name="Rina")


def test_propose_reads_pieces_price_and_number() -> None:
    chat = "21/11/26, 10:12 - Bu Dewi: mau booking gamis sage 2 pcs harga Rp 250.000 ya kak\nno wa 0812-3456-7890"
    assert propose(chat) == Proposal("gamis sage", 250_000, 2, "Bu Dewi", "0812-3456-7890")


def test_propose_reads_english() -> None:
    assert propose("Sari: Hi, please hold the red shoes for me, Rp1,2jt") == Proposal("red shoes", 1_200_000, 1, "Sari")


@pytest.mark.parametrize("text", ["", "keep ya kak", "\n\n", "halo", "]]][[[:::", "0" * 500])
def test_propose_survives_anything(text: str) -> None:
    assert propose(text).item == ""
