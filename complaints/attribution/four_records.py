"""Compare the four records of an order: wanted, typed, packed, received (S0-07, S0-12, S0-20).

What comes out is the shop's own `finding`, a suggestion for staff. It never touches `blame`: that is what the
customer feels (domain.md 0.1).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CUSTOMER, SHOP, COURIER, UNKNOWN = "customer", "shop", "courier", "unknown"
_BLANKS = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """A suggested `finding` (customer, shop, unknown), how sure it is (0..1), the checks to make, and why."""

    finding: str
    confidence: float
    checks: tuple[str, ...]
    reason_id: str
    reason_en: str


def compare(wanted: str, typed: str, packed: str, received: str) -> Finding:
    """Where along wanted -> typed -> packed -> received the order first went another way.

    Each argument is one trait ("biru", "XL, hitam") or "" where nobody knows it. Letter case, blanks and accents do
    not count. A step with an unknown side is never guessed: the finding is then `unknown` with the record to get.
    """
    want, type_, pack, got = (_plain(value) for value in (wanted, typed, packed, received))
    if got and pack and pack != got:
        return _swapped(pack, type_)
    if pack and type_ and pack != type_:
        return Finding(
            SHOP, 0.95, (), "Yang dikemas lain dari yang diketik di pesanan.", "Packed is not what the order said."
        )
    if got and type_ and got != type_:
        return Finding(
            UNKNOWN, 0.5, ("packed",), "Yang sampai lain dari pesanan; foto kemasan belum ada.",
            "Received is not what the order said; the packing record is missing.",
        )  # fmt: skip
    if want and type_ and want != type_:
        sure = 0.95 if pack and got else 0.8
        return Finding(
            CUSTOMER, sure, (), "Yang diketik di pesanan lain dari yang diinginkan.", "Typed is not what was wanted."
        )
    missing = tuple(
        name for name, value in (("wanted", want), ("typed", type_), ("packed", pack), ("received", got)) if not value
    )
    if missing:
        return Finding(UNKNOWN, 0.0, missing, "Catatannya belum lengkap.", "The records are not complete.")
    return Finding(UNKNOWN, 0.9, (), "Keempat catatan sama.", "All four records agree.")


def _swapped(packed: str, typed: str) -> Finding:
    """Received differs from packed: on the road, or in the packing record itself (S0-12)."""
    if typed and packed != typed:
        return Finding(
            SHOP, 0.7, ("courier", "swap"), "Salah kemas, dan yang sampai lain lagi.",
            "Packed wrongly, and something else arrived.",
        )  # fmt: skip
    return Finding(
        UNKNOWN, 0.5, ("courier", "swap"), "Dikemas benar, tetapi yang sampai lain: periksa kurir atau tertukar.",
        "Packed rightly, but something else arrived: check the courier and a swap.",
    )  # fmt: skip


def _plain(value: str) -> str:
    letters = unicodedata.normalize("NFKD", value).casefold()
    return _BLANKS.sub(" ", "".join(letter for letter in letters if not unicodedata.combining(letter))).strip()
