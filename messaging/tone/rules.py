"""What a rule and a frame are, and the ten rules G1..G10: level, one-line reason, ground and a kinder sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

BLOCK, WARN = "block", "warn"


class Words(NamedTuple):
    """One sentence in both languages."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """The text for "id" or "en"; anything else reads Indonesian."""
        return self.en if language == "en" else self.id


class Frame(NamedTuple):
    """One way of breaking a rule (or, for R1..R6, of meeting it).

    It holds in a clause when any pattern of `when` matches and none of `unless` does; `redeemed` patterns excuse it
    from anywhere in the same sentence or the ones beside it. `whole` reads the sentence instead of its clauses.
    """

    rule: str
    name: str
    when: tuple[str, ...]
    unless: tuple[str, ...] = ()
    redeemed: tuple[str, ...] = ()
    level: str = ""
    whole: bool = False
    reason: Words | None = None
    rewrite: Words | None = None


class Rule(NamedTuple):
    """A tone rule of domain.md 5.6."""

    code: str
    level: str
    title: Words
    reason: Words
    ground: str
    rewrite: Words


def _rule(code: str, level: str, title: Words, reason: Words, ground: str, rewrite: Words) -> tuple[str, Rule]:
    return code, Rule(code, level, title, reason, ground, rewrite)


RULES: Mapping[str, Rule] = dict(
    (
        _rule(
            "G1",
            BLOCK,
            Words("Menyalahkan pembeli", "Blaming the customer"),
            Words(
                "Kalimat ini menyalahkan pembeli. Siapa pun sebabnya, pembeli tidak disalahkan.",
                "This blames the customer. Whatever the cause, the customer is never blamed.",
            ),
            "S1-15, S1-16; Boshoff & Leong 1998",
            Words(
                "Terima kasih sudah mengabari kami, kak. Kami bantu carikan jalan keluarnya ya.",
                "Thank you for telling us. We will help you find a way out.",
            ),
        ),
        _rule(
            "G2",
            BLOCK,
            Words("Menyangkal", "Denial"),
            Words(
                "Kalimat ini menyangkal keluhan ('waktu dikirim masih bagus').",
                "This denies the complaint ('it was fine when I sent it').",
            ),
            "S1-20; Utz et al. 2009",
            Words(
                "Terima kasih sudah memberi tahu kami, kak. Kami lihat sendiri dan kami bereskan ya.",
                "Thank you for telling us. We will look into it ourselves and put it right.",
            ),
        ),
        _rule(
            "G3",
            BLOCK,
            Words("Marah, menyindir, meremehkan", "Anger, sarcasm, belittling"),
            Words(
                "Nadanya marah, menyindir atau meremehkan.",
                "The tone is angry, sarcastic or belittling.",
            ),
            "S3-15, S4-09",
            Words(
                "Kami paham ini mengecewakan, kak. Kami bantu sekarang ya.",
                "We understand this is disappointing. We are on it now.",
            ),
        ),
        _rule(
            "G4",
            BLOCK,
            Words("Mendikte bintang", "Rating coercion"),
            Words(
                "Kata-kata tidak boleh dikaitkan dengan bintang: jangan meminta, menawar atau menanyakannya.",
                "Words are never tied to stars: do not ask for them, trade them or question them.",
            ),
            "S4-12, S4-13; 16 CFR 465",
            Words(
                "Terima kasih atas masukannya, kak. Kami catat dan perbaiki.",
                "Thank you for the feedback. We have noted it and will act on it.",
            ),
        ),
        _rule(
            "G5",
            BLOCK,
            Words("Mengancam, mempermalukan", "Threats, shaming, doxxing"),
            Words(
                "Kalimat ini mengancam, mempermalukan atau membuka data pembeli.",
                "This threatens or shames the customer, or exposes their data.",
            ),
            "S1-09, S4-13; UU PDP art. 65, 67; UU ITE art. 27B",
            Words(
                "Kami ingin menyelesaikan ini baik-baik, kak. Boleh ceritakan lengkapnya ke kami?",
                "Thank you for telling us. May we hear the whole story, so that we can put it right?",
            ),
        ),
        _rule(
            "G6",
            BLOCK,
            Words("Menekan yang belum bayar", "Pressure on an unpaid booking"),
            Words(
                "Kalimat ini menekan atau menuduh pembeli yang belum membayar.",
                "This presses or accuses a customer who has not paid yet.",
            ),
            "S3-08..S3-15; POJK 22/2023 art. 62",
            Words(
                "Kalau berubah pikiran tidak apa-apa, kak, kabari saja ya.",
                "If you changed your mind that is fine, just let us know.",
            ),
        ),
        _rule(
            "G7",
            BLOCK,
            Words("Menyuruh hapus atau ubah ulasan", "Demanding a review's removal or edit"),
            Words(
                "Ulasan dan laporan milik pembeli: jangan meminta dihapus, diubah atau dicabut.",
                "Reviews and reports belong to the customer: never ask to delete, edit or withdraw them.",
            ),
            "S4-12, S4-13; Abeler et al. 2010",
            Words(
                "Terima kasih sudah jujur menulisnya, kak. Kami yang berbenah.",
                "Thank you for being open about it. It is on us to improve.",
            ),
        ),
        _rule(
            "G8",
            BLOCK,
            Words("Klausul menolak retur", "Unlawful refusal clause"),
            Words(
                "Menolak retur, refund atau komplain sepihak dilarang undang-undang.",
                "Refusing returns, refunds or complaints outright is not allowed by law.",
            ),
            "UU 8/1999 art. 18(1)b-c",
            Words(
                "Kakak bisa pilih tukar atau refund, kami bantu prosesnya.",
                "You can choose an exchange or a refund, and we will help you with it.",
            ),
        ),
        _rule(
            "G9",
            WARN,
            Words("Alasan, lempar tanggung jawab", "Excuse or passing the buck"),
            Words(
                "Kalimat ini melempar masalah ke pihak lain tanpa kita ambil alih.",
                "This hands the problem to someone else and nobody here owns it.",
            ),
            "S1-17, S4-16; Boshoff & Leong 1998",
            Words(
                "Ini tetap tanggung jawab kami, kak. Kami yang urus sampai selesai.",
                "This is our responsibility. We will deal with it for you.",
            ),
        ),
        _rule(
            "G10",
            WARN,
            Words("Janji berlebihan", "Over-promising"),
            Words(
                "Janji ini di luar kendali kita; kalau meleset, kecewanya dua kali.",
                "This promises what we cannot control; if it slips, the disappointment doubles.",
            ),
            "Halperin et al. 2022",
            Words(
                "Kami usahakan, dan kalau meleset kakak kami kabari duluan.",
                "We are working on it, and if it slips we will tell you first.",
            ),
        ),
    )
)

CARE = Words(
    "Kalimat ini menyiratkan pembeli kurang teliti.",
    "This implies that the customer was careless.",
)
