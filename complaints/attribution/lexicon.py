"""Word classes for the cue frames: each class is a meaning, each line the words that carry it.

Words are in the spelling of `language.tokens.normalise` (slang already undone), Indonesian first, then English,
then common Javanese and Sundanese. A word may stand in several classes. Affixed forms are found by their root
(`kepencetnya` -> `pencet`), so a form is listed only where the affix changes the meaning.
"""

from __future__ import annotations

from types import MappingProxyType

from language.frames import Lexicon
from language.slang import SLANG

# "kak" calls somebody, "kakak" is somebody: only the long form can be the one who did it.
_CALLS = MappingProxyType(dict.fromkeys(("kak", "kk", "ka"), ("VOCATIVE",)))

# Forms that share a root with a class word but mean something else.
_OTHERWISE = (
    "pesankan memesona kasihan mainan bayangan keluarin dikeluarin keluarkan dikeluarkan mengeluarkan pindahin"
    " pindahkan dipindahkan kelewatan terbaca terpercaya naikin naikan naikkan dinaikan dinaikkan menaikkan"
)
_NO_CLASS = frozenset(_OTHERWISE.split())

# Verbs whose passive many write in two words ("di kirim"), as they write places ("di toko").
_PASSIVES = (
    "kirim pakai cek kasih buka terima ganti balas pesan jual packing bungkus batal coba proses komplain beli cas test tes"
    " respon perbaiki suruh beri charge cuci refund telepon perhatikan qc baca info hubungi hubungin lihat jawab janjikan"
    " retur tunggu pencet periksa minta ubah kembali layani masukkan tanyakan buang tanya bilang gunakan tukar tingkatkan"
    " pasang colok setrika jemur hitung ukur tulis bayar ambil angkat bawa taruh lempar banting tutup isi masak goreng"
    " rakit nyalakan hidupkan bikin buat bersihkan cobain bantu baikin tambah lem jahit potong simpan klaim lepas pegang"
    " tekan putar makan minum antar sebut tolak kembalikan kirimi kirimin kasihin kemas pilih"
)
PASSIVES = frozenset(_PASSIVES.split())

# Two words that mean another thing together: "salah satu" (one of them) is no slip.
_IDIOMS = (
    "salah+satu salah+1 kurang+lebih jatuh+cinta baju+tidur harga+miring tong+sampah tempat+sampah kantong+sampah"
    " plastik+sampah kantung+sampah"
)
IDIOMS = frozenset(tuple(pair.split("+")) for pair in _IDIOMS.split())

# "pas" fits; before one of these it is "when" ("pas dibuka", "pas nyampe").
_MOMENTS = (
    "saya aku beli pesan order datang sampai nyampe dateng tiba dibuka buka open unboxing unbox dicek cek dicoba coba"
    " baru lagi dipakai pakai dicolok dicolokin komplain diterima terima mau sudah udah lihat dilihat dikirim kirim"
    " masih malam"
)
MOMENTS = frozenset(_MOMENTS.split())

WORDS = Lexicon(
    {
        # who
        "ME": "saya i me i'm i've i'd i'll kulo abdi sayanya guenya akunya sayalah aing dewekku awakku",
        "MY": "my mine myself own",
        "ALONE": "sendiri myself dewe",
        "FAMILY": "anak suami istri adik adek kakakku bayi ponakan cucu mertua mama ibuku ibu bapak ayah temen teman art"
        " nenek kucing anjing pacar roommate kid kids son daughter husband wife toddler baby dog cat puppy kitten mum mom"
        " dad sister brother niece nephew housemate grandma flatmate",
        "SHOP": "toko penjual admin mimin kakak kalian cs shop store seller you your you're you've yours they their"
        " warehouse gudang tim team staff karyawan pegawai bos produsen pabrik supplier penjahit baker florist maker olshop",
        "VOCATIVE": "kakak min mimin gan sis bos bang mas mbak pak bu bunda om team",
        "COURIER": "kurir ekspedisi jne jnt sicepat anteraja driver ojol paxel courier carrier spx ninja tiki postman driver"
        " pengantar abangnya hub transit pengiriman postie dropbox logistik delivery"
        " grab gojek gosend ekspedisinya idexpress",
        "PLATFORM": "aplikasi app apps web website situs sistem system server shopee tokopedia tokped lazada bukalapak tiktok"
        " keranjang cart qris va gopay ovo dana bank payment checkoutnya halaman page button tombol site",
        "SYSTEMVERB": "error loading muter ngelag hang crash down blank gagal nge-hang kepotong terpotong charged ngadat",
        # slips of one's own
        "SLIP": "salah keliru wrong mistaken wrongly luput kliru incorrect incorrectly",
        "SLIPNOUN": "mistake kesalahan kelalaian kecerobohan fault salahku salahnya blunder kebodohan error ceroboh teledor"
        " lalai gegabah careless silly stupid dumb clumsy bodoh bego oon goblok dodol dongo lemot pikun pelupa ngawur sotoy"
        " sok impulsif impulsive kalap khilaf hasty",
        "TYPO": "typo saltik mistyped misread misclicked miscounted misclick mispelled misspelled misspelt misunderstood"
        " misjudged mismeasured overlooked miscalculated misheard",
        "BYACCIDENT": "kepencet keklik kepilih kepesan kecheckout ketekan tertekan kelebihan kedobel dobel double"
        " accidentally accident accidental oops whoops duh kecepetan keceplosan kebablasan",
        "TOOFAST": "keburu buru terburu kadung terlanjur telanjur tergesa rushed hurry hurriedly kesusu half-asleep ngantuk"
        " asal langsung main ngasal",
        "MISHAP": "kesenggol ketumpahan kejatuhan keinjek kebanting kecuci ketinggalan kelewat ketiduran tersenggol"
        " jatuh jatoh keseleo kebakar kesetrika kegunting kesiram kerendem ketarik keguyur kelindes kecemplung"
        " tersiram kepanasan dropped spilled spilt knocked slipped tripped shrank shrunk fell overslept kecolok kebalik",
        "FORGET": "lupa forgot forget forgetting forgotten keluputan kelupaan",
        "CARE": "baca cek ukur tanya lihat teliti ngeh sadar perhatiin merhatiin perhatikan memperhatikan simak cermat scroll"
        " read check checked checking measure measured measuring ask asked look looked notice noticed realised see saw"
        " double-check paham mudeng ngerti tahu fokus konfirmasi dengerin nurut ikutin ikuti manut research riset survey",
        "SKIM": "skimmed skipped skim skip scrolled glanced ignored guessed assumed nebak asal kira-kira ngira feeling"
        " kilat sekilas tebak percaya",
        "THOUGHT": "kirain kira pikir mikir kupikir kukira sangka thought assumed assuming figured presumed believed"
        " bayangin bayangan ekspektasi nyangka ngira mikirnya mengira",
        "SHOULD": "harusnya should should've ought kudune sudikudu",
        "REGRET": "nyesel menyesal regret kapok nyesal sesal serah maklum salahkan",
        "ADMIT": "ngaku akui mengakui akuin admit confess confession embarrassing embarrassed malu blame",
        "CHANGED": "berubah changed mood gajadi",
        "GAINED": "gendutan naik gemuk gendut gained buncit membesar melebar melar",
        "BREAKS": "mecahin memecahkan mecahkan ngerusak ngerusakin rusakin merusak numpahin menumpahkan jatuhin ngejatuhin"
        " menjatuhkan nyenggol banting ngebanting ngilangin menghilangkan gigit ngegigit gigitin nyobek nyobekin narik"
        " nginjek menginjak duduki dudukin ngedudukin nyakar chewed ate grabbed knocked spilled tore scratched broke",
        "DEVICE": "hp laptop tv motor mobil pc kamera ac komputer printer redmi samsung iphone xiaomi oppo vivo realme infinix"
        " android ps2 ps4 kompresor listrik wifi internet jaringan colokan stopkontak console phone car bike",
        "NUMWORD": "satu dua tiga empat lima enam tujuh delapan one two three four five half setengah sebiji sepasang"
        " sebelah separuh sebagian",
        # verbs of ordering (the customer acts)
        "CHOOSE": "pilih pencet klik ketik tulis isi input masukin masukkan pesan order beli checkout catat ambil milih"
        " mencet ngeklik ngetik nulis ngisi nginput pesennya ordernya picked pick type typed entered enter put clicked click"
        " chose choose chosen ordered bought buy wrote write booked book booking selected select tekan sebut nyebut centang"
        " ticked pressed filled ngasih kasihtahu kopas paste copy added ukurnya",
        "PAY": "bayar transfer paid pay payment lunas tf ditransfer overpaid",
        "HANDLE": "cuci jemur setrika gunting potong rendam colok ngecas charge masak goreng rebus simpan taruh naruh pasang"
        " masang nyuci jemurin setrikain bongkar rakit ngerakit buka washed wash dried dryer ironed cut opened stored left"
        " microwaved plugged assembled boiled soaked bleached stretched cutter pisau siram nyiram watering water overwater",
        "AWAY": "mudik keluar kantor liburan pergi pindah holiday away asleep tidur silent dirumah cuti pindahan moved",
        # what the shop, courier or platform does
        "SEND": "kirim dikirim ngirim sent send shipped ship packed pack packing kemas dikemas dibungkus bungkus dikasih"
        " diberi dispatched packaged packaging mengirim dikirimkan dikirimin masukin dimasukin delivered deliver dropped",
        "GET": "datang dapat terima diterima sampai received got receive get arrived came arrive comes kedatangan dapet"
        " turned nerima ngedapetin keluar isinya isi inside",
        "WANT": "pesan order minta mau ordered wanted asked requested chose pilih pesanan paid request ngorder pesen beli",
        "ORDERED": "pesan order beli minta pilih milih ordered bought wanted asked requested chose",
        "REPLY": "balas dibalas respon tanggap ditanggapi nanggapin jawab dijawab gubris digubris reply replied respond"
        " responded answer answered angkat diangkat follow ditindak slowrespon slowres kabar dikabarin kabarin tanggapan"
        " balasan jawaban nanggepin tanggepin ditanggepin dibaca dichat",
        "IGNORED": "dicuekin cuek diabaikan abaikan ghosted ghosting diread dicentang ignored ignoring seen ngilang menghilang"
        " diemin didiemin lepas-tangan bot silence"
        " didiamkan didiemkan dianggap digubris dipedulikan mendiamkan",
        "RUDE": "jutek judes kasar ketus galak nyolot rude sombong songong ngegas sinis marah-marah ngomel dimarahin"
        " diomelin nyindir sarcastic dismissive unprofessional condescending bentak dibentak disalahin nyalahin ngatain",
        "CHEAT": "bohong curang tipu nipu ketipu tertipu penipu penipuan penipu scam ngibul php diphp boong ngeles alasan"
        " fraud misleading lied lying lie liar modus ngakunya menipu jebakan bodong dibohongi dibohongin kibulin",
        "PROMISE": "janji dijanjiin janjinya dijanjikan katanya promised promise guaranteed claimed claims bilangnya ngakunya"
        " supposedly supposed advertised diklaim klaim tertulis",
        "DAMAGED": "rusak pecah penyok sobek bocor cacat patah retak lecet copot jamuran basi busuk expired kadaluarsa"
        " kedaluwarsa noda kotor bolong gores baret ngelupas mengelupas luntur tumpah belatung berkarat karatan bengkok peyok"
        " remuk hancur lembek leleh basah apek cuil gompal broken broke torn cracked dented damaged faulty defective ripped"
        " stained shattered smashed leaking leaked mouldy moldy rotten spoiled chipped scratched snapped peeling peeled"
        " crushed soaked stale rusty melted bent soggy defect cacad ambrol jebol brodol koyak terkelupas pudar soak kusut"
        " lumer kempes seret macet longgar nyangkut berlubang berjamur tengik rontok pretel jebol amoh gembos frayed"
        " eror berbulu kelipet terlipat kelipat lecek lusuh layu putus terputus melempem ringsek"
        " lapuk belel korslet oblak lepas terlepas kendor kelupas bintik penyot tumpul mampet gembung"
        " kembung rembes merembes pesok hangus gosong gripis sompek somplak buram burem blur kusam"
        " cempreng sember benyek lobang ompong kebuka terbuka goyang bocel cowel mengkerut"
        " bergelombang keropos meletot pengkor bengkak berair mencong miring luber terpotong rantas",
        "DEAD": "mati konslet korslet meledak meleduk stopped died dead drop ngedrop",
        "WORKS": "nyala hidup fungsi berfungsi ngecharge ngecas connect konek menyala works working work bunyi keluar berputar"
        " muter muncul function turn",
        "POOR": "jelek tipis murahan kw palsu bekas fake terrible poor cheap flimsy kasar parah payah zonk abal"
        " asal-asalan awful horrible useless sampah rubbish trash crap secondhand used kopong ringkih rapuh nerawang tembus"
        " gatal bau busuk buruk ancur amburadul asalan berantakan miring molor acak hambar tawar keasinan thin scratchy"
        " itchy worst worse ampas rombeng gadungan imitasi tiruan oplosan abal2 mengecewakan"
        " reject rijek kacau seadanya dekil rongsokan bantet alot anyir amis percuma sia-sia mubazir"
        " burik rendah menyengat jadul rentan menyesatkan merugikan",
        # what goods should do; said with "tidak" or "kurang"
        "STURDY": "awet kuat kokoh lengket nempel menempel melekat merekat rekat presisi responsif jernih rapat kencang tahan"
        " rata bersih lengkap layak maksimal stabil lancar mulus nyerap menyerap lurus kedap akurat tepat higienis segar"
        " steril fresh sempurna tajam utuh simetris durable sturdy",
        "LACK": "kurang hilang kosong missing incomplete lenyap raib ketinggalan separo setengah short empty gaada absent lost"
        " selisih minus nihil dikurangin disunat sebagian",
        "DIFFER": "beda berbeda lain bedanya different mismatch mismatched differs instead malah ketukar tertukar ketuker"
        " melenceng lainnya random acak unlike jauh",
        "LATE": "lama telat lambat molor delay delayed late slow terlambat lelet ngaret mundur ngendap nyangkut mandek stuck"
        " berhari-hari waiting nunggu menunggu nungguin tunggu waited weeks belum-belum kelamaan berlarut"
        " lamban tertunda nyasar meleset leletnya tersendat terhambat",
        "REFUND": "refund uang dana saldo duit pengembalian money refunded dibalikin potongan ongkir dikembalikan",
        "CARELESSSHOP": "qc niat becus profesional professional amanah teliti ngecek dicek bertanggung sembarangan asalan"
        " serius kompeten sloppy",
        "DISAPPOINT": "kecewa disappointed disappointing nyesel mengecewakan kesel kesal dongkol gondok sebel jengkel angry"
        " upset frustrated frustrating unacceptable rugi dirugikan ridiculous annoyed furious gedeg emosi muak keterlaluan"
        " appalled ngecewain kuciwa dissatisfied joke",
        "DEMAND": "tanggung jawab bertanggung kompensasi compensation lapor laporin report tanggungjawab gantirugi sue polisi"
        " ylki viralin",
        "PROOF": "video unboxing bukti ss screenshot invoice nota fotonya rekaman proof chatnya skrinsut screenshots",
        "CORRECT": "benar sesuai correctly right clearly jelas correct jelas2 clear tepat lengkap bener accurate triple",
        "LISTING": "deskripsi foto gambar iklan judul keterangan listing description picture photo pictures photos title"
        " spek spesifikasi size-chart sizechart chart etalase caption video label advert website tabel panduan guide story"
        " postingan display pics"
        " diskripsi tertera dicantumkan tercantum spesifikasinya kenyataannya",
        # states with no cause named
        "FIT": "kekecilan kebesaran kegedean sempit longgar kepanjangan kependekan kecil besar ketat muat pas gombrong"
        " tight loose small big short long fit fits snug narrow baggy ngepas mepet cingkrang kedodoran kesempitan kekencengan"
        " seukuran tebal ngatung cukup wide larger smaller bigger"
        " sesak ngepress",
        "TASTE": "cocok suit suits selera style manis pahit asin pedas kurang suka sreg shade gelap terang warm wangi"
        " gerah ekspektasi ekspetasi ekpetasi ekpektasi expektasi bayangan",
        "ITEM": "barang baju celana sepatu kaos rok gamis jilbab hijab kerudung tas dompet sandal jaket sweater gaun dress"
        " blender kipas lampu charger kabel hp laptop headset earphone speaker jam mouse keyboard kue roti bolu brownies"
        " donat sambal keripik kopi teh susu serum lipstik bedak skincare toner sunscreen parfum sabun buku mainan boneka rak"
        " meja kursi lemari sprei bantal selimut gorden karpet panci wajan gelas piring botol tumbler tanaman bunga pot helm"
        " knalpot ban oli aki item parcel paket box dus shoes shirt jacket phone case cable mug cake candle plant curtain"
        " rug bag watch ring necklace bracelet earrings lamp pesanan order produk product package dompet kemeja blouse",
        "SPEC": "ukuran warna tipe varian rasa motif alamat nomor nama tanggal jumlah quantity address number name variant"
        " flavour flavor model type level kode voucher catatan notes note form jadwal date phone email angka nol digit qty"
        " patok rt rw patokan kecamatan postcode voltage watt",
        "TIME": "hari minggu bulan jam kemarin senin selasa rabu kamis jumat sabtu days weeks month months hours day week"
        " today tomorrow besok lusa yesterday pagi malam since sejak tadi",
        # turns of speech
        "NEG": "tidak bukan belum tanpa no not never don't didn't doesn't isn't wasn't can't won't haven't hasn't nothing none"
        " weren't aren't ora mboten teu without nobody mboten couldn't wouldn't neither",
        "BUT": "tapi but padahal namun however though although except sayangnya sayang unfortunately yet",
        "TURN": "ternyata eh malah kok tahunya taunya turns jebule apparently rupanya tau-tau",
        "EVEN": "memang emang walaupun meski meskipun although even yes iya oke okay know mungkin",
        "ASKCAN": "bisa boleh can could may bolehkah bisakah possible apakah adakah mungkinkah bisanya",
        "ASKWHY": "kenapa bagaimana apa mana kapan berapa how what why where when which ngapain gimanakah caranya siapa",
        "HELP": "tolong mohon bantu help bantuin dibantu solusi please solusinya advice saran arahan minta",
        "SWAP": "tukar ganti retur return exchange swap kembali batal ubah edit rubah diganti ditukar diubah change revisi"
        " tambah nambah reschedule resched refund retour update switch replace",
        "AGAIN": "lagi again ulang pesan-lagi another beli-lagi baru second kedua kesekian third",
        "NORMAL": "wajar normal biasa lazim usual supposed meant memang",
        "UNSURE": "entah mungkin maybe perhaps whether apa kayaknya unsure sepertinya bingung confused either atau or perasaan",
        "SORRY": "maaf sorry apologies apologise apologize forgive nuwun hampura",
        "LAUGH": "haha wkwk wk hehe hihi lol hahaha wkwkwk huhu xixi wkwkwkwk hahah heheh hhe he hadeh hadeuh hahahaha whoops"
        " yah duh aduh waduh lah dong sih deh oops 😅 😂 🙈 🤦 🤭 😆 😁 🤣 😬 🥲 🫣 😝",
        "SAD": "😭 😢 😞 😔 :( ☹ 🥺 huhu hiks hikss huhuhu",
        "ANGRY": "😡 🤬 😤 😠 🙄 👎 😒 😑 💢",
        "KIND": "terima makasih thank bagus good great mantap oke puas love lovely baik nice cepat ramah recommended keren"
        " happy senang sukses perfect amanah beautiful gorgeous excellent"
        " mantab mantep sip jos memuaskan rapih rapi aman responsif komunikatif lembut adem nyaman"
        " recommend recomended rekomended rekomen rekomendasi gercep kilat berkualitas sempurna empuk"
        " halus lucu cakep jernih kokoh original ori top cantik worth membantu sesuai wangi mulus",
        "CLOTHFAULT": "jahitan jahitannya benang resleting zipper kancing button sol lem tali seam seams stitching kain bahan"
        " kemasan lakban segel tutup seal bubble wrap bubblewrap packing box dus kardus"
        " bordir sablon busa tombol layar baterai engsel kaca tutupnya sampul cover lapisan perekat"
        " kabel mesin roda gagang pegangan",
        "COMEON": "masa niat gimana sih kapok mantap hebat brilliant great wonderful bravo salut luar hebatnya keren masak"
        " seriously seriusan serius honestly astaga astaghfirullah please lho loh dong weh buset anjir",
        "NOUNBLAME": "pelayanan service servis layanan respon packing pengiriman label kualitas mutu sikap attitude",
        "REVIEWED": "overall kualitas produk pengiriman packing packaging penjual seller recommended recomended bintang"
        " original ori harga sesuai pelayanan packingnya barangnya produknya respon bahan quality product delivery",
        "QUESTION": "?",
    },
    without=_NO_CLASS,
    spellings=SLANG,
    as_written=_CALLS,
    mine="MY",
)
