"""The words the frames are written in: concept -> words of chat Indonesian and English.

Written for this guard. One entry is a word, or several joined with "_" (a phrase). Spelling variants come from
`language.slang` and affixed forms from the stemmer, so an entry is usually the plain word. `plain` lists words that
look like an affixed form of something else and are not.
"""

from __future__ import annotations

from collections.abc import Mapping

PEOPLE = {
    "address": "kak kk ka sis sist gan bun bunda bro bund mba mbk om min say dear cici koko bosku sir madam bu pak"
    " bunda mba abang bang neng kakaknya",
    "customer": "kakak mbak mas anda bapak ibu pembeli pembelinya customer customers pelanggan buyer buyers konsumen"
    " kamu you your yours yourself yourselves agan sista ente situ kostumer kustomer penerima pemesan juragan user"
    " pengguna pemakai pembelian_anda orangtua ibunya bundanya ibunda"
    " klien penyewa penumpang pengantin",
    "shop": "kami kita saya admin mimin toko tim seller penjual we us our ours i my me myself ourselves team shop store"
    " gudang pihak_kami olshop cs owner",
    "third": "maker makers porter satpam supir kurirnya exchange gateway operator penyedia kurir ekspedisi courier couriers jne jnt j&t sicepat anteraja ninja pos logistik pengiriman carrier"
    " pabrik pabriknya supplier suppliers vendor distributor factory manufacturer marketplace shopee tokopedia lazada"
    " bukalapak tiktok aplikasi sistem platform sopir driver gojek grab delivery_guy postal_service hub hujan cuaca"
    " banjir weather rain flood macet traffic importir konveksi penjahit mitra produsen bea_cukai customs bank"
    " brand brandnya penerbit principal kantor_cabang third_party dropper kantor_pos postman"
    " provider menara maskapai florist freelance vendor percetakan",
    "others": "pembeli_lain customer_lain pelanggan_lain orang_lain nobody_else no_one_else"
    " other_customers other_buyers everyone_else everybody_else semua_pembeli semua_customer semua_orang"
    " ribuan_pembeli ratusan_pembeli thousands_of_customers hundreds_of_customers all_our_customers pelanggan_lainnya",
}

GRAMMAR = {
    "no": "tidak bukan belum tak tiada not never no none nothing without tanpa nor gausah jarang kurang bukannya",
    "dont": "jangan dilarang gausah tidak_usah do_not never stop tidak_boleh please_do_not",
    "particle": "ya yaa kok dong donk sih deh nih tuh lho loh lah kan to toh ye yah",
    "scold": "dong donk sih deh tuh lho loh makanya kan toh masa masak",
    "should": "harusnya seharusnya should supposed ought should_have must_have baiknya sebaiknya mending mendingan"
    " could_have had_to needed_to might_want_to would_have_been_better better harap tolong_lain",
    "must": "harus wajib kudu mesti must have_to need_to required has_to needs_to",
    "if": "kalau jika bila if apabila when once unless andai seandainya misal misalnya whether in_case begitu",
    "because": "karena sebab akibat because due since gara gara_gara disebabkan dikarenakan lantaran soalnya cause",
    "will": "akan will bakal nanti mau going_to shall segera besok tomorrow lusa would",
    "hope": "semoga mudah_mudahan hope hopefully wish moga",
    "past": "sudah kemarin tadi waktu saat pas ketika dulu sebelum was were did had left already yesterday before"
    " when sewaktu",
    "next_time": "lain_kali lain_waktu lain_hari besok_besok kedepannya ke_depannya next_time in_future in_the_future"
    " another_time ke_depan kedepan from_now_on lain_x mulai_sekarang for_next_time",
    "why": "kenapa kok mengapa why how_come masa ngapain what_for",
    "ask": "tolong mohon boleh bisa please could can would minta mau harap silakan silahkan coba bolehkah bisakah dimohon"
    " want need kindly mind appreciate ingin usahakan jangan_lupa do_not_forget remember ditunggu yuk ayo mari kasih",
    "only": "cuma hanya saja doang just only sekadar merely",
    "conditional": "baru setelah sebelum kalau dulu until before after if once nanti then and_we supaya biar agar dapat"
    " otherwise unless syarat in_exchange and_then selama asal jika",
    "free_choice": "bebas hak berhak free_to up_to_you as_you_see_fit apa_adanya jujur honest honestly sesuai_pengalaman"
    " tidak_wajib tidak_harus terserah_kakak apa_pun apapun does_not_depend not_depend no_obligation sejujurnya"
    " seadanya sepenuhnya_hak your_choice entirely_yours welcome_to tidak_perlu need_not no_need",
    "offer": "tidak_apa_apa tidak_masalah tidak_papa tidak_mengapa no_problem no_worries not_a_problem tenang"
    " sering_terjadi it_happens that_happens wajar_kok santai do_not_worry bantu dibantu help happy_to"
    " can_swap can_exchange bisa_tukar bisa_ditukar boleh_ditukar swap easy_fix easily_fixed sort_it fix tidak_usah_khawatir"
    " kami_tukar kami_ganti no_trouble dengan_senang_hati gladly all_good okay_kok tidak_keberatan not_to_worry",
    "noneed": "tidak_perlu tidak_usah no_need need_not do_not_need do_not_have tidak_harus tidak_wajib not_required"
    " not_necessary not_have_to",
    "thanks": "makasih terima_kasih thank thanks thankful grateful appreciate apresiasi tengkyu matur_nuwun nuhun"
    " hatur_nuhun trims berterima_kasih appreciated gratitude suwun terimakasih",
    "replacement": "pengganti penggantinya replacement replace new baru yang_baru penggantian resend",
    "soon": "nanti secepatnya segera soon asap as_soon_as_possible shortly later",
}

FAULT = {
    "wrong": "ngasal kebalik salah keliru wrong wrongly incorrect incorrectly mistakenly ngaco ngawur asal asal_asalan sembarangan"
    " typo",
    "guilt": "kesalahan salahnya kelalaian lalai ceroboh teledor sembrono gegabah fault blame carelessness careless"
    " negligence negligent mistake mistakes error errors kecerobohan keteledoran salahmu ulah kekeliruan lengah"
    " doing oversight",
    "carelack": "kurang_teliti tidak_teliti kurang_hati_hati tidak_hati_hati kurang_cermat kurang_fokus tidak_fokus"
    " kurang_paham tidak_paham kurang_baca tidak_nyimak kurang_jeli buru_buru terburu_buru not_careful"
    " not_paying_attention more_careful were_not_careful lebih_teliti lebih_hati_hati lebih_cermat lebih_jeli"
    " pay_attention paid_attention asal_pilih asal_klik asal_pesan asal_pencet asal_order asal_checkout asal_beli"
    " kurang_perhatian too_fast in_a_hurry rushed gak_nyimak tidak_lengkap salah_sendiri lebih_fokus skip_the"
    " skipped_the ignored_the too_lazy malas_baca males_baca tidak_jelas kurang_ngerti misread misunderstood"
    " salah_paham salah_baca gagal_paham",
    "care": "ngukur membaca mengecek mengukur mempelajari baca cek periksa ukur tanya teliti hati_hati perhatikan simak pahami lihat konfirmasi pastikan read"
    " check measure ask verify confirm look double_check notice careful carefully follow ikuti inspect compare"
    " understand chat_dulu scroll cermati tes test zoom nanya hitung bedain pelajari crosscheck mikir think_twice",
    "choose": "pilih klik pencet pesan order ketik tulis isi masukin masukkan input checkout beli minta request choose"
    " chose chosen pick picked select selected click clicked typed type enter entered ordered wrote put fill filled"
    " bought requested booking nulis order_sendiri masukan pesen picking choosing typing ordering entering"
    " ketik_sendiri memilih mengisi cantumin cantumkan kasih_alamat gave provided submitted submit"
    " approve approved approving acc ngisi ngasih milih memilih confirm_order agreed",
    "handle": "pakai pemakaian pake jatuhin jatuhkan banting bongkar cuci rawat pasang paksa tarik gunting dropped drop"
    " washed used misused mishandled handled handle washing forced pulled installed stored treated using usage"
    " simpan disimpan dibiarin dijemur menyimpan wore wearing dipaksa kena_air kebanting kejatuhan overcharged"
    " colok ngecas charge charging rendam buka opened opening bersihin bersihkan bawa taruh naruh nyimpan tekuk"
    " dicas disetrika diseret ditarik dicampur dibilas ditutup dimasukin dicolok disemprot dipaksa ditaruh dipencet diisi overtighten overtightened mixed mixing putting washing soaked stored bleach ditindih dijemur ketindihan dicuci setrika nyucinya pakainya nyemprotnya muternya masangnya nyetrika",
    "rough": "kasar sembarangan berlebihan rough roughly careless improperly improper properly ceroboh asal kasarnya"
    " benar right correctly correct the_wrong_way kegedean kegemukan salah abuse abused terlalu",
    "described": "deskripsi keterangan description caption detail details size_chart tabel panduan instruksi petunjuk"
    " instructions manual listing chart judul produk_page listing_title product_page foto katalog etalase s&k syarat"
    " aturan peraturan terms ketentuan policy guide guidelines rules kartu note faq bio highlight pinned spec specs"
    " spesifikasi",
    "stated": "tulis tertulis tertera jelas jelaskan cantum tercantum sebut kasih_tahu ingatkan bilang info written"
    " stated clear clearly says said explained told mentioned warned listed terpampang pajang state disclosed"
    " diinfokan pasang diumumkan",
    "bought_as": "sesuai_pesanan sesuai_order sesuai_orderan sesuai_yang sesuai_alamat sesuai_pilihan"
    " what_you_ordered as_ordered what_you_chose what_you_picked what_you_typed exactly_what",
}

GOODS = {
    "ship": "kirim kemas packing pack packed packs ship shipped sent send bungkus dispatch dispatched handed serahkan"
    " pickup berangkat left keluar sent_out shipping leave ngirim dispatching packaged wrapped "
    " kirim_dari lepas jalan",
    "checked": "cek dicek periksa qc quality_control tes dites checked tested inspected verified sortir check"
    " pastikan foto video cctv rekaman recorded inspeksi bukti proof",
    "good": "mulus bagus utuh aman baik sempurna oke ok okay normal berfungsi layak fine perfect intact good great"
    " flawless undamaged mint sealed segel lengkap rapi fresh segar nyala working worked works perfectly"
    " kondisi_prima prima beres sehat tidak_ada_masalah no_issues no_defects without_defects brand_new excellent"
    " baik_baik jos kenceng steril tersegel masih_baru wangi unbroken sound secure bersih clean hidup rapat"
    " spotless pristine lurus nyala terang cantik hijau normal renyah gurih kencang stabil terbang theirs_intact unopened"
    " upright inflated valid tajam wangi lancar layak_jalan terisi",
    "damage": "rusak cacat lecet pecah penyok sobek bocor retak patah basah luntur tergores gores baret mati cracked"
    " broken damaged defect defects defective scratch scratched torn leak leaking leaked crushed dent dented faulty"
    " flaw damage stained noda reject break crack robek pudar melar basi busuk jamur bolong remuk hancur expired"
    " luka cuil gompal bent snapped bau melempem sompek tear rip ripped crumpled error ngadat"
    " kadaluarsa jebol copot lepas_jahitan minus cacatnya lembek meleleh cair melted stale kempes"
    " layu netes bunyi mogok gosong burem kusut lecek ngambang wilted upside_down",
    "item": "barang barangnya produk product item parcel paket package box tas bag botol baju dress sepatu shoes kotak"
    " pesanan order kiriman isi isinya unit goods merchandise orders",
    "impossible": "tidak_mungkin mustahil impossible can_not_be could_not_have can_not_have could_not_be no_way"
    " mana_mungkin mana_bisa tidak_masuk_akal highly_unlikely very_unlikely unlikely tidak_bisa_jadi"
    " kok_bisa ga_percaya tidak_percaya hard_to_believe do_not_believe "
    " gak_yakin tidak_yakin makes_no_sense nggak_logis not_possible baru_kali_ini ",
    "complained": "komplain complain complained complaint complaints protes keluhan ngeluh mengeluh masalah problem"
    " problems issue issues komplen return_request retur",
    "late": "telat terlambat lambat late delayed delay keterlambatan slow slower mundur molor tertunda tertahan overdue"
    " lama mandek nyangkut stuck",
}

MANNERS = {
    "insult": "halu ngehalu kepala_batu keras_kepala preman emosian baperan kekanakan mental_miskin bawel cerewet rewel ribet lebay norak kampungan bodoh goblok tolol bego dungu idiot stupid moron dumb"
    " pelit miskin manja cengeng baper alay nyebelin nyusahin kepo kere gila sinting brengsek bangsat kampret"
    " sialan tai asu jancok jancuk bacot dongo oon lemot_amat karen picky fussy whiny whiner crybaby ridiculous"
    " pathetic dramatic hysterical overreacting overreact petty clueless ignorant liar pembohong penipu cheapskate"
    " cheap_person brainless insane crazy childish kekanakan bocah sok_tahu sok_tau sok_pintar sok_iye belagu songong"
    " nyinyir julid gatau_diri gak_tau_diri tidak_tahu_diri tidak_tahu_malu muka_tembok loser annoying entitled rude"
    " kurang_ajar tidak_sopan lola lemah_otak buta katrok ndeso udik caper matre mental_gratisan kismin toxic"
    " psycho sakit_jiwa receh cemen nuisance hopeless absurd exhausting unbelievable impossible_to_please"
    " attention_seeker kaum_mendang_mending sobat_misqueen pikun nyolot gaptek kudet lebayy nggak_jelas"
    " dikit_dikit needy paranoid silly foolish scammer banyak_gaya banyak_maunya rempong parno hater"
    " noob sampah trash garbage shut_up zip_it lowballers lowballer pathetic sad_little get_a_hobby get_a_life zonk belagak hobi_ya norak_banget what_a_joke"
    " ngimpi keterlaluan bridezilla ga_punya_hati tidak_punya_hati",
    "softins": "sabar dramatic drama manja cengeng buta receh gila ribet error drama absurd",
    "petty": "sepele kecil minor tiny small little trivial gitu_saja begitu_saja segitu segini doang gitu_doang cuma_gitu"
    " dikit_doang sedikit_doang secuil seuprit seiprit a_bit nothing no_big_deal not_a_big_deal big_deal not_that_bad"
    " the_end_of_the_world kiamat dibesar_besarkan dibesarin besar_besarkan blow_it_out out_of_proportion fuss"
    " dipermasalahin dipermasalahkan diributin diribetin ributin dibikin_ribet hal_kecil masalah_kecil recehan"
    " remeh perkara_kecil",
    "outburst": "yaelah yaela elah hadeh hadeuh haduh halah ampun_deh ya_ampun astaga buset busyet anjir anjay anjrit"
    " capek_deh cape_deh capedeh plis_deh please_deh geez duh jeez seriously are_you_serious wtf omg ugh hellow"
    " helloo woy woi heh hoi hih dih idih cih bah ckck ckckck oh_please good_grief really_now for_god_s_sake"
    " ealah walah alamak jiah hmm_hmm"
    " oh_come_on ya_elah",
    "dismiss": " bodo_amat bodoamat suka_suka sesukamu sesuka_hati masa_bodo emang_gue_pikirin egp "
    " think_what_you_want i_do_not_care we_do_not_care do_not_care could_not_care_less who_cares so_what not_my_problem"
    " not_our_problem bukan_urusan_saya bukan_urusan_gue bukan_masalah_kami bukan_masalah_saya get_over_it "
    " live_with_it suck_it_up grow_up take_it_or_leave_it move_on get_a_life have_a_nice_life gak_peduli tidak_peduli"
    " ga_peduli ora_urus silakan_pergi be_my_guest suit_yourself masa_bodoh sabodo talk_to_the_hand"
    " up_to_you_then your_loss big_deal peduli_amat tidak_ngaruh tidak_rugi tidak_butuh"
    " just_deal_with_it so_deal_with_it",
    "calm": "calm_down relax chill chill_out take_it_easy calm_yourself settle_down cool_it simmer_down get_a_grip"
    " jangan_marah_marah jangan_ngegas tidak_usah_ngegas ga_usah_nyolot jangan_nyolot jangan_emosi tidak_usah_emosi"
    " jangan_lebay jangan_baper jangan_drama jangan_bawel jangan_cerewet jangan_rewel tidak_usah_marah_marah"
    " jangan_ngamuk tidak_usah_drama tidak_usah_baper jangan_panikan ngamuk ngamuk_ngamuk ngegas nyolot"
    " ngotot nyerocos stop_complaining stop_whining stop_nagging stop_bothering stop_asking stop_spamming berisik"
    " ngomel ngomel_ngomel cool_down hold_your_horses biasa_saja_kali jangan_cengeng jangan_manja ga_usah_lebay"
    " jangan_ribut tidak_usah_ribut spam neror neror_neror nge_spam bombardir jangan_kayak stop_yelling",
    "repeat": "berapa_kali how_many_times already_told already_said already_explained already_answered"
    " as_i_said like_i_said sudah_dibilang sudah_dijelaskan sudah_saya_bilang sudah_kami_jelaskan sudah_kami_bilang"
    " sudah_saya_jelaskan sudah_dijawab sudah_saya_jawab sudah_kami_jawab once_more for_the_last_time keep_asking"
    " asking_the_same diulang_ulang itu_lagi same_question over_and_over "
    " sudah_berulang masih_nanya masih_tanya nanya_mulu tanya_mulu nanya_terus tanya_terus nanya_lagi mulu melulu"
    " for_the_hundredth nth_time repeat_myself",
    "comprehend": "ngerti paham mengerti understand denger baca mikir otak dipikir logika akal mata read brain common_sense"
    " english indonesia pinter pintar",
    "price_low": "murah cheap harga_segitu harga_segini for_that_price at_that_price for_this_price at_this_price"
    " diskonan barang_murah harga_murah ada_harga_ada what_you_pay gratisan promo lima_puluh_ribu discount_price"
    " budget bargain harga_promo barang_promo harga_kaki_lima sultan ori original_price mall butik hermes premium",
    "expect": "minta minta_kualitas berharap ngarep ngarepin expect expecting expected mau demand nuntut kualitas"
    " quality luxury mewah rupa sultan maunya muluk enaknya mimpi complain komplain protes bawel banyak_maunya",
    "elsewhere": "shop_somewhere_else shop_elsewhere buy_elsewhere go_elsewhere somewhere_else another_shop toko_lain"
    " toko_sebelah tempat_lain di_mall ke_mall olshop_lain elsewhere seller_lain lapak_lain shop_lain lapak_sebelah"
    " a_different_shop other_shop",
    "leave": "beli belanja shop go buy order cari pindah sana find find_another pergi pesan belinya checkout",
    "stop_buying": "tidak_usah_beli jangan_beli ga_usah_belanja tidak_usah_belanja jangan_belanja gausah_beli"
    " tidak_usah_order jangan_order gausah_order gausah_belanja do_not_buy do_not_order do_not_shop never_order"
    " tidak_usah_pesan jangan_pesan",
    "praise": "hebat pinter pintar jago keren mantap congratulations congrats bravo good_for_you"
    " nice_one genius jenius clever brilliant smart cerdas luar_biasa well_done great_job nice_job impressive"
    " charming tepuk_tangan slow_clap",
    "tired": "males malas ogah capek cape lelah pusing muak eneg jengah sick_of tired_of fed_up had_enough enough_of exhausted"
    " buang_waktu wasting_my_time wasting_our_time waste_of_time waste_our_time waste_my_time ga_ada_waktu no_time"
    " better_things better_things_to_do bikin_pusing bikin_repot bikin_emosi bosan bosen "
    " gedeg geregetan do_not_have_time puyeng enek habis_kesabaran kesabaran males_ngeladenin",
    "talk": "ngomong ngomongnya ladenin ngeladenin meladeni jelasin menjelaskan jawab jawabin balas bales talk chat"
    " hadapin menghadapi dealing deal explaining explain customer kakak you pembeli orang nanggepin layanin urus ngurus"
    " baca answering people debat ribut dengerin liat orang_kayak kayak excuses whining",
    "human": "manusia human humans robot robots punya_perasaan dewa superman pembantu pesuruh babu servant maid slave"
    " budak tukang_sulap magician cenayang dukun mind_reader psychic peramal mind_readers hiburan",
    "grateful": "bersyukur syukur masih_untung untung_masih untung_kami be_grateful be_thankful you_should_be_glad"
    " lucky be_lucky you_are_lucky at_least_it at_least_you ditolongin diladenin udah_dibantu masih_mending untung_saja"
    " be_glad masih_bagus_kami masih_diladenin",
    "body": "muka mukanya mata matanya lidah lidahnya gigi giginya kulit kulitnya badan badannya cermin cerminnya layar layarnya monitor hidung hidungnya telinga kaki kakinya tangan face eyes eye skin tongue screen nose ears feet foot hands head jempol selera seleranya taste phone hpnya bibir bibirnya rambut rambutnya rumah rumahnya",
    "smirk": "🙄 😒 🤡 😤 😠 😡 🖕 💩 😏     ",
    "cheer": "selamat congrats congratulations semangat happy yay hore asyik asik mantap keren siap halo hai hello hi wah"
    " wow welcome enjoy yeay alhamdulillah",
    "kind_laugh": "hehe hihi wkwk haha 😊 🙏 ❤ 😍",
}

RATINGS = {
    "star": "bintang star stars rating ratings ratingnya bintangnya rate rated bintangin skor score penilaian",
    "review": "unggahan thread utas blog vlog entry videonya maps trustpilot yelp google_maps ulasan review reviews reviewnya ulasannya komentar komen comment comments post postingan posting story"
    " storynya testimoni testimonial feedback thread tweet twit caption_itu video_itu penilaian status cuitan sg sw"
    " google_review rating ratings bintang stars star utas konten vt reels",
    "complaint_filed": "laporan report laporannya komplain komplainnya komplen complaint keluhan keluhannya pengaduan"
    " aduan dispute sengketa return_request pengajuan ",
    "give": "kasih beri berikan memberi give giving gave kasihin leave drop isi tulis write put submit post rate klik"
    " tinggalkan tinggalin hadiahkan sumbang bantu pencet tekan bintangin isiin kasi penuhin penuhi dipenuhin tambah"
    " spare",
    "five": "5 lima five full penuh max maksimal sempurna perfect tertinggi highest top all_the_stars mentok semua"
    " 5/5 10/10",
    "count": "1 2 3 4 satu dua tiga empat one two three four",
    "raise": "naikkan naikin dinaikkan dinaikin naik raise bump increase improve upgrade boost up ubah ganti edit change"
    " revisi update perbaiki betulkan benerin koreksi adjust reconsider pertimbangkan pertimbangin jadiin jadikan bump_it"
    " amend modify rethink pikirin pikirkan revise fix tinggiin tambahin",
    "remove": "buang musnahkan lenyapkan bury untag unpost diberesin disembunyikan hapus hapusin cabut tarik turunkan turunin takedown take_down delete remove erase hilangkan hilangin"
    " take_it_down take_that_down take_this_down took_down took_the withdraw retract pull_down takedownkan copot"
    " unpublish hide sembunyikan archive arsipkan batalkan batal hilang dihide private_kan diprivate lepas take_off"
    " wipe bersihkan drop scrap cancel pull dihilangin taken_down taking_down deleting removing"
    " taken_off take_out tukar_tulisan",
    "revise": "edit ubah ganti revisi update perbaiki benerin betulkan koreksi perhalus haluskan change amend modify"
    " rewrite revise reword soften correct rephrase diperhalus tulis_ulang fix improve adjust reconsider pertimbangkan"
    " pertimbangin rethink pikirkan diralat ralat diganti diubah diedit melunakkan lunakkan",
    "good_review": "ulasan_bagus ulasan_positif ulasan_baik review_bagus review_positif review_baik positive_review"
    " good_review nice_review great_review glowing_review feedback_positif positive_feedback 5_star bintang_lima"
    " five_star ulasan_yang_bagus review_yang_bagus ulasan_yang_positif ulasan_yang_baik komentar_positif good_rating"
    " rating_bagus rating_sempurna rating_tinggi review_yang_baik positive_rating kind_review review_yang_positif"
    " bintang_penuh bintang_sempurna full_bintang komen_bagus testi_bagus testimoni_positif testimoni_bagus",
    "bad_review": "ulasan_jelek ulasan_buruk ulasan_negatif review_jelek review_buruk review_negatif bad_review"
    " negative_review low_rating rating_rendah bad_rating bintang_rendah rating_jelek bintang_1 bintang_satu one_star"
    " 1_star bintang_2 bintang_kecil negative_feedback komentar_jelek komen_jelek komentar_negatif rating_kecil"
    " bintang_1_2 jelekin bintang_1_3 negative_comment rating_buruk low_review low_stars poor_review ulasan_begitu"
    " review_begitu ulasan_kayak review_kayak",
    "reward": "voucher bonus cashback hadiah gift gratis diskon potongan discount reward kupon coupon freebie free saldo"
    " koin coin refund point poin uang_kembali ongkir_gratis credit pulsa doorprize undian giveaway proses kirim"
    " replacement"
    " garansi cookie warranty freebies tambahan",
    "hurts": "turun jatuh rugi merugikan jelek hancur drop hurts hurt ruin ruined ruining damage damages damaging"
    " affects berdampak pengaruh mempengaruhi anjlok dirugikan kill kills tanks tanked bad_for merusak mematikan"
    " rezeki nafkah livelihood performa dipotong kena_potong penalty penalti gaji bonus_kami suspend rusak merah"
    " bangkrut susah makan_apa",
    "honest": "jujur honest honestly apa_adanya as_you_see_fit sesuai_pengalaman bebas terbuka sejujurnya objektif"
    " sesuai_dengan_pengalaman sejujur good_or_bad bagus_atau baik_atau",
}

THREATS = {
    "police": "bui sel_tahanan polisi police polsek polres pengadilan court lawsuit pengacara lawyer lawyers attorney sue suing tuntut"
    " menuntut tuntutan somasi pidana perdata penjara jail prison uu_ite hukum legal legal_action jalur_hukum cyber"
    " pencemaran_nama defamation defaming libel slander fitnah kuasa_hukum solicitor cybercrime polda notaris"
    " gugat gugatan legally dipolisikan polisikan meja_hijau pasal hakim judge authorities aparat"
    " berwajib kuasa_hukum hukumnya polwan",
    "expose": "unggah mengunggah unggahan viral viralkan viralin diviralkan spill dispill expose exposing sebar sebarin sebarkan disebar"
    " umbar bongkar permalukan mempermalukan shame shaming leak go_viral tell_everyone kasih_tahu_semua bagikan"
    " aibnya aib jelekkan bocorin bocorkan spread screenshot screenshots ss_chat"
    " publikasikan publikasi tangkapan_layar tersebar ",
    "publish": "unggah tempel cetak print bacain bacakan posting post upload share publish bagikan tampilkan pajang pasang tag tagging mention sebar"
    " naikin live broadcast blast repost umumkan story_kan ekspos posting_balik forward",
    "private": "nomor nama name number phone hp alamat address foto photo muka wajah face data ktp chat chatnya identitas"
    " identity profil profile akun account rumah screenshot wa bukti_chat obrolan percakapan messages ig instagram"
    " conversation username nomor_rekening details workplace facebook fb tampang",
    "public_place": "grup group story stories sosmed medsos instagram tiktok facebook twitter publik public everyone"
    " semua_orang semua_seller grup_seller internet online komunitas community status semua seller sellers viral"
    " forum other_sellers seller_lain followers page feed ig fb rt_rw tetangga neighbours neighbors fyp timeline",
    "relation": "keluarga suami istri orang_tua ortu bos atasan kantor teman tetangga family husband wife boss employer"
    " office workplace parents pacar school kampus sekolah hrd anak_anak friends kerabat mertua pak_rt tempat_kerja",
    "blacklist": "blacklist daftar_hitam black_list blacklisted banned diblacklist blokirkan banned_in di_bl masuk_bl",
    "whereabouts": "rumah tinggal kerja kantor alamat live address home work house kos kosan sekolah rumahnya",
    "know": "tahu know hafal nemu ketemu tracking lacak menemukan",
    "watch_out": " lihat_saja liat_saja lihat_nanti tunggu_saja_akibatnya tanggung_akibat watch_out"
    " watch_your_back watch_yourself you_will_regret will_regret you_will_see"
    " be_careful_what rasakan rasain tahu_rasa tau_rasa biar_kapok biar_tahu kapok teach_you_a_lesson"
    " consequences konsekuensinya or_else jangan_macam_macam macam_macam macem_macem jangan_main_main"
    " main_main_sama jangan_coba_coba you_have_been_warned last_warning final_warning peringatan_terakhir"
    " tanggung_sendiri_akibatnya doakan_yang_buruk sumpahin azab kena_batunya kuwalat kualat do_not_mess"
    " mess_with jangan_salahkan_kami i_dare_you sorry_you_did cari_gara_gara cari_masalah berurusan jera efek_jera"
    " get_what_you_deserve",
    "harm": "hajar gebuk datangi datengin samperin gerebek labrak debt_collector preman santet dukun dukunin"
    " hack retas come_to_your_house pay_you_a_visit show_up hunt_you turun_tangan kirim_orang beat_you hurt_you"
    " pay_for_this make_you_pay track_you come_find",
    "report": "laporkan laporin lapor melapor report reporting reported adukan ngelaporin proses_hukum",
}

MONEY = {
    "pay": "bayar pay paying payment paid transfer transferan transferannya pelunasan lunasi lunas pembayaran tf dp"
    " pelunasannya dibayar transferred settle"
    " tagih ditagih tagihan deposit deposits",
    "book": "booking keep booked book hold pesan order reserve reserved keepan dikeep fix nahan take checkout",
    "hurry": "buruan cepat cepetan cepatan segera sekarang_juga now immediately hurry asap right_now secepatnya detik_ini"
    " hari_ini_juga today_or sekarang right_away buru jangan_lama hurry_up at_once malam_ini_juga",
    "flake": "php tukang_php hit_and_run hnr kabur ngilang menghilang ghosting ghosted ghost ghosts bail flaky flake"
    " time_waster time_wasters janji_mulu janji_terus janji_doang janji_palsu omong_doang omdo ingkar wanprestasi"
    " itikad_baik itikad bad_faith niat_buruk niat_beli niat_ga serius_beli serius_ga serious_buyer serious_buyers"
    " modal_booking pemberi_harapan mainin mempermainkan main_main mangkir tidak_amanah bukan_orang_amanah nipu "
    " disappear disappeared disappearing leave_us_hanging no_show gantungin digantungin menggantung ngegantung "
    " window_shopping tidak_niat gak_niat tidak_serius not_serious playing_games play_games backed_out"
    " plin_plan gak_komit pura_pura alasan_terus banyak_alasan alesan_mulu vanish vanished"
    " bokek ngutang bolak_balik_janji stringing_us string_us waste_our_time wasting_our_time fake_order"
    " no_intention nge_php phpin tukang_tipu"
    " hit_&_run bayar_ngilang ilang_kabar",
    "blocked_stock": "rugi merugi dirugikan loss losses lost_a_sale ketahan tertahan nahan antri antre ngantri waiting_list"
    " orang_lain pembeli_lain customer_lain somebody_else someone_else other_buyers other_people tidak_bisa_dijual"
    " tidak_kejual hilang_pembeli banyak_yang_mau yang_mau_banyak nolak_pembeli gagal_jual",
    "waiting": "nunggu menunggu nungguin ditunggu tunggu waiting wait tungguin nunggunya waited",
    "money_word": "bayar pay payment transfer lunas tagih tagihan pelunasan rekening invoice bill dp paid paying nominal"
    " cicil uang money harga total qris rupiah rp utang hutang denda ongkir",
    "late_long": "dari_kemarin sejak_kemarin since_yesterday for_days forever all_day berhari_hari dari_tadi seharian"
    " all_week berjam_jam lama_banget kelamaan 2_hari 3_hari dua_hari tiga_hari for_hours seminggu"
    " for_two_days belum_juga masih_belum mau_sampai_kapan until_when weeks ages sampai_kapan how_long",
}

REFUSALS = {
    "return": "retur return returns refund refunds refundable tukar exchange exchanges exchanged komplain complaint"
    " complaints kembali dikembalikan pengembalian garansi warranty klaim claim claims komplen balikin ganti_rugi"
    " compensation kompensasi ganti pertukaran penukaran refunded returned penggantian tuker balik money_back keluhan"
    " protes klaiman",
    "refuse": "ditolak tolak hangus final ditiadakan reject rejected denied deny refuse refused tidak_melayani"
    " tidak_menerima tidak_diterima tidak_dilayani tidak_bisa tidak_dapat tidak_ada tidak_boleh can_not do_not_accept"
    " not_accept not_accepted not_possible will_not not_allowed tidak_berlaku void invalid_after gugur no_longer"
    " tidak_akan tidak_kami tidak_sah tidak_valid tidak_diproses tidak_kami_layani tidak_kami_terima nonrefundable"
    " non_refundable no_exceptions mustahil tidak_terima tidak_nerima tidak_layani not_offer tidak_melakukan"
    " never_accept tidak_menyediakan not_be_processed not_entertained not_offering tidak_ditanggapi tidak_diladeni"
    " not_eligible unable kadaluarsa batal_otomatis tidak_memberikan not_give not_do out_of_the_question not_honour"
    " not_honor not_be_accepted expired expires forfeit forfeited"
    " not_available reject rejected waive waived melepaskan_hak lepas_hak zero tidak_disertai auto_reject autoreject tidak_kami_tanggapi tidak_tersedia",
    "video": "video unboxing videonya rekaman recording",
    "resp": "tanggung_jawab tanggungan responsible responsibility liable liability ditanggung menanggung tanggung"
    " tanggungjawab risiko resiko risk cover covered"
    " beban",
    "delivered": "sampai diterima sudah_sampai delivered received arrives leaves keluar_dari dikirim arrived shipped"
    " left_our handed_over diserahkan out_of_our_hands kirim",
    "sold": "dibeli terbeli beli bought sold sale sales purchased diskon sale_items promo clearance obral terjual"
    " pembelian",
}

EXCUSES = {
    "workload": "banyak_order banyak_orderan banyak_pesanan banyak_paket orderan_banyak orderan_numpuk banjir_order"
    " lagi_ramai lagi_rame lagi_sibuk overload kebanjiran hundreds_of_orders thousands_of_orders so_many_orders"
    " too_many_orders very_busy so_busy super_busy busy_season peak_season high_season harbolnas ratusan_order"
    " ribuan_order sibuk_banget short_staffed understaffed admin_cuma admin_hanya only_one_admin only_two_people"
    " just_two_people one_person lagi_hectic hectic keteteran"
    " kewalahan numpuk_banget swamped overwhelmed lagi_padat banyak_yang_order banyak_customer cuma_berdua"
    " karyawan_libur pegawai_cuti many_orders lots_of_orders banyak_chat chat_numpuk chat_banyak"
    " ratusan_chat ribuan_chat order_numpuk rame_banget orderan_lagi_banyak",
    "understand_us": "harap_maklum mohon_maklum mohon_dimaklumi please_understand mohon_pengertian"
    " pengertiannya harap_mengerti mohon_mengerti be_understanding harap_pengertiannya bear_with namanya_juga"
    " that_s_how_it_is it_is_what_it_is that_is_how ya_begitu ya_gitu memang_begitu emang_gitu is_normal are_normal"
    " sudah_biasa these_things_happen biasa_terjadi that_is_life is_common lumrah biasalah mau_gimana_lagi"
    " mau_bagaimana_lagi "
    " mohon_dimaklumi tolong_dimaklumi harap_dimaklumi",
    "beyond": "di_luar_kendali di_luar_kuasa di_luar_kontrol diluar_kendali diluar_kuasa diluar_kontrol"
    " di_luar_kewenangan beyond_our out_of_our_control out_of_our_hands outside_our not_in_our_hands nothing_we_can_do"
    " tidak_bisa_apa_apa tidak_bisa_berbuat cannot_control not_up_to_us force_majeure lepas_tangan angkat_tangan"
    " can_not_do_anything bukan_wewenang nothing_to_do_with_us kami_juga_korban saya_juga_korban victims_too"
    " can_not_help_it tidak_bisa_kontrol tidak_bisa_mengontrol hands_are_tied diluar_jangkauan not_in_control no_control",
    "middleman": "reseller dropship dropshipper dropshiper resellers dropshippers perantara middleman cuma_penjual"
    " cuma_jual hanya_penjual agen makelar just_sellers only_sell just_sell jastip titip_jual hanya_menjual",
    "ownership": "tanggung_jawab_kami kesalahan_kami kelalaian_kami kami_yang_salah kami_salah on_us our_mistake our_fault"
    " our_responsibility we_take kami_yang_urus kami_urus kami_bantu kami_telat kami_terlambat kami_kurang"
    " kami_lalai kami_keliru kami_tanggung we_should_have harusnya_kami kami_harusnya our_error kami_klaim kami_proses"
    " kami_hubungi kami_lacak we_have_opened we_will_deal we_will_handle we_are_on_it kami_ganti kami_kabari"
    " salah_kami kekurangan_kami tanggung_jawab_toko kami_bertanggung_jawab kami_tanggung kami_kirim_ulang"
    " we_have_asked we_opened we_filed we_will_chase we_are_chasing we_packed kami_ajukan kami_tambah kami_refund"
    " we_will_replace we_will_refund we_will_resend kami_tetap we_have_contacted we_have_reported kami_sudah_lapor"
    " kami_sudah_minta kami_sudah_hubungi kami_sudah_menghubungi we_own_this we_were_late kami_yang_hubungi"
    " kami_yang_telat kami_yang_lapor kami_cek we_are_sending kami_kembalikan our_side sisi_kami pihak_kami dari_kami",
}

PROMISES = {
    "certain": "pasti dijamin jamin menjamin janji berjanji sumpah bersumpah guarantee guaranteed guarantees promise"
    " promises definitely certainly surely absolutely 100% no_matter_what seratus_persen seribu_persen swear 1000%"
    " trust_me percaya_deh for_sure without_fail without_a_doubt tidak_mungkin_salah mutlak garansi_seumur 100_persen"
    " 1000_persen 200% 110% 101% no_doubt zero_chance mark_my_words cross_my_heart impossible_to"
    " dijaminkan ",
    "never_again": "tidak_akan_terjadi tidak_akan_terulang tidak_akan_pernah never_happen never_happens never_again"
    " not_happen_again tidak_bakal_terjadi tidak_bakal_terulang tidak_terulang_lagi tidak_akan_lagi terakhir_kalinya"
    " terakhir_kali last_time won_t_happen tidak_bakal_lagi not_happen tidak_mungkin_terulang tidak_akan_telat"
    " tidak_akan_salah not_be_late never_be_late never_let_you_down tidak_akan_mengecewakan never_disappoint"
    " tidak_bakal_telat tidak_mungkin_salah_lagi tidak_mungkin_telat tidak_bakal_salah never_make never_repeat",
    "outcome": "sampai tiba arrive arrives puas satisfied aman beres selesai solved resolved cocok suka love fit fits"
    " awet tahan berhasil lancar memuaskan happy mulus perfect sembuh putih langsing kinclong safe persis"
    " telat terlambat delivered rusak salah work works balik cair sesuai kecewa disappointed"
    " reach deliver nyaman bagus best terbaik ",
    "control": "kabari kabarin update bantu proses balas tell inform ganti tukar refund kembalikan cek urus usahakan"
    " help process reply kirim_resi lacak pantau follow_up transfer tanggung simpan kontak hubungi lampirkan check",
    "uncertain": "belum_bisa can_not tidak_bisa not_promise perkiraan expect estimasi usahakan target try aim kalau if"
    " belum_pasti tidak_berani tidak_ingin kepastian pasti_kah should mudah_mudahan semoga belum insyaallah kira_kira"
    " no_guarantee tidak_janji belum_berani tidak_mau not_guarantee",
}

REPAIR = {
    "sorry": "maaf sorry apologise apologize apologies apology apologising apologizing maafkan punten ngapunten"
    " permohonan_maaf maafin hampura nyuwun_pangapunten"
    " we_regret i_regret pangapunten",
    "apologise_plain": "punten ngapunten apologise apologize apologies maafkan minta_maaf mohon_maaf",
    "failure": "telat terlambat lambat late delayed delay rusak cacat lecet pecah penyok sobek bocor retak patah basah"
    " hilang lost missing kurang tertukar swapped salah keliru wrong broken damaged torn scratched cracked leaking"
    " defective faulty keterlambatan kerusakan kekeliruan luntur baret rugged expired basi penuh tidak_sesuai beda"
    " berbeda different belum_sampai belum_tiba belum_diterima not_arrived never_arrived has_not_arrived kosong down"
    " sulit_dibuka tidak_bisa_dibuka error mati tidak_berfungsi not_working stopped_working batal dibatalkan"
    " cancelled lebih_lambat kasar rude curt ketus judes belum_masuk kekecilan kebesaran too_small too_big tergores"
    " jebol bolong remuk hancur out_of_stock habis tidak_dibalas unanswered incomplete tidak_lengkap dent dented stain"
    " stained lembek meleleh melted stale layu hard_to_open not_open belum_kembali crushed leaked bau double dobel"
    " retakan goresan noda mundur molor tertahan held_up stuck kelewat terlewat missed ketinggalan ketuker lelet"
    " tidak_nyala kedaluwarsa berjamur bad spoiled overcharged kelebihan susah_dibuka not_been_delivered"
    " belum_sesuai not_right",
    "object": "barang produk paket pesanan tas baju kemeja celana dress rok jaket sepatu sandal botol tutup resleting"
    " ritsleting zip kancing jahitan ukuran warna label resi chat balasan jawaban reply message order parcel package"
    " bag shirt shoe shoes bottle cap box size colour color item product kotak kaca layar screen charger kabel"
    " kue makanan sambal toko website situs shop site checkout pembayaran payment refund dana uang voucher alamat"
    " hijab jilbab gamis mukena serum lipstik krim parfum mug piring gelas vas lampu kursi meja kain sprei mainan"
    " buku hp casing case headset kipas blender panci wajan tray cake snack keripik kopi teh tanaman bibit pot tali"
    " gagang handle strap lid tumbler kacamata jam_tangan cincin kalung gelang anting segel isi paketnya pesan"
    " kiriman delivery pengiriman kurir courier stok stock bouquet bunga lilin sabun",
    "cause": "penyebabnya karena sebab akibat because after ternyata setelah_kami_cek rupanya jadi so due since"
    " disebabkan catatan record tertukar tertahan kurang_tebal too_thin swapped swap sat_in miscounted"
    " the_reason alasannya ketahuan mix_up mixed_up penyebab cause",
    "own": "kami our us we saya toko i tim",
    "own_fault": "kesalahan kelalaian kekeliruan mistake fault on_us tanggung_jawab responsibility telat keliru lalai"
    " salah should_have kurang oversight late miscounted too_thin kurang_tebal wrong terlewat lupa forgot"
    " missed slow lambat terlambat tidak_teliti error failed gagal harusnya ketuker tertukar swapped mixed_up",
    "remedy": "kirim_ulang kirim_pengganti kirim_yang_benar kirim_yang ganti_baru ganti tukar refund kembalikan"
    " potong potongan transfer_balik replacement replace exchange reship resend refunded money_back full_refund"
    " partial_refund uangnya_kembali dikembalikan pengganti penggantinya pengembalian penuh cashback voucher"
    " uang_kembali send_a_new new_one new_parcel credited credit_your diskon discount ongkir_kami"
    " at_our_cost kami_tanggung mengganti compensate kompensasi gratis_ongkir free_shipping saldo tuker"
    " perbaiki_gratis repair_it free_repair servis_gratis kirimin_ulang retur reimburse money",
    "remedy_act": "kirim kembalikan ganti tukar proses potong transfer send sending refund replace replacing exchange"
    " credit give get tanggung siapkan ajukan berikan beri jemput dapat choose pilih arrange offer reimburse"
    " process processed kami kasih bayar cover swap kredit terima have pay",
    "our_act": "kirim kabari kabarin cek proses balas hubungi transfer update kemas jemput lacak telepon kembalikan ganti"
    " tukar siapkan bantu follow_up send tell update write reply check process confirm refund pick_up ship trace call"
    " contact answer email arrive arrives masuk menjemput infokan informasikan jawab pertahankan keep pack upload"
    " inspect beri_kabar kasih_kabar pesankan antar deliver collect urus tindak_lanjuti respond let_you_know"
    " replace exchange give_you get_back kasih_tahu diproses cair report memberi_kabar telpon sampaikan",
    "exact_time": "jam pukul besok lusa senin selasa rabu kamis jumat sabtu minggu_depan tomorrow today monday tuesday"
    " wednesday thursday friday saturday sunday hari_ini sore_ini malam_ini siang_ini pagi_ini tonight noon pm am"
    " hari_kerja working_day working_days business_day business_days working_hours januari februari maret april mei"
    " juni juli agustus september oktober november desember january february march may june july august october december"
    " minggu_ini this_week this_afternoon this_evening this_morning hari jum'at jumat malam siang sore wib wita wit"
    " ahad midday hour hours minutes menit days tanggal tgl end_of_day within_the_hour next_week 1x24 2x24 24_jam"
    " besok_pagi by_tonight petang",
    "by": "sebelum paling_lambat maksimal before by within dalam maks at_the_latest at no_later_than on selambatnya"
    " kurang_dari in sampai until max",
    "gone": "kemarin tadi yesterday was were last_week minggu_lalu sudah_sampai delivered_at lalu ago did",
}

PLAIN = {
    "plain": "halus chilli digantung tergantung sedih sediakan sebelumnya terlalu selalu makanan berita terima peka selesai kecewa kemudian berikut silakan kadang"
    " bahan jahit dikit pelanggaran beberapa kapan kapanpun siapa siapapun mana masing jangankan "
    " bahwa apakah adalah ialah seri serius pagi kaki hati kali laki sekali"
    " babies baby drama kering mesin leather mesinnya"
    " time times else some"
    " terlihat kelihatan",
}

LEXICON: Mapping[str, str] = {
    **PEOPLE,
    **GRAMMAR,
    **FAULT,
    **GOODS,
    **MANNERS,
    **RATINGS,
    **THREATS,
    **MONEY,
    **REFUSALS,
    **EXCUSES,
    **PROMISES,
    **REPAIR,
    **PLAIN,
}
