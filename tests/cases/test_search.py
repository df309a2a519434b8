"""Finding cases by their words, the same on both databases."""

import pytest

from cases import search
from tests.factories import make_complaint, make_customer, make_order, make_shop


@pytest.fixture
def torn(shop):
    rina = make_customer(shop, "Rina")
    return make_complaint(shop, "tasnya sobek di bagian bawah", order=make_order(shop, rina, number="INV-77")).case


@pytest.mark.parametrize("query", ["sobek", "SOBEK", "sobek bawah", "bawa", "tasnya", "rina", "inv-77", "obe sobek"])
def test_find_by_any_of_its_words(shop, torn, query):
    make_complaint(shop, "paket belum sampai")
    assert search.find(shop, query) == [torn.pk]


@pytest.mark.parametrize("query", ["", "a", "di", "!!", "  ", "so*", "x' OR 1=1 --"])
def test_find_refuses_too_short_a_query(shop, query):
    assert search.find(shop, query) is None


@pytest.mark.parametrize("query", ["hilang", "sobek hilang", "abc' OR 1=1 --", "abc*", "🌱🌱abc", "%%abc", "a|!(abc)"])
def test_find_nothing_is_no_error(shop, torn, query):
    assert search.find(shop, query) == []


@pytest.mark.parametrize(
    "query", ["x" * 5000, "hilang " * 800, '"hilang', "hilang AND sobek", "text:hilang", "abc\ud83c", "___", "²²²"]
)
def test_find_bears_anything(shop, torn, query):
    assert search.find(shop, query) == []


def test_find_follows_new_words(shop, torn):
    search.index(torn, "gagang retak")
    assert (search.find(shop, "sobek"), search.find(shop, "retak")) == ([], [torn.pk])


def test_find_stays_in_the_shop(shop, torn):
    assert search.find(make_shop("lain2", playbooks=False), "sobek") == []


def test_find_forgets_a_deleted_case(shop, torn):
    torn.delete()
    assert search.find(shop, "sobek") == []
