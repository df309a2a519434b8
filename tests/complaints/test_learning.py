"""The owner's page on the suggestion, and the shop's own model."""

import os

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from complaints import learning
from complaints.actions import tag
from complaints.models import AttributionFeedback
from language.linear import LinearModel, dump
from tests.factories import make_complaint

PAGE = reverse("complaints:learning")


@pytest.fixture
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def feedback(complaint, suggested, chosen, count=1):
    for _ in range(count):
        other = make_complaint(complaint.shop)
        AttributionFeedback.objects.create(
            shop=complaint.shop, complaint=other, suggested=suggested, confidence=0.8, chosen=chosen
        )


def stubborn(path, blame="self"):
    """A model that knows a few words and always says the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scores = {"self": (4.0, 0.0, 0.0), "shop": (0.0, 4.0, 0.0)}[blame]
    words = ("barang", "datang", "rusak")
    dump(LinearModel(("self", "shop", "unclear"), scores, {f"w:{word}": (0.1, 0.1, 0.1) for word in words}), path)


def test_the_last_tap_on_a_complaint_counts(shop, ayu):
    complaint = make_complaint(shop)
    complaint.suggested = "shop"
    tag(complaint, "self", by=ayu.user)
    tag(complaint, "shop", by=ayu.user)
    *_, total = learning.kept(shop)
    assert (total.share.k, total.share.n) == (1, 1)


def test_kept_is_counted_by_what_was_suggested(shop):
    complaint = make_complaint(shop)
    feedback(complaint, "shop", "shop", 3)
    feedback(complaint, "shop", "unclear")
    feedback(complaint, "self", "self")
    by_class = {row.label: row for row in learning.kept(shop)}
    rows = {(row.share.k, row.share.n) for row in by_class.values()}
    assert rows == {(3, 4), (1, 1), (0, 0), (4, 5)}
    assert [count for row in by_class.values() for _, count in row.changed_to] == [1]


def test_the_page_shows_counts_until_there_are_fifteen(as_, ayu, shop, data_dir):
    complaint = make_complaint(shop)
    feedback(complaint, "shop", "shop", 14)
    page = as_(ayu).get(PAGE).content.decode()
    assert "14 of 14" in page
    assert "Not enough data yet" in page
    feedback(complaint, "shop", "self")
    page = as_(ayu).get(PAGE).content.decode()
    assert "14 of 15" in page
    assert "93 %" in page
    assert "70–99 %" in page


def test_the_page_is_the_owners(as_, ayu, budi, vera, data_dir):
    assert [as_(member).get(PAGE).status_code for member in (ayu, budi, vera)] == [200, 403, 403]


def test_another_shops_taps_are_not_counted(as_, citra, shop, data_dir):
    feedback(make_complaint(shop), "shop", "shop", 20)
    assert "0 of 0" in as_(citra).get(PAGE).content.decode()


def test_the_shops_own_model_serves_as_soon_as_it_is_there(shop, data_dir):
    path = learning.model_path(shop)
    assert learning.model_of(shop) is None
    stubborn(path)
    assert learning.suggestion(shop, "barang datang rusak").blame == "self"
    stubborn(path, "shop")
    os.utime(path, (1, 1))
    assert learning.suggestion(shop, "barang datang rusak").blame == "shop"


def test_a_logged_message_is_tagged_by_the_shops_model(shop, data_dir):
    stubborn(learning.model_path(shop))
    complaint = make_complaint(shop, "barang datang rusak", blame="")
    assert (complaint.blame, complaint.tagged_by) == ("self", "model")


def test_a_damaged_model_leaves_the_shipped_one(shop, data_dir, caplog):
    path = learning.model_path(shop)
    path.parent.mkdir()
    path.write_bytes(b"not a model")
    assert learning.model_of(shop) is None
    assert "cannot be read" in caplog.text


def test_what_staff_said_goes_into_training(shop, ayu):
    complaint = make_complaint(shop, "salah kirim, harusnya merah")
    tag(complaint, "shop", by=ayu.user)
    assert learning.confirmed(shop) == [("salah kirim, harusnya merah", "shop", 1.0)]


def test_training_without_taps_publishes_nothing(shop, data_dir):
    pytest.importorskip("sklearn", reason="needs requirements-train.txt")
    with pytest.raises(CommandError, match="nobody in toko"):
        call_command("train_attribution", "--shop", "toko")
    with pytest.raises(CommandError, match="no shop"):
        call_command("train_attribution", "--shop", "nowhere")


def test_train_attribution_writes_the_shops_model(shop, ayu, data_dir, monkeypatch, capsys):
    pytest.importorskip("sklearn", reason="needs requirements-train.txt")
    from complaints.attribution import training

    def small(rows, path):
        assert rows == [("pesan biru yang datang hitam", "self", 1.0)]
        stubborn(path)
        return {"macro_f1_after": 0.82, "macro_f1_before": 0.81}

    monkeypatch.setattr(training, "train_for_shop", small)
    tag(make_complaint(shop), "self", by=ayu.user)
    call_command("train_attribution", "--shop", "toko")
    assert "macro-F1 0.820, was 0.810" in capsys.readouterr().out
    assert learning.model_of(shop) is not None


def test_a_worse_model_of_the_shop_is_refused(shop, ayu, data_dir, monkeypatch):
    pytest.importorskip("sklearn", reason="needs requirements-train.txt")
    from complaints.attribution import training

    def worse(rows, path):
        raise training.WorseError("worse")

    monkeypatch.setattr(training, "train_for_shop", worse)
    tag(make_complaint(shop), "self", by=ayu.user)
    with pytest.raises(CommandError, match="nothing published: worse"):
        call_command("train_attribution", "--shop", "toko")
    assert learning.model_of(shop) is None


def test_a_shop_trains_on_a_few_hundred_taps_and_serves_its_own_model(shop, ayu, data_dir, monkeypatch, capsys):
    pytest.importorskip("sklearn", reason="needs requirements-train.txt")
    from complaints.attribution import training

    ours = [row for row in training.corpus() if row.source in ("chat_id_short", "chat_id_fashion", "extra_plain")]
    monkeypatch.setattr(training, "corpus", lambda: ours)  # a small part of the corpus: seconds, not a minute
    for number in range(240):
        said = make_complaint(shop, f"gleyor tenan paket nomer {number} iki min")
        AttributionFeedback.objects.create(
            shop=shop, complaint=said, suggested="unclear", confidence=0.5, chosen="shop"
        )
    call_command("train_attribution", "--shop", "toko")
    assert "Wrote" in capsys.readouterr().out
    text = "gleyor tenan kiriman iki min"
    assert learning.suggestion(shop, text).blame == "shop"
    assert learning.model_of(shop).card["rows"] == len(ours) + 240
