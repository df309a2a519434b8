"""Provinces by island group, for figures that would be too thin by province."""

from __future__ import annotations

GROUPS = {
    "Sumatera": "Aceh, Sumatera Utara, Sumatera Barat, Riau, Kepulauan Riau, Jambi, Bengkulu, Sumatera Selatan, "
    "Kepulauan Bangka Belitung, Lampung",
    "Jawa": "Banten, DKI Jakarta, Jawa Barat, Jawa Tengah, DI Yogyakarta, Jawa Timur",
    "Kalimantan": "Kalimantan Barat, Kalimantan Tengah, Kalimantan Selatan, Kalimantan Timur, Kalimantan Utara",
    "Bali, Nusa Tenggara": "Bali, Nusa Tenggara Barat, Nusa Tenggara Timur",
    "Sulawesi": "Sulawesi Utara, Gorontalo, Sulawesi Tengah, Sulawesi Barat, Sulawesi Selatan, Sulawesi Tenggara",
    "Maluku": "Maluku, Maluku Utara",
    "Papua": "Papua, Papua Barat, Papua Barat Daya, Papua Selatan, Papua Tengah, Papua Pegunungan",
}
ISLAND_OF = {province: island for island, names in GROUPS.items() for province in names.split(", ")}
