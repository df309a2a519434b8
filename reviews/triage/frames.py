"""The frames of reviews: what shows a complaint, praise, a theme, a wish, urgency. Patterns are explained in `language.frames`.

`points_to` is a group: fault (needs a follow-up), praise, wish, urgent, fixed, untried, mistap, anger. A fault's name also
tells theme and failure (see FAULTS). Own text; no phrase is taken from anybody's data.
"""

from __future__ import annotations

from language.frames import Frame

FAULT, PRAISE, WISH, URGENT = "fault", "praise", "wish", "urgent"
FIXED, UNTRIED, MISTAP = "fixed", "untried", "mistap"

FRAMES = (
    # late
    Frame("late", FAULT, "<!NEG|LESS LATE ~2 DELIVERY|TIME|NUMBER", "terlambat", "late"),
    Frame("delivery_late", FAULT, "DELIVERY|ACT ~2 <!NEG|LESS LATE", "kiriman lama atau terlambat", "slow or late delivery"),
    Frame("was_late", FAULT, "telat|terlambat|late|delay|delayed|molor|ngaret|kelamaan|tertunda|meleset|mbleset", "terlambat", "late"),
    Frame("off_estimate", FAULT, "DELIVERY|TIME ~3 NEG|LESS sesuai|tepat|on", "tidak sesuai estimasi", "not at the promised time"),
    Frame("later", FAULT, "NUMBER TIME kemudian|baru|belum|lebih|later|lama", "sampai berhari-hari kemudian", "days later than hoped"),
    Frame("waited", FAULT, "nunggu|menunggu|nungguin|waited|waiting ~2 NUMBER|TIME|lama|LATE", "menunggu lama", "waited long"),
    Frame("not_come", FAULT, "NEG|belum ~1 sampai|datang|tiba|arrived|terkirim|dikirim|diproses ~2", "belum sampai atau belum dikirim", "not sent or not arrived"),
    Frame("parcel_lost", FAULT, "DELIVERY|barang|pesanan ~2 hilang|lost|raib|lenyap|nyasar", "paket hilang", "parcel lost"),
    # broken, wrong, missing
    Frame("broken", FAULT, "<!NEG|LESS|anti BROKEN", "rusak atau cacat", "broken or faulty"),
    Frame("does_not_work", FAULT, "NEG ~1 nyala|hidup|berfungsi|fungsi|work|working|works|connect|konek|menyala|bunyi|muter|terdeteksi|nyambung|kepakai|dipakai|terpakai|digunakan", "tidak berfungsi", "does not work"),
    Frame("cannot", FAULT, "NEG bisa ~2 DEAD|PRODUCT|dibuka|ditutup|UNTRIED", "tidak bisa dipakai", "cannot be used"),
    Frame("died", FAULT, "PRODUCT|langsung|cepat|udah|sudah ~2 mati|died|dead|drop|soak", "mati", "it died"),
    Frame("differs", FAULT, "<!NEG DIFFER ~1 PRODUCT|kirim|dikirim|warna|gambar|foto|ukuran|dari|sama|item|one|colour|size", "lain dari pesanan", "not what was ordered"),
    Frame("thing_differs", FAULT, "PRODUCT|pesanan|yang|warna|foto ~2 <!NEG DIFFER", "lain dari pesanan", "not what was ordered"),
    Frame("not_as", FAULT, "NEG|LESS ~1 sesuai|sama|cocok|mirip|match ~1", "tidak sesuai", "not as ordered or shown"),
    Frame("sent_other", FAULT, "pesan|order|beli|minta|ordered|pilih ~4 datang|dikirim|dapat|dikasih|sampai|kasih|malah|got|received|came", "pesan lain dari yang datang", "ordered one thing, another came"),
    Frame("missing", FAULT, "PRODUCT|isi|kurang|jumlah|bonus|tutup ~2 NEG? MISSING|kurang ~1 NUMBER?", "ada yang kurang", "something is missing"),
    Frame("not_there", FAULT, "NEG ada|dapat|dikasih|diberi|disertakan ~1 PRODUCT|PACKAGING|bonus|garansi|kabar|konfirmasi|respon|tutup|manual", "tidak ada atau tidak diberi", "was not there"),
    # poor
    Frame("poor", FAULT, "<!NEG POOR", "mutunya kurang", "poor quality"),
    Frame("little_poor", FAULT, "LITTLE POOR|BROKEN|LATE|kurang|DIFFER|mahal|kecil|besar|gelap|susah|keras", "agak kurang", "a little poor"),
    Frame("less_good", FAULT, "LESS ~1 GOOD|PRODUCT|REPLY|awet|tahan|terang|kencang|tebal|besar|panjang|lebar|teliti|fungsi|nyaman", "kurang baik", "could be better"),
    Frame("not_good", FAULT, "<!but NEG ~1 GOOD !banget", "tidak baik", "not good"),
    Frame("small", FAULT, "PRODUCT|ukuran|suara|porsi ~1 kecil|kekecilan|sempit|besar|kebesaran|pendek|kependekan|gelap|sedikit", "ukuran atau jumlahnya tidak pas", "size or amount off"),
    Frame("but_bad", FAULT, "BUT ~5 POOR|BROKEN|LATE|LESS|MISSING|DIFFER|LITTLE|NEG|mahal|kecil|susah", "ada catatannya", "there is a but"),
    # packing
    Frame("packing_bad", FAULT, "PACKAGING ~3 LESS|NEG|POOR|BROKEN|hanya|cuma|tipis|basah|terbuka|seadanya|doang|saja", "kemasannya kurang", "poor packing"),
    Frame("no_wrap", FAULT, "NEG|LESS|tanpa ~2 PACKAGING", "kurang pelindung", "no protection"),
    # service
    Frame("no_reply", FAULT, "NEG|LESS|LATE ~1 REPLY|gubris|digubris|diangkat|direspon|ditanggapi|jelas|diindahkan", "tidak dibalas", "no answer"),
    Frame("slow_reply", FAULT, "REPLY|SERVICE ~2 LATE|LESS|IGNORED", "balasannya lama", "slow to answer"),
    Frame("ignored", FAULT, "<!NEG IGNORED", "diabaikan", "ignored"),
    Frame("rude", FAULT, "SERVICE ~2 <!NEG RUDE", "dilayani kasar", "rude service"),
    Frame("careless", FAULT, "NEG|LESS teliti|niat|profesional|becus|amanah|jujur|peduli|baca|membaca", "kurang teliti", "careless"),
    # money, site
    Frame("overpriced", FAULT, "<!NEG mahal|kemahalan|overpriced|pricey|expensive", "terasa mahal", "felt overpriced"),
    Frame("money_stuck", URGENT, "MONEY ~4 NEG|belum|hilang|lenyap|hangus|gone|stuck|tertahan|mana ~1", "uang belum kembali", "money not returned"),
    Frame("money_wait", URGENT, "NEG|belum|mana ~2 refund|refunded|uang|dana|duit|saldo|money", "uang belum kembali", "money not returned"),
    Frame("site_down", FAULT, "SITE ~3 error|lemot|lambat|susah|NEG|down|crash|hang|muter|slow|gagal", "aplikasi bermasalah", "site trouble"),
    # urgent
    Frame("cheated", URGENT, "<!NEG CHEAT", "merasa ditipu", "feels cheated"),
    Frame("danger", URGENT, "<!NEG|anti DANGER", "menyangkut keselamatan", "health or safety"),
    Frame("fire", URGENT, "<!NEG|anti percikan|meledak|kebakar|kebakaran|terbakar|fire|exploded|burned|kesetrum|nyetrum|keracunan|poisoned", "menyangkut keselamatan", "health or safety"),
    Frame("lost_parcel", URGENT, "paket|barang|pesanan|parcel ~2 hilang|lost|raib|lenyap", "paket hilang", "parcel lost"),
    Frame("authority", URGENT, "polisi|ylki|bpom|lapor|laporkan|somasi|viral|viralin|viralkan|konsumen|police|bpsk", "menyebut pelaporan", "speaks of reporting"),
    Frame("fake", URGENT, "<!NEG palsu|fake|bodong|oplosan", "merasa dapat barang palsu", "says it is fake"),
    # feelings
    Frame("regret", FAULT, "<!NEG|anti REGRET", "kecewa", "disappointed"),
    Frame("sad", FAULT, "SAD|ANGRY", "sedih atau marah", "sad or angry"),
    Frame("why", FAULT, "WHY ~5 QUESTION", "bertanya kenapa", "asks why"),
    Frame("should", FAULT, "harusnya|seharusnya|mestinya|should ~4", "menyebut yang seharusnya", "says how it should be"),
    # wishes
    Frame("wish", WISH, "WISH ~4 PACKAGING|SERVICE|PRODUCT|DELIVERY|lebih|ditambah|diperbaiki|ditingkatkan|tebal|cepat|teliti|better|more|improve|ada !LAST", "ada harapan", "a wish"),
    Frame("add", WISH, "tambah|tambahin|tambahkan|ditambah|ditambahin|add|perbanyak|dibanyakin|adain|sediakan ~3", "minta ditambah", "asks for more"),
    Frame("other_courier", WISH, "OTHERS ~3 COURIER|BRAND", "ingin kurir lain", "wants another courier"),
    Frame("prefer_courier", WISH, "mending|lebih|better|prefer|semoga|request|pakai|maunya ~2 BRAND", "menyebut kurir yang disukai", "names a courier they prefer"),
    # praise
    Frame("no_fault", PRAISE, "NEG ~1 ada? BROKEN|POOR|MISSING|REGRET|kendala|masalah|minus|komplain|LATE|DIFFER|complaints|issues|problems|snags", "tidak ada masalah", "nothing wrong"),
    Frame("no_fault", PRAISE, "NEG ada|nemu|ditemukan|kelihatan|sampai yang|satupun|sedikitpun|bagian|tanda? ~1 BROKEN|POOR|MISSING|kurang|LATE", "tidak ada masalah", "nothing wrong"),
    Frame("good", PRAISE, "<!NEG|LESS GOOD", "pujian", "praise"),
    Frame("fast", PRAISE, "DELIVERY|REPLY|SERVICE ~1 <!NEG|LESS cepat|kilat|fast|gercep|ramah", "cepat atau ramah", "fast or kind"),
    Frame("again", PRAISE, "<!NEG|kapok AGAIN|order|beli|pesan|langganan lagi|again|terus|disini", "mau belanja lagi", "will buy again"),
    Frame("thanks", PRAISE, "THANKS|JOY", "terima kasih", "thanks"),
    Frame("hope_lasts", PRAISE, "semoga|moga|hopefully ~1 LAST", "semoga awet", "hopes it lasts"),
    # other
    Frame("fixed", FIXED, "<!NEG|belum FIXED", "sudah dibereskan", "already put right"),
    Frame("untried", UNTRIED, "NEG|belum|not ~2 UNTRIED", "belum dicoba", "not tried yet"),
    Frame("wrong_star", MISTAP, "OOPS ~3 STARS", "salah pencet bintang", "tapped the wrong star"),
)  # fmt: skip

# name of a fault -> (theme, failure); "" where the words around it tell the theme.
FAULTS: dict[str, tuple[str, str]] = {
    "late": ("delivery", "late"),
    "delivery_late": ("delivery", "late"),
    "was_late": ("delivery", "late"),
    "off_estimate": ("delivery", "late"),
    "later": ("delivery", "late"),
    "waited": ("delivery", "late"),
    "not_come": ("delivery", "not_received"),
    "parcel_lost": ("delivery", "not_received"),
    "lost_parcel": ("delivery", "not_received"),
    "broken": ("", "damaged"),
    "does_not_work": ("product", "damaged"),
    "cannot": ("product", "damaged"),
    "died": ("product", "damaged"),
    "differs": ("product", "wrong_item"),
    "thing_differs": ("product", "wrong_item"),
    "not_as": ("product", "not_as_described"),
    "sent_other": ("product", "wrong_item"),
    "missing": ("product", "wrong_item"),
    "not_there": ("", "not_as_described"),
    "poor": ("", "not_as_described"),
    "little_poor": ("", "not_as_described"),
    "less_good": ("", "not_as_described"),
    "not_good": ("", "not_as_described"),
    "small": ("product", "fit_or_changed_mind"),
    "packing_bad": ("packaging", "other"),
    "no_wrap": ("packaging", "other"),
    "no_reply": ("service", "rude_service"),
    "slow_reply": ("service", "rude_service"),
    "ignored": ("service", "rude_service"),
    "rude": ("service", "rude_service"),
    "careless": ("service", "other"),
    "overpriced": ("price", "other"),
    "money_stuck": ("price", "refund_or_cancel"),
    "money_wait": ("price", "refund_or_cancel"),
    "site_down": ("site", "site_problem"),
    "cheated": ("service", "not_as_described"),
    "danger": ("product", "damaged"),
    "fire": ("product", "damaged"),
    "fake": ("product", "not_as_described"),
}
