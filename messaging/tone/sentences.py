"""A ready sentence for each required element, filled from the case. Each one passes the guard and its own element."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from messaging.tone.rules import Words


def _item(context: Mapping[str, Any]) -> Words:
    item = str(context.get("item") or "").strip()
    variant = str(context.get("variant") or "").strip()
    if item:
        return Words(f"{item} {variant}".strip(), f"{variant} {item}".strip())
    return Words("barang", "item")


def apology(context: Mapping[str, Any]) -> Words:
    """R1."""
    item = _item(context)
    return Words(f"Mohon maaf ya kak soal {item.id} ini.", f"We are sorry about the {item.en}.")


def thanks(context: Mapping[str, Any]) -> Words:
    """R2."""
    return Words("Terima kasih sudah mengabari kami, kak.", "Thank you for telling us.")


def failure(context: Mapping[str, Any]) -> Words:
    """R3, from what the record says went wrong."""
    item, days = _item(context), context.get("days_late")
    order = str(context.get("order_number") or "").strip().lstrip("#")
    wanted, received = context.get("wanted"), context.get("received")
    if days:
        plural = "" if str(days) == "1" else "s"
        return Words(
            f"Paket {item.id} terlambat {days} hari dari perkiraan.",
            f"The parcel with the {item.en} is {days} day{plural} late.",
        )
    if wanted and received:
        return Words(f"Kakak pesan {wanted}, yang sampai {received}.", f"You ordered {wanted} and received {received}.")
    if order:
        return Words(
            f"Pesanan #{order} ({item.id}) belum sesuai.", f"Something is wrong with order {order} ({item.en})."
        )
    return Words(f"Ada yang tidak sesuai dengan {item.id} pesanan kakak.", f"The {item.en} you received was wrong.")


def cause(context: Mapping[str, Any]) -> Words:
    """R4. The known cause is for staff to word; the sentence gives it an owner."""
    return Words(
        "Penyebabnya ada di pihak kami: kami kurang teliti saat mengemas, itu kelalaian kami.",
        "The cause is on us: we did not check well enough when we packed it; that was our mistake.",
    )


def remedy(context: Mapping[str, Any]) -> Words:
    """R5: always a choice of two (4.0)."""
    return Words("Kakak bisa pilih tukar atau refund penuh.", "You can choose an exchange or a full refund.")


def next_step(context: Mapping[str, Any]) -> Words:
    """R6. `reply_by` / `reply_by_en` in the context replace the default hour."""
    when = str(context.get("reply_by") or "besok jam 10")
    when_en = str(context.get("reply_by_en") or "tomorrow at 10 am")
    return Words(f"Kami kabari lagi {when} ya kak.", f"We will update you {when_en}.")


SENTENCES = {"R1": apology, "R2": thanks, "R3": failure, "R4": cause, "R5": remedy, "R6": next_step}


def ready(code: str, context: Mapping[str, Any]) -> Words:
    """The sentence to insert for a missing element R1..R6. KeyError for another code."""
    return SENTENCES[code](context)
