"""The demo shop's facts: made up by us, plainly examples, erasable. People are called “(contoh)”, orders CONTOH-…"""

from __future__ import annotations

from dataclasses import dataclass, field

CODE = "CONTOH"

# name, form of address, province, channel, address (numbers of the never-given block 0800-0000-…, RFC 2606 names)
CUSTOMERS = [
    ("Sari (contoh)", "kak", "DKI Jakarta", "whatsapp", "0800000001"),
    ("Wayan (contoh)", "bapak", "Bali", "whatsapp", "0800000002"),
    ("Dewi (contoh)", "ibu", "Jawa Timur", "email", "dewi@example.com"),
    ("Joko (contoh)", "mas", "Jawa Tengah", "whatsapp", "0800000004"),
    ("Maria (contoh)", "kak", "Nusa Tenggara Timur", "whatsapp", "0800000005"),
    ("Fitri (contoh)", "mbak", "Jawa Barat", "email", "fitri@example.com"),
    ("Agus (contoh)", "bapak", "Papua", "whatsapp", "0800000007"),
    ("Lina (contoh)", "kak", "Sumatera Utara", "email", "lina@example.com"),
    ("Hendra (contoh)", "kak", "Kalimantan Timur", "shopee", "hendra-contoh"),
    ("Putri (contoh)", "kak", "Banten", "whatsapp", "0800000010"),
    ("Rizal (contoh)", "mas", "Sulawesi Selatan", "whatsapp", "0800000011"),
    ("Nina (contoh)", "ibu", "DI Yogyakarta", "email", "nina@example.com"),
    ("Yusuf (contoh)", "kak", "Aceh", "tokopedia", "yusuf-contoh"),
    ("Tania (contoh)", "kak", "DKI Jakarta", "instagram", "tania-contoh"),
    ("Bima (contoh)", "mas", "Lampung", "whatsapp", "0800000015"),
    ("Emma (contoh)", "", "Bali", "email", "emma@example.com"),
    ("Rosa (contoh)", "ibu", "Maluku", "whatsapp", "0800000017"),
    ("Dimas (contoh)", "kak", "Jawa Barat", "whatsapp", "0800000018"),
]
RESELLER = 8  # Hendra

ITEMS = [
    ("Tas kanvas biru", 185_000),
    ("Tas kanvas hitam", 185_000),
    ("Botol minum 600 ml", 89_000),
    ("Kaus polos M", 75_000),
    ("Kemeja batik L", 240_000),
    ("Lampu meja", 165_000),
    ("Sabun muka 100 ml", 58_000),
    ("Buku resep", 98_000),
    ("Sandal rumah 39", 65_000),
    ("Payung lipat", 79_000),
]
# Orders that a complaint is about: order -> item.
ITEM_OF = {
    59: 0, 58: 0, 57: 2, 56: 5, 55: 1, 54: 0, 53: 1, 52: 4, 51: 6, 50: 5, 49: 4, 48: 5, 47: 9, 46: 1, 45: 3, 44: 9,
    43: 5, 42: 8, 41: 7, 40: 2, 39: 7, 38: 3, 37: 0, 36: 2,
}  # fmt: skip
COURIERS = ["Kurir Merah", "Kurir Biru", "Kurir Hijau"]
ORDERS = 60


@dataclass(frozen=True)
class Sample:
    """One complaint: whose, about which order (place in the list), how long ago, and how far it has come.

    then   "" untouched; "replied"; "resolved"; "confirmed"; "reopened"; "declined"
    """

    text: str
    customer: int
    hours_ago: float
    order: int | None = None
    channel: str = ""
    voice: str = "to_shop"
    blame: str = ""
    failure: str = ""
    severity: str = ""
    link: str = ""
    then: str = ""
    theme: tuple[str, str] = ("product", "")
    facts: dict[str, str] = field(default_factory=dict)


COMPLAINTS = [
    Sample(
        "Kak maaf, aku salah pilih warna waktu checkout. Harusnya biru, kepencet hitam. Masih bisa diganti?", 0, 1.5, 59
    ),
    Sample("Pesan tas biru yang datang hitam. Labelnya sih biru tapi isinya beda kak.", 3, 2, 58),
    Sample(
        "Botolnya sampai dalam keadaan pecah, tidak bisa dipakai sama sekali. Kardusnya penyok.",
        2,
        3,
        57,
        severity="S3",
    ),
    Sample("paket ku kok belum sampe2 ya, katanya kemarin udah nyampe", 4, 2.5, 56),
    Sample("Sudah seminggu saya transfer pengembalian belum masuk juga. Mohon kejelasannya.", 6, 4, 55),
    Sample("Saya tanya baik-baik soal ukuran malah dijawab ketus. Kecewa sekali sama pelayanannya.", 9, 5, 54),
    Sample("Resletingnya agak macet kak, tapi masih bisa dipakai kok.", 10, 6, 53, severity="S1"),
    Sample("Hmm kok beda ya sama yang di foto", 13, 3.5, 52, channel="instagram"),
    Sample("Habis pakai sabun mukanya muka saya merah dan perih, ini kenapa ya?", 11, 1, 51, severity="S4"),
    Sample(
        "Hati-hati belanja di toko ini, barang saya rusak dan chat tidak dibalas dua hari!",
        14,
        1.2,
        50,
        channel="twitter",
        voice="elsewhere_public",
        link="https://example.com/contoh-utas",
    ),
    Sample(
        "Kemejanya kekecilan, saya yang salah baca tabel ukurannya. Boleh tukar XL? Ongkir saya tanggung.",
        17,
        20,
        49,
        then="replied",
        theme=("information", ""),
    ),
    Sample("Lampunya nyala sebentar lalu mati. Sudah ganti stopkontak tetap sama.", 1, 26, 48, then="replied"),
    Sample(
        "Dikirim ke alamat lama, aku lupa ganti alamat di akun. Bisa tolong dialihkan?",
        5,
        30,
        47,
        then="replied",
        theme=("delivery", ""),
    ),
    Sample(
        "I ordered the black canvas bag but received a blue one. Could you please check?", 15, 28, 46, then="replied"
    ),
    Sample("Dua dari lima kaus yang saya pesan untuk dijual lagi warnanya pudar.", 8, 48, 45, then="replied"),
    Sample(
        "Isi paket kurang satu, saya pesan dua payung cuma datang satu.",
        16,
        72,
        44,
        blame="shop",
        then="resolved",
        theme=("packaging", "Jumlah tidak dihitung dua kali"),
    ),
    Sample(
        "Paketnya telat empat hari, padahal buat kado ulang tahun.",
        7,
        96,
        43,
        then="resolved",
        theme=("delivery", "Terlambat diserahkan ke kurir"),
    ),
    Sample(
        "Sandalnya kebesaran, salah aku ngira-ngira ukuran hehe",
        0,
        200,
        42,
        then="confirmed",
        theme=("information", "Tabel ukuran kurang jelas"),
    ),
    Sample(
        "Buku yang datang ada 6 halaman kosong.",
        12,
        220,
        41,
        channel="tokopedia",
        then="confirmed",
        theme=("product", "Cetakan pemasok"),
    ),
    Sample(
        "Pesanan dibatalkan sepihak tanpa kabar, padahal sudah bayar.",
        4,
        260,
        40,
        blame="shop",
        then="confirmed",
        theme=("service", "Stok tidak dicocokkan"),
    ),
    Sample(
        "Kemasannya robek tapi isinya aman, cuma mau kasih tahu.",
        3,
        300,
        39,
        severity="S1",
        then="confirmed",
        theme=("packaging", "Plastik luar terlalu tipis"),
    ),
    Sample(
        "Websitenya tidak bisa dibuka dari tadi malam, mau bayar jadi tidak bisa.",
        14,
        340,
        None,
        then="confirmed",
        theme=("site", "Server penuh saat promo"),
    ),
    Sample(
        "Nomor HP saya kok ditulis besar-besar di luar paket? Saya keberatan.",
        9,
        150,
        38,
        failure="privacy",
        severity="S4",
        then="reopened",
        theme=("packaging", "Label pengiriman lama"),
    ),
    Sample(
        "tadinya mau warna lain tapi ya sudahlah, aku juga sih yang buru-buru",
        10,
        170,
        37,
        voice="elsewhere_private",
        then="declined",
        theme=("information", "Foto warna kurang akurat"),
    ),
    Sample(
        "Tolong segera, sudah tiga kali saya chat soal paket yang belum sampai. Kalau tidak ada jawaban saya lapor.",
        6,
        7,
        36,
        failure="not_received",
    ),
]

REPLY = {
    "id": (
        "Halo {term} {name}, maaf ya atas kejadian ini, dan terima kasih sudah memberi tahu kami. "
        "Kami paham ini merepotkan. Silakan pilih tukar atau refund penuh, ongkirnya kami tanggung. "
        "Kami kabari lagi hari ini sebelum jam 5 sore."
    ),
    "en": (
        "Hello {name}, we are sorry about this, and thank you for telling us. We understand it is a nuisance. "
        "You can choose an exchange or your money back, at our cost. We will write to you again today before 5 pm."
    ),
}


@dataclass(frozen=True)
class SampleReview:
    """One review: stars, words, whose, about which order, how many hours ago."""

    stars: int
    text: str
    customer: int
    order: int
    hours_ago: float
    platform: str = "shopee"


REVIEWS = [
    SampleReview(5, "Barang sesuai foto, kemasan rapi, makasih kak.", 5, 20, 30),
    SampleReview(4, "Tasnya bagus, cuma sampainya telat 3 hari dari perkiraan.", 12, 16, 5, "tokopedia"),
    SampleReview(2, "Warnanya beda dengan foto, kecewa.", 13, 12, 9),
    SampleReview(5, "Suka! Tapi kardusnya penyok, untung isinya aman.", 7, 11, 20),
    SampleReview(3, "Lumayan, ada harga ada rupa.", 17, 8, 50, "tiktok"),
    SampleReview(1, "Mantap, cepat sampai, recommended!", 1, 7, 26),
    SampleReview(1, "Lampu mati setelah dua hari dipakai, chat belum dibalas.", 10, 13, 3),
    SampleReview(5, "", 2, 9, 60, "lazada"),
]


@dataclass(frozen=True)
class SampleBooking:
    """Something kept for a customer: the item's place in ITEMS, hours since it was agreed, and whether it was paid."""

    words: str
    item: int
    customer: int
    hours_ago: float
    paid: bool = False


BOOKINGS = [
    SampleBooking("keep satu ya kak, nanti sore aku transfer", 0, 14, 20),
    SampleBooking("booking kemeja batik L nya ya", 4, 4, 3),
    SampleBooking("tolong simpan payung dua, saya bayar besok", 9, 16, 9),
    SampleBooking("keep lampunya kak", 5, 0, 22, paid=True),
]
