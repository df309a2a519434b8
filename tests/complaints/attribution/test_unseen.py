"""The figures on text that no model was trained on; skipped where the data folder is not there."""

import os
from pathlib import Path

import pytest

from complaints.attribution.report import evaluate
from language.corpus import read

DATA = Path(os.environ.get("SHOPCARE_DATA", Path(__file__).parents[4] / "shared" / "data"))


def figures(name):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not in {DATA}; set SHOPCARE_DATA")
    return evaluate(list(read(path)))


@pytest.mark.parametrize(("name", "least"), [("blame_dev.jsonl", 0.8), ("chat_dev.jsonl", 0.93)])
def test_macro_f1_does_not_fall(name, least):
    assert figures(name)["macro_f1"] >= least


@pytest.mark.parametrize(("name", "most"), [("blame_dev.jsonl", 0.04), ("chat_dev.jsonl", 0.04)])
def test_self_and_shop_are_seldom_taken_for_each_other(name, most):
    assert figures(name)["crossed"] <= most


@pytest.mark.parametrize("name", ["blame_dev.jsonl", "chat_dev.jsonl"])
def test_what_is_decided_is_right(name):
    assert figures(name)["decided"]["precision"] >= 0.96


@pytest.mark.parametrize("name", ["blame_dev.jsonl", "chat_dev.jsonl"])
def test_enough_is_decided(name):
    assert figures(name)["decided"]["coverage"] >= 0.6


@pytest.mark.parametrize("name", ["blame_dev.jsonl", "chat_dev.jsonl"])
def test_it_is_as_sure_as_it_is_right(name):
    assert figures(name)["ece"] <= 0.05
