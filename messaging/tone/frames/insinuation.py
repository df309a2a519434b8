"""G1 without the word: why blame us, a lesson for you, your own doing."""

from __future__ import annotations

from messaging.tone.frames.blame import OURS
from messaging.tone.rules import CARE, Frame

FRAMES: tuple[Frame, ...] = (
    Frame(
        "G1",
        "why-blame-us",
        (
            "kok|malah|jangan|kenapa|masa|why|do|lalu|terus|jadi|and|now|lho|eh ..4 nyalahin|salahin|salahkan|menyalahkan|blame|blaming ..2 @shop|toko|produk|barang|kurir",
            "kok|malah|kenapa|masa|jadi|lho|eh ..3 kami|kita|saya|toko|admin ..2 disalahin|disalahkan|dimarahin|disuruh|kena",
            "@customer ..4 , kok ..1 kami|kita|saya|toko ..1 yang",
        ),
        unless=(
            "@sorry",
            "diri",
            "denda",
            "@shop ..1 yang ..1 telat|salah|lupa|keliru",
            "~bisa|boleh|berhak ..3 salahkan",
            "jangan ..1 salahkan|salahin ..1 kurir|kurirnya|diri|yourself",
        ),
        reason=CARE,
    ),
    Frame(
        "G1",
        "let-it-be-a-lesson",
        (
            "jadi|buat|jadikan|as ..1 a? pelajaran|lesson ..4",
            "lesson ..2 learned|for",
            "belajar dari ..2 kesalahan|ini|pengalaman",
            "biar ..1 jadi? ..1 pelajaran|kapok|ingat|tahu",
            "kebiasaan ..1 buruk|jelek|nih|sih|deh",
        ),
        unless=("@shop", "@sorry", "online", "kelas|kursus|les|course"),
        reason=CARE,
    ),
    Frame(
        "G1",
        "your-own-doing",
        (
            "@handle|pilih|pesan ..4 yourself|sendiri ..1 kak|bu|,|.|!|kan|lho|ya|$",
            "you did it|this|that ..1 yourself|to",
            "koreksi|introspeksi|instropeksi|berkaca|bercermin|ngaca ..2 diri|dulu|sana",
            "jangan|tidak|no ..1 heran|kaget|wonder ..4 telat|@damage|@wrong|begitu|kalau|lama|if|that",
            "kami|kita|saya|we ..2 cuma|hanya|only|just|simply ..2 nyetak|cetak|print|printed|ikut|ikuti|follow|followed|buat|bikin|masak|turuti|nurut|made|did|jahit ..3 apa|sesuai|yang|what|as",
            "apa ..1 yang ..1 dikasih|ditulis|diminta|dipesan ..2",
            "sudah ..3 kasih|beri|diberi ..4 masih|tetap ..3 @wrong|salah|nanya|bingung",
            "masih|tetap|still ..2 salah|wrong ..2 juga|isi|pilih|too",
            "kira ..1 kira sendiri",
            "@customer ..3 by ..1 the? owner|user|customer",
            "@damage|happened|scratched ..2 by ..1 the? owner|user|customer|buyer|pemilik|pemakai",
            "siapa|who ..2 yang? ..1 bilang|nulis|pilih|ketik|minta|mau|said|asked|wrote|typed ..6 ?",
            "lha|lah|lho ..2 ini|kakak|kamu|malah|dia ..3 diem|diam|langsung|main|asal",
            "kalau|kalo ..2 sebelumnya|dulu|awal|tadi ..2 @care|bilang|nanya ..4 pasti|kan|kami|bisa",
            "please|tolong|harap|mohon ..3 handle|treat|rawat|perlakukan|use|store ..5 more|lebih ..3 care|carefully|gentle|hati",
            "a ..3 call|message|check|look|question|glance would|could have ..3",
            "beds|shoes|cakes|things|clothes|sizes|plants|pets|baju|sepatu have|punya|need ..2",
            "bukan|not ..1 buat|untuk|meant|made|designed ..1 for|to|di|digigit|dimasak|direbus|dicuci|dipakai|main|mainan|renang|berenang",
            "ya ..1 jelas|pasti|pantas|pantes|otomatis|tentu|wajar ..2 @damage|kegedean|kekecilan|kebesaran|kesempitan|pudar|jebol|lembek|mati|telat|kebakar|luntur|gatal|panas",
            "perhaps|maybe|mungkin|kayaknya|coba ..2 measure|read|check|ask|ukur|baca|cek|kakak|anda ..4 next|first|dulu|salah|lihat|yang",
            "we did our ..1 bit|part|job",
            "saya|kami tinggal|cuma nurut|ngikut|ikut|samain",
            "your|kakak|sendiri own ..1 discipline|choice|decision|doing|problem|risk|habits|laziness",
        ),
        unless=(
            "@sorry",
            "@thanks",
            *OURS,
            "@noneed",
            "@offer",
            "boleh|bolehkah|may|silakan",
            "~bukan ..1 salah|fault",
            "could you|we",
            "next_to|kami ..2 ukur|cek",
        ),
        reason=CARE,
    ),
)
