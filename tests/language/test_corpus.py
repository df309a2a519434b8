import pytest

from language.corpus import near_duplicates, read, read_all


def test_rows_know_their_file(tmp_path):
    (tmp_path / "b.jsonl").write_text('{"text": "dua"}\n\n', encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"text": "satu"}\n', encoding="utf-8")
    rows = read_all(tmp_path.glob("*.jsonl"))
    assert [(row["source"], row["text"]) for row in rows] == [("a", "satu"), ("b", "dua")]


@pytest.mark.parametrize("line", ["{", "[]", '{"text": 3}'])
def test_a_bad_row_is_named(tmp_path, line):
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "ok"}\n' + line, encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.jsonl:2"):
        list(read(path))


def test_near_duplicates_finds_swapped_words_only():
    texts = ["kak maaf aku salah pilih ukuran baju", "kak maaf aku salah pilih ukuran bajuku", "paketnya belum sampai"]
    assert [(twin.first, twin.second) for twin in near_duplicates(texts)] == [(0, 1)]
