"""Words that only name the goods are no finding."""

from messaging.tone import check

TEXT = "Halo kak, batas simpan kue potong sudah lewat, jadi kami lepas lagi ke umum ya."


def test_name_of_the_goods_is_no_remedy():
    assert check(TEXT, context={"purpose": "release", "item": "kue potong"}).findings == ()


def test_remedy_stays_forbidden_in_a_release():
    found = check("Kami potong 15% kalau kakak pesan lagi.", context={"purpose": "release", "item": "tas"})
    assert [finding.rule for finding in found.findings] == ["R5"]
