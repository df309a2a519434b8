"""Who may send over which finding."""

import pytest

from messaging.tone import check
from messaging.tone.overrides import refusal

REASON = "Pembeli ini teman lama kami"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("Sabar dong kak, bawel banget sih.", True),
        ("Jadi bayar ga sih? ", True),
        ("Bawel banget sih. Cerewet amat.", False),
        ("Tolong kasih bintang 5 ya kak.", False),
        ("Kami bisa tuntut kakak pakai UU ITE.", False),
        ("Tolong hapus ulasannya ya kak.", False),
        ("Tanpa video unboxing komplain tidak kami layani.", False),
        ("Salah kakak sendiri.", False),
        ("Terima kasih kak.", True),
    ],
)
def test_owner_may_override_only_a_single_g3_or_g6(text: str, allowed: bool) -> None:
    assert (refusal(check(text), role="owner", reason=REASON) is None) == allowed


def test_staff_may_not_and_a_reason_is_needed() -> None:
    report = check("Sabar dong kak, bawel banget sih.")
    assert refusal(report, role="staff", reason=REASON)
    assert refusal(report, role="owner", reason=" ok ")


def test_fact_path_opens_denial_and_nothing_worse() -> None:
    denial = check("Waktu dikirim barangnya bagus-bagus aja.")
    assert refusal(denial, role="owner", reason=REASON)
    assert refusal(denial, role="owner", reason=REASON, fact_path=True) is None
    threat = check("Waktu dikirim barangnya bagus-bagus aja. Siap-siap kami viralkan ya.")
    assert refusal(threat, role="owner", reason=REASON, fact_path=True)


def test_missing_elements_cannot_be_overridden() -> None:
    assert refusal(check("Halo kak.", needs=["R1"]), role="owner", reason=REASON)
