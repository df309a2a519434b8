"""How bad it is, as a hint from the words (domain.md 0.4, S1 "fatal atau tidak"); "unknown" where they do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from complaints.attribution.lexicon import WORDS
from language.frames import Frame, Grammar
from language.tokens import Token

UNKNOWN = "unknown"
_DANGER = (
    "alergi|allergic|allergy|bengkak|sesak|dokter|doctor|hospital|igd|puskesmas|muntah|keracunan|diare|poisoning|"
    "kebakar|kebakaran|terbakar|fire|burned|burnt|smoke|asap|meledak|meleduk|exploded|kesetrum|nyetrum|shock|korslet|"
    "beruntusan|ruam|rash|iritasi|melepuh|perih|belatung|maggot|choking|tersedak|luka|berdarah|bleeding|injured"
)
_LEAK = "data|ktp|otp|nomor|phone|address|alamat|akun|account"

_OCCASION = "acara|ultah|wedding|birthday|wisuda|nikahan|event|lebaran|party|lamaran|kado"
_PAST = "lewat|was|selesai|batal|over|kemarin|gagal|kelewat|yesterday|missed|bubar"
_WORKING = "nyala|hidup|fungsi|berfungsi|working|work|works|connect|konek|menyala|dipakai|kepake|usable|turn"
_POORLY = "rusak|sobek|bocor|retak|torn|leaking|cracked|faulty|defective|broken|copot|luntur|bolong|ripped|cacat|macet"
_SURFACE = "lecet|baret|gores|penyok|scratched|dented|noda|stain|stained|debu|dusty|kusut|chipped|benang"

FRAMES = (
    Frame("danger", "S4", _DANGER, "menyangkut keselamatan/kesehatan", "safety or health"),
    Frame(
        "spoiled",
        "S4",
        "expired|kadaluarsa|kedaluwarsa|basi|jamuran|berjamur|mouldy|moldy|rotten",
        "makanan/produk tidak aman",
        "unsafe to consume or use",
    ),
    Frame(
        "leak",
        "S4",
        f"{_LEAK} ~2 bocor|disebar|tersebar|leaked|shared|hacked|dibobol|disalahgunakan",
        "data pribadi bocor",
        "personal data leaked",
    ),
    Frame("dead", "S3", f"NEG ~1 {_WORKING}", "tidak bisa dipakai", "cannot be used"),
    Frame(
        "total",
        "S3",
        "mati|pecah|hancur|remuk|shattered|smashed|jebol|dead|patah|ambrol|unusable|useless",
        "rusak total",
        "broken for good",
    ),
    Frame("too_late", "S3", f"{_OCCASION} ~3 {_PAST}", "acaranya sudah lewat", "the occasion has passed"),
    Frame(
        "lost",
        "S3",
        "paket|parcel|uang|dana|refund|money|saldo|package ~2 hilang|lost|raib|lenyap",
        "paket/uang hilang",
        "parcel or money lost",
    ),
    Frame("impaired", "S2", _POORLY, "rusak sebagian", "works or wears poorly"),
    Frame(
        "part_missing",
        "S2",
        "kurang|missing|incomplete|hilang ~1 NUMBER|satu|dua|one|two|parts|sekrup|baut|kabel",
        "ada bagian yang kurang",
        "a part is missing",
    ),
    Frame("wrong_thing", "S2", "SEND|GET ~2 SLIP|DIFFER", "barangnya lain", "not the thing ordered"),
    Frame("cosmetic", "S1", _SURFACE, "cacat kecil di luar", "cosmetic flaw"),
)


@cache
def _grammar() -> Grammar:
    return Grammar(FRAMES, WORDS)


def hint(tokens: Sequence[Token]) -> str:
    """The worst severity that the words name, "S1".."S4", or "unknown"."""
    return max((cue.points_to for cue in _grammar().find(tokens)), default=UNKNOWN)
