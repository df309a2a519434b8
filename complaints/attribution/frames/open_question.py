"""Frames of customers who hold nobody responsible: questions, remarks on fit and taste, doubt."""

from __future__ import annotations

from language.frames import Frame

FRAMES = (
    Frame(
        "fit_with_praise",
        "unclear",
        "KIND|oke|rapi|cakep|enak|lucu ~5 BUT|cuma|agak|sedikit ~3 FIT|TASTE",
        "memuji, dengan catatan ukuran/selera",
        "praise, with a remark on fit or taste",
    ),
    Frame(
        "a_bit_fit",
        "unclear",
        "agak|sedikit|kurang|rada|terlalu|slightly|bit|too|little FIT|TASTE|gerah|keras|licin|panas",
        "agak kurang pas",
        "a little off in fit or taste",
    ),
    Frame(
        "not_yet",
        "unclear",
        "belum|yet ~1 dicoba|coba|pakai|dipakai|dibuka|tahu|bisa|tried|buka|sempat",
        "belum dicoba",
        "not tried yet",
    ),
    Frame(
        "depends",
        "unclear",
        "selera|tergantung|depends|cocok-cocokan|masing|relatif|personal",
        "soal selera",
        "a matter of taste",
    ),
    Frame("ask_can", "unclear", "ASKCAN ~3 SWAP|QUESTION|HELP", "bertanya boleh/bisa", "asks whether it can be done"),
    Frame(
        "ask_how",
        "unclear",
        "bagaimana|how|gimana|caranya|cara|prosedur|syarat|process|procedure ~5 QUESTION|SWAP|cara|use|pakai|return",
        "bertanya caranya",
        "asks how",
    ),
    Frame(
        "ask_where",
        "unclear",
        "sampai|mana|where|kapan|when|status|dikirim ~2 mana|kapan|QUESTION|order|paket|parcel",
        "bertanya posisi paket",
        "asks where it is",
    ),
    Frame("ask_why", "unclear", "kenapa|kok|why ~5 QUESTION", "bertanya sebabnya", "asks why"),
    Frame("ask_normal", "unclear", "NORMAL ~3 QUESTION", "bertanya apakah wajar", "asks whether it is normal"),
    Frame(
        "unsure_who",
        "unclear",
        "saya|me|i|hp|laptop ~4 apa|or|atau|whether ~3 ITEM|barang|nya|yang|kabel|it|the",
        "tidak tahu siapa yang salah",
        "does not know whose fault it is",
    ),
    Frame(
        "fit_only",
        "unclear",
        "FIT ~2 QUESTION|di|for|on|ME|dikit|sedikit|bit",
        "ukuran/rasa tanpa menyalahkan",
        "a remark on fit",
    ),
    Frame(
        "fit_at_me",
        "unclear",
        "FIT|TASTE ~2 di|on|for|buat|untuk ME|badan|kaki|MY|FAMILY|wajah|kulit|muka",
        "tidak pas di pelanggan",
        "does not fit them",
    ),
    Frame("not_suit", "unclear", "NEG|kurang TASTE|pas|muat|cocok|suka", "kurang cocok", "does not suit them"),
    Frame("question_end", "unclear", "QUESTION", "berupa pertanyaan", "is a question"),
    Frame(
        "is_there",
        "unclear",
        "ada|any|is|adakah|do ~1 garansi|warranty|idea|stok|ready|ukuran|warna|refund|cara ~4",
        "bertanya yang ada",
        "asks what there is",
    ),
    Frame(
        "not_know",
        "unclear",
        "NEG|entah tahu|sure|idea|know|ngerti|paham ~2 kenapa|SLIP|why|apa|how|mana|if|bagaimana|whether|who|what",
        "tidak tahu sebabnya",
        "does not know the cause",
    ),
    Frame("maybe", "unclear", "mungkin|maybe|perhaps|kayaknya|entah|either", "ragu", "unsure"),
    Frame("so_so", "unclear", "biasa|lumayan|okelah|standar|so-so|sedang|average|okay", "biasa saja", "so-so"),
    Frame(
        "followed_guide",
        "unclear",
        "sudah|already|tried|coba|dicoba|udah ~2 ikutin|coba|reset|charge|restart|ngikutin|ganti|tried|dicoba ~4 NEG|masih|still|tetap|QUESTION",
        "sudah dicoba, belum tahu sebabnya",
        "tried, cause unknown",
    ),
)
