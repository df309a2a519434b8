import pytest

from complaints.attribution import features
from complaints.attribution.frames import FRAMES, STRONG


def found(text, side=None):
    return {cue.name for cue in features.read(text).cues if side in (None, cue.points_to)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kak maaf aku salah pilih ukuran hehe", "slip_choose"),
        ("kepencet hitam kak", "pressed"),
        ("kirain sepasang, ternyata satuan", "thought_was"),
        ("aku keburu checkout", "too_fast"),
        ("ga ngeh ada tulisan PO", "not_noticed"),
        ("should have read the size chart", "should_have"),
        ("my bad, wrong size", "my_bad"),
        ("digigit kucing saya", "by_family"),
        ("bukan salah tokonya kok", "not_shops_fault"),
    ],
)
def test_own_slips_point_to_self(text, name):
    assert name in found(text, "self")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("salah kirim nih kak", "send_slip"),
        ("bukan salah saya", "not_my_fault"),
        ("kakak kirim yang salah", "you_sent"),
        ("emang aku telat bales, tapi barangnya pecah", "own_then_shop"),
        ("pesen biru yg dateng item", "wanted_got"),
        ("mantap, 9 hari baru sampe", "praised_wait"),
        ("kurirnya nitip di pos satpam", "courier_did"),
        ("I ordered the right one", "i_was_right"),
        ("chat ga dibales2", "not_replied"),
        ("bukan saya yang salah ketik", "not_me_who"),
    ],
)
def test_the_shops_failures_point_to_the_shop(text, name):
    assert name in found(text, "shop")


@pytest.mark.parametrize("text", ["bisa tukar ga?", "ini kekecilan ya?", "kok ga nyala ya kak?", "wajar ga sih?"])
def test_questions_without_attribution_point_to_nobody(text):
    assert found(text, "unclear")
    assert not found(text, "self")


def test_a_denied_slip_is_no_slip():
    assert "slip_choose" not in found("ga salah pilih kok", "self")


@pytest.mark.parametrize(
    "text",
    ["bukan aku yang salah pilih", "saya ga typo", "not my mistake", "jangan bilang saya yang salah pilih"],
)
def test_what_a_customer_denies_is_no_cue_against_them(text):
    assert found(text, "shop")
    assert not found(text, "self")


@pytest.mark.parametrize(
    "text", ["tokonya ga salah, saya yang keliru", "barangnya ga salah, sayanya yang salah ukuran"]
)
def test_what_a_customer_clears_the_shop_of_is_no_cue_against_it(text):
    assert found(text, "self")
    assert not found(text, "shop")


@pytest.mark.parametrize("text", ["ga mungkin saya salah tulis", "kata penjual saya yang salah pasang"])
def test_a_slip_put_on_the_customer_is_none_of_theirs(text):
    assert found(text, "shop")
    assert not found(text, "self")


def test_what_goods_fail_to_do_speaks_for_the_shop():
    assert "not_sturdy" in found("perekatnya tidak lengket")
    assert "not_sturdy" not in found("perekatnya lengket sekali")


@pytest.mark.parametrize(
    "text",
    [
        "talenannya tidak retak",
        "celengannya ga pernah mengecewakan",
        "engselnya tidak gampang lepas",
        "paketnya sampai tanpa penyok",
        "termosnya sesuai deskripsi",
        "sudah 4x beli teko di sini",
        "pesan kemarin, hari ini sampai",
        "selimutnya sampai dengan selamat, jangan ragu belanja di sini",
    ],
)
def test_praise_speaks_against_nobody(text):
    assert not found(text, "shop")
    assert not found(text, "self")


@pytest.mark.parametrize("text", ["gimana ga kecewa", "talenan harusnya ga retak", "dibungkus biar ga pecah dong"])
def test_what_ought_not_to_break_is_no_praise(text):
    assert not {"no_fault_found", "never_a_fault"} & found(text)


@pytest.mark.parametrize(
    "text",
    [
        "saya kecewa, salah satu gelasnya retak",
        "saya pikir kainnya tebal",
        "raketnya langsung dipakai anak saya",
        "teman saya juga beli di sini",
        "saya tidak tahu kenapa begini",
        "tb 165 bb saya 70",
        "jangan lupa beli tatakannya juga",
        "cangkir saya yang retak",
    ],
)
def test_to_speak_of_oneself_is_no_slip(text):
    assert not found(text, "self")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sendoknya ga ada di dalam dus", "not_in_it"),
        ("tutupnya ga ada", "lacks_it"),
        ("sama sekali ga bisa dipakai", "cannot_use"),
        ("ukirannya tidak sesuai", "not_matching"),
        ("not recommended", "not_recommended"),
        ("pengirimannya lelet", "late_service"),
        ("ga mau tanggung jawab", "no_responsibility"),
        ("bukan katun asli", "not_genuine"),
        ("pesan teko.. datang panci", "wanted_got"),
    ],
)
def test_what_real_reviews_say_points_to_the_shop(text, name):
    assert name in found(text, "shop")


def test_kak_calls_and_kakak_acts():
    assert "shop_did" not in found("kak salah pilih aku")
    assert "shop_did" in found("kakak salah kirim")


def test_a_word_after_a_comma_opens_a_clause():
    assert "not_my_fault" in found("bukan salah saya")
    assert "not_my_fault" not in found("bukan salah, saya cuma tanya")


def test_a_cue_cuts_its_words_out_of_the_text():
    text = "Halo KAK, maaaf aku salaaah pilih 😭"
    cue = next(cue for cue in features.read(text).cues if cue.name == "slip_choose")
    assert text[cue.start : cue.end] == "salaaah pilih"
    assert cue.reason_id
    assert cue.reason_en


def test_frames_have_names_of_their_own_and_reasons_in_both_languages():
    names = [frame.name for frame in FRAMES]
    assert len(names) == len(set(names))
    assert set(names) >= STRONG
    assert all(frame.reason_id and frame.reason_en and frame.pattern for frame in FRAMES)
    assert {frame.points_to for frame in FRAMES} == {"self", "shop", "unclear"}
