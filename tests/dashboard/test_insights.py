"""The pages of Insights: who sees what, that figures equal the exports, that small numbers stay words."""

import csv
import re
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse

from dashboard.insights import PAGES, url_of
from dashboard.management.commands.seed_bench import seed_shop


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def busy(shop):
    seed_shop(shop, 300)
    return shop


@pytest.mark.parametrize("part", PAGES)
def test_page_works_without_any_data(shop, ayu, as_, part):
    assert as_(ayu).get(url_of(part)).status_code == 200


@pytest.mark.parametrize("part", PAGES)
def test_page_works_with_data_and_every_period(busy, ayu, as_, part):
    client = as_(ayu)
    for query in ("", "?period=30", "?period=all&blame=shop&days=30", "?from=2026-01-01&to=2026-06-30"):
        assert client.get(url_of(part) + query).status_code == 200


def cells(html: str, title: str) -> list[list[str]]:
    """The rows of the page's table with this caption."""
    table = re.search(rf"<caption[^>]*>{re.escape(title)}</caption>(.*?)</table>", html, re.DOTALL)
    assert table
    body = table[1].split("<tbody>")[1]
    return [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def plain(text: str) -> str:
    """A shown number without its separators."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", unescape(text))


@pytest.mark.parametrize("part", PAGES)
def test_figures_on_the_page_equal_the_exports(busy, ayu, as_, part):
    client = as_(ayu)
    response = client.get(url_of(part) + "?period=all")
    tables = [table for block in response.context["blocks"] for table in block.all_tables if table.rows]
    shown = {t.key for b in response.context["blocks"] for t in [*(c.table for c in b.charts), *b.tables] if t.rows}
    for table in tables:
        address = reverse("dashboard:insights_csv", args=[part]) + f"?period=all&table={table.key}"
        text = client.get(address).getvalue().decode("utf-8-sig")
        rows = list(csv.reader(text.splitlines()))[1:]
        assert len(rows) == len(table.rows)
        if table.key in shown:
            for exported, seen in zip(rows, cells(response.content.decode(), table.title), strict=True):
                assert [as_number(cell) for cell in exported] == [as_number(plain(cell)) for cell in seen]


def as_number(text: str) -> float | str:
    """A cell as a number where it is one."""
    try:
        return float(text)
    except ValueError:
        return text.lstrip("'")


def test_few_cases_are_told_in_words_not_in_percent(shop, ayu, as_):
    seed_shop(shop, 8)
    html = as_(ayu).get(reverse("dashboard:insights") + "?period=all").content.decode()
    assert "Not enough data yet" in html
    assert not re.search(r'stat-value">\d+%', html)


def test_mirror_is_for_the_owner_alone(shop, budi, vera, as_):
    for member in (budi, vera):
        response = as_(member).get(url_of("mirror"))
        assert response.status_code == 403
        assert "insights/mirror" not in as_(member).get(reverse("dashboard:insights")).content.decode()


def test_unknown_part_and_table_are_not_found(shop, ayu, as_):
    client = as_(ayu)
    assert client.get("/insights/nothing/").status_code == 404
    assert client.get(reverse("dashboard:insights_csv", args=["customers"]) + "?table=none").status_code == 404


def test_outsider_sees_their_own_shop_only(busy, citra, as_):
    html = as_(citra).get(reverse("dashboard:insights_part", args=["causes"]) + "?period=all").content.decode()
    assert "barang contoh" not in html


def test_kept_figures_change_with_the_next_event(shop, ayu, as_):
    from cases import events
    from tests.factories import make_complaint

    client = as_(ayu)
    first = client.get(reverse("dashboard:insights")).context["as_of"]
    assert client.get(reverse("dashboard:insights")).context["as_of"] == first
    events.add_event(make_complaint(shop).case, events.NOTE)
    assert client.get(reverse("dashboard:insights")).context["as_of"] != first


def test_page_has_no_inline_style(busy, ayu, as_):
    for part in PAGES:
        html = as_(ayu).get(url_of(part) + "?period=all").content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
