"""Words of bookings that no playbook step holds, and the values P12's words are filled with."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bookings.models import Booking
from messaging.words import DAYS, MONTHS
from shops.templatetags.money import rupiah
from shops.zones import zone_letters

EXTENDED = {
    "id": "Baik {call}, tidak apa-apa. {item} kami simpan sampai {limit} ya. Semoga semuanya lancar.",
    "en": "That is fine, no worries. We are keeping {item} for you until {limit}. We hope all goes well.",
}
# An offer speaks of hours after the message, not of a clock time: it is approved long before the item is free.
OFFER = {
    "id": "Halo {call}, {item} yang {call} tunggu sudah ada lagi. Kami simpan dulu untuk {call}, paling sedikit 6 jam"
    " sejak pesan ini. Kalau masih mau, balas saja ya. Kalau sudah tidak perlu juga tidak apa-apa.",
    "en": "Hello, the {item} you were waiting for is here again. We are keeping it for you for at least 6 hours from"
    " this message. If you still want it, just reply. If you no longer need it, that is fine too.",
}


def moment(at: datetime, zone: str, language: str) -> str:
    """A moment without "today" or "tomorrow", for words that are approved now and read later.

    "Minggu, 22 November pukul 12.00 WIB", "Sunday, 22 November at 12:00 WIB".
    """
    local = at.astimezone(ZoneInfo(zone))
    spoken = "id" if language == "id" else "en"
    day = f"{DAYS[spoken][local.weekday()]}, {local.day} {MONTHS[spoken].split()[local.month - 1]}"
    clock = f"pukul {local:%H.%M}" if spoken == "id" else f"at {local:%H:%M}"
    return f"{day} {clock} {zone_letters(zone)}"


def values(booking: Booking, language: str) -> dict[str, str]:
    """What a booking adds to the variables of a template."""
    return {
        "item": booking.item if booking.quantity == 1 else f"{booking.quantity} {booking.item}",
        "amount": rupiah(booking.total),
        "limit": moment(booking.release_at, booking.zone, language),
    }
