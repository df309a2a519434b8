import json

from complaints.attribution.report import evaluate, render

ROWS = [
    {"text": "kak maaf aku salah pilih ukuran", "blame": "self", "lang": "id", "hard": False},
    {"text": "barang rusak semua, kecewa berat", "blame": "shop", "lang": "id", "hard": False},
    {"text": "ada garansinya ga kak?", "blame": "self", "lang": "id", "hard": True},
]


def test_an_evaluation_is_json_and_counts_by_part():
    found = evaluate(ROWS)
    assert json.loads(json.dumps(found))["rows"] == 3
    assert found["parts"]["hard=False"]["accuracy"] == 1
    assert found["worst"][0]["suggested"] == "unclear"


def test_render_shows_confusion_and_the_worst():
    text = render(evaluate(ROWS))
    assert "macro-F1" in text
    assert "self -> unclear" in text
