"""Time zones of Indonesia's 38 provinces (domain.md 3.3; Keppres 41/1987)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

JAKARTA, PONTIANAK, MAKASSAR, JAYAPURA = "Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"
LETTERS = {JAKARTA: "WIB", PONTIANAK: "WIB", MAKASSAR: "WITA", JAYAPURA: "WIT"}

WEST = (
    "Aceh, Sumatera Utara, Sumatera Barat, Riau, Kepulauan Riau, Jambi, Bengkulu, Sumatera Selatan, "
    "Kepulauan Bangka Belitung, Lampung, Banten, DKI Jakarta, Jawa Barat, Jawa Tengah, DI Yogyakarta, Jawa Timur"
)
WEST_BORNEO = "Kalimantan Barat, Kalimantan Tengah"
MIDDLE = (
    "Kalimantan Selatan, Kalimantan Timur, Kalimantan Utara, Bali, Nusa Tenggara Barat, Nusa Tenggara Timur, "
    "Sulawesi Utara, Gorontalo, Sulawesi Tengah, Sulawesi Barat, Sulawesi Selatan, Sulawesi Tenggara"
)
EAST = "Maluku, Maluku Utara, Papua, Papua Barat, Papua Barat Daya, Papua Selatan, Papua Tengah, Papua Pegunungan"
PARTS = ((WEST, JAKARTA), (WEST_BORNEO, PONTIANAK), (MIDDLE, MAKASSAR), (EAST, JAYAPURA))
PROVINCES: dict[str, str] = {name: zone for names, zone in PARTS for name in names.split(", ")}
PROVINCE_CHOICES = [(name, name) for name in sorted(PROVINCES)]


def zone_of(province: str) -> str | None:
    """The IANA zone of a province, or None where the province is unknown."""
    return PROVINCES.get(province)


def zone_letters(zone: str) -> str:
    """WIB, WITA or WIT; the zone's own name elsewhere."""
    return LETTERS.get(zone, zone)


def valid_zone(zone: str) -> bool:
    """True for any IANA zone this machine knows."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True
