"""Word classes of reviews: each class is a meaning, each line the words that carry it.

Words are in the spelling of `language.tokens.normalise` (slang already undone), Indonesian first, then English, then
common Javanese and Sundanese. Affixed forms are found by their root. Own lists.
"""

from __future__ import annotations

from language.frames import Lexicon

WORDS = Lexicon(
    {
        # what it is about
        "PRODUCT": "barang produk item bahan kain jahitan warna ukuran model motif rasa aroma wangi suara gambar layar baterai"
        " kabel charger tombol resleting zipper kancing sol tali benang sablon bordir busa karet kaca tutup lem cat mesin"
        " kualitas mutu product quality material fabric stitching colour taste smell sound battery screen cable button fit"
        " tekstur kaki gagang handle pegangan per roda daya fungsi isi baju celana sepatu tas jilbab gamis buku mainan kue"
        " kopi sambal keripik serum masker lampu kipas jam jamnya kunci kertas binding segel label manual lensa mic speaker",
        "DELIVERY": "kirim dikirim pengiriman paket parcel ekspedisi kurir courier delivery shipping shipped resi jne jnt sicepat"
        " anteraja ninja spx paxel tiki pos gosend grab gojek driver antar diantar pengantar estimasi sampai datang tiba"
        " arrived perjalanan transit hub gudang ongkir kargo logistik",
        "PACKAGING": "packing packingnya packaging kemasan bungkus dibungkus pengemasan pembungkus pekingnya peking paking kardus"
        " kerdus dus dusnya box boxnya kotak plastik bubble wrap bubblewrap lakban packed wrapped wrapping kemasannya segel",
        "SERVICE": "pelayanan layanan servis service respon admin mimin cs seller penjual toko tokonya adminnya sellernya"
        " penjualnya owner chat chatnya balas dibalas jawab dijawab tanya komplain komplen klaim garansi retur staff reply"
        " replied answered pelayanannya responnya miminnya",
        "PRICE": "harga harganya mahal murah price expensive cheap ongkos biaya diskon promo voucher cashback uang refund dana"
        " saldo bayar rupiah rb ribu kembalian cod pricey",
        "SITE": "aplikasi app website web situs checkout keranjang login loading link halaman server payment",
        # praise
        "GOOD": "bagus baik mantap mantul keren puas memuaskan suka sukak senang recommended rekomended rekomendasi recomended"
        " recommend top oke ok okay mulus rapi rapih aman cantik lucu nyaman enak lembut adem wangi kuat kokoh awet original"
        " ori murah ramah cepat kilat terbaik sempurna cocok pas sesuai sip jos joss mantabs gercep amanah berkualitas sukses"
        " kece gokil juara lezat gurih segar fresh lengkap utuh lancar normal berfungsi good great nice perfect love lovely"
        " excellent amazing best awesome fast beautiful comfortable soft happy satisfied works worth sae alus apik bagusss"
        " memuaskan suka mantab luar membantu bermanfaat terpercaya kinclong bening jernih empuk halus tebal premium",
        "THANKS": "makasih terima thank alhamdulillah hatur matur nuhun suwun syukron",
        "LUKEWARM": "lumayan standar biasa cukup okelah mayan sedang rata2 average so-so meh",
        # what is wrong
        "BROKEN": "rusak pecah penyok peyok sobek bocor cacat patah retak lecet copot jamuran basi busuk expired exp kadaluarsa"
        " kedaluwarsa noda kotor bolong gores baret ngelupas mengelupas luntur tumpah berkarat karatan bengkok remuk hancur"
        " lembek leleh meleleh cuil gompal broken broke torn cracked dented damaged faulty defective ripped stained shattered"
        " leaking leaked mouldy moldy rotten spoiled chipped scratched snapped peeling crushed stale rusty melted bent soggy"
        " defect cacad ambrol jebol brodol koyak terkelupas pudar soak lumer kempes seret macet longgar berlubang berjamur"
        " tengik melempem ringsek lapuk belel melar kusut lecek error korslet konslet bunyi goyang oblak lepas kendor"
        " kelupas rontok lengket berbulu bintik penyot loncer tumpul mampet gembos rembes merembes pesok",
        "DEAD": "mati nyala hidup berfungsi fungsi ngecharge ngecas connect konek menyala works working work died dead bunyi"
        " konslet meledak berputar muter dipakai kepakai pakai terpakai digunakan bisa terdeteksi nyambung dibuka",
        "POOR": "jelek buruk tipis murahan kw palsu bekas fake terrible poor bad flimsy kasar parah payah zonk abal awful horrible"
        " useless sampah rongsokan trash crap ringkih rapuh nerawang menerawang tembus gatal bau ancur amburadul asalan asal"
        " berantakan miring mencong molor hambar pahit asin keasinan alot keras kaku thin scratchy itchy worst worse imitasi"
        " tiruan oplosan abal2 mengecewakan panas berisik pelan licin ribet sempit kekecilan kebesaran kegedean kepanjangan"
        " kependekan gelap blur burem buram sember cempreng aneh ampas bantet encer bulukan dekil tajam berat disappointing"
        " loose tight noisy weak uncomfortable jadul kopong karet pedih perih lemah boros slek",
        "MISSING": "hilang ketinggalan kosong missing incomplete lenyap raib separo setengah short absent lost selisih minus disunat",
        "DIFFER": "beda berbeda lain bedanya different mismatch differs tertukar ketukar ketuker melenceng salah keliru wrong",
        "LATE": "telat terlambat lambat lama lamaa late delay delayed delays molor ngaret lelet lamban mundur mandek nyangkut"
        " nyasar kelamaan tertunda stuck meleset mbleset",
        "IGNORED": "dicuekin cuek diabaikan abaikan ghosted diread read ignored ngilang slowrespon slowres diemin didiemin"
        " digubris gubris diindahkan",
        "REPLY": "balas dibalas respon responsif jawab dijawab tanggapan ditanggapi tanggap reply replied answered response",
        "RUDE": "jutek judes ketus galak nyolot rude sombong songong ngegas sinis marah marah-marah ngomel dimarahin diomelin"
        " kasar nyindir unprofessional bentak",
        "CHEAT": "bohong tipu nipu ketipu tertipu penipu penipuan penipu scam php diphp boong dibohongi fraud misleading lied"
        " lying liar bodong modus scammer menipu",
        "REGRET": "kecewa disappointed nyesel menyesal kesal kesel sebel jengkel kapok rugi dirugikan trauma sedih upset annoyed"
        " frustrated menghawatirkan mengkhawatirkan ngecewain dikecewakan mengecewakan unhappy",
        "DANGER": "alergi gatal-gatal iritasi bruntusan beruntusan ruam melepuh perih terbakar kebakar kebakaran meledak kesetrum"
        " nyetrum korslet konslet keracunan muntah diare mencret ulat belatung kecoa maggot rash burned burnt allergic allergy"
        " poisoned shock smoke asap percikan luka berdarah dokter igd rs puskesmas kadaluarsa expired berjamur keselek tersedak",
        "MONEY": "uang duit refund dana saldo refunded money juta jt rupiah dp rekening transfer terpotong kepotong",
        "CAUSED": "kena pas bikin jadi buat karena akibat setelah habis abis bayi anak kulit muka wajah perut tangan",
        # tone and turns
        "NEG": "tidak bukan belum tanpa no not never don't didn't doesn't isn't wasn't can't won't haven't hasn't nothing none"
        " zero ora mboten teu gaada gaono without nda minim anti",
        "LESS": "kurang less lacking krang",
        "LITTLE": "agak sedikit rada sdikit little slightly bit somewhat lumayan",
        "BUT": "tapi cuma cuman but namun padahal however sayangnya sayang hanya sadly unfortunately although except kecuali"
        " walau walaupun meski meskipun biarpun minusnya kekurangannya kekurangan though akan",
        "WISH": "semoga mohon tolong harap berharap diharapkan next kedepannya depannya saran sebaiknya hendaknya request usul"
        " masukan harusnya seharusnya mending andai coba please hopefully wish suggest perbaiki diperbaiki tingkatkan"
        " ditingkatkan tambahin ditambah tambahkan tambah dibanyakin improve better perlu",
        "LAST": "awet tahan langgeng laris sukses berkah barokah maju jaya lancar rejeki rezeki bermanfaat manfaat durable sehat",
        "WHY": "kenapa kok why how gimana bagaimana mana kapan",
        "FIXED": "diganti digantiin solusi beres selesai dibantu refunded replaced fixed resolved ditukar dikembalikan tergantikan"
        " penggantinya",
        "COMPLAIN": "komplain komplen complain complained lapor dilaporkan protes klaim retur",
        "UNTRIED": "coba dicoba cobain dicobain tes test dites pakai dipakai cek dicek buka dibuka tried checked tested opened"
        " nyoba nyobain unboxing dimakan",
        "STARS": "bintang star stars rating rate ulasan b1 b2 b3 b4 nilai",
        "OOPS": "salah kepencet keliru typo maaf mistake accidentally salpen",
        "ASIDE": "haha hehe wkwk lol wk xixi",
        "BRAND": "jne jnt sicepat anteraja ninja spx paxel tiki gosend grab gojek sap lion idexpress rex wahana",
        "OTHERS": "ganti pindah pilih opsi pilihan selain other another jangan alternatif",
        "COURIER": "kurir ekspedisi courier jasa pengiriman delivery",
        "TIME": "hari minggu bulan jam days day weeks week month months hours seminggu sehari sebulan berhari",
        "SIZEWORD": "ukuran s m l xl xxl xs 2xl 3xl jumbo",
        "AGAIN": "lagi langganan repeat again langgananku order beli pesan",
        "SARCASM": "hebat luar mantap bagus makasih terima keren salut bravo congrats great nice thanks thank selamat wow",
        "SAD": "😭 😢 😞 😔 ☹ 🥺 huhu hiks hikss huhuhu 😓 🥲",
        "ANGRY": "😡 🤬 😤 😠 🙄 👎 😒 😑 💢",
        "JOY": "😍 🥰 ❤ 👍 😊 🙏 ☺ 🤩 😁 😘 👌 💯 ♥ 🔥 🥳",
        "ACT": "diproses proses dikirim kirim sampai datang terkirim masuk kembali ada respon kabar update",
        "OCCASION": "acara ultah wedding birthday wisuda nikahan lebaran party kado lomba tanding lamaran hadiah gift",
    },
    without=frozenset(["pesankan", "mainan", "bayangan", "kasihan"]),
)
