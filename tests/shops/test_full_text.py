"""Full text on SQLite: what triggers keep, what a migration makes again, and that MATCH is really asked."""

from types import SimpleNamespace

import pytest
from django.db import connection

from bookings.models import Booking
from cases.models import SearchText
from reviews.models import Review
from shops import full_text, search
from shops.models import ContactPoint, Customer, Order
from tests.factories import make_customer, make_order, make_shop

SEARCHED = [
    (Customer, ("name",)),
    (ContactPoint, ("address",)),
    (Order, ("number", "item")),
    (Review, ("text", "author", "product")),
    (Booking, ("item",)),
    (SearchText, ("text",)),
]
KEPT = {model._meta.db_table: full_text.name_of(model._meta.db_table) for model, _columns in SEARCHED}


@pytest.fixture
def toko(db):
    return make_shop("toko", playbooks=False)


def column(sql, *params):
    """The first column of a query."""
    with connection.cursor() as cursor:
        return [row[0] for row in cursor.execute(sql, params).fetchall()]


def check(model):
    """SQLite compares the full text with the table; it raises where they differ."""
    name = full_text.name_of(model._meta.db_table)
    column(f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)")


def items(word):
    """The items of the orders that are found by a word."""
    return sorted(Order.objects.filter(search.holding(Order, [word], "number", "item")).values_list("item", flat=True))


@pytest.mark.sqlite
@pytest.mark.parametrize("table", KEPT)
def test_triggers_are_there_after_all_migrations(db, table):
    # Red after a migration that alters the table? SQLite remade it: end that migration with full_text.index(...).
    triggers = column("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", table)
    assert set(triggers) == {f"{KEPT[table]}_{what}" for what in ("add", "drop", "change")}


@pytest.mark.sqlite
def test_every_full_text_is_looked_at(db):
    assert set(column("SELECT name FROM sqlite_master WHERE sql LIKE '%%USING fts5%%'")) == set(KEPT.values())


@pytest.mark.sqlite
@pytest.mark.parametrize(("model", "columns"), SEARCHED)
def test_search_asks_the_full_text(db, model, columns):
    plan = model.objects.filter(search.holding(model, ["rusak", "pecah"], *columns)).explain()
    assert f"SCAN {full_text.name_of(model._meta.db_table)} VIRTUAL TABLE INDEX" in plan
    assert f"SEARCH {model._meta.db_table} USING" in plan  # by the keys it gives


@pytest.mark.sqlite
def test_list_of_orders_reads_no_table_whole(toko):
    plan = search.orders(toko, "rotan").order_by("-placed_at", "-pk")[:51].explain()
    assert {line.split(" SCAN ")[1].split()[0] for line in plan.splitlines() if " SCAN " in line} == {
        "shops_order_search",
        "shops_customer_search",
    }


@pytest.mark.sqlite
def test_new_changed_and_deleted_rows_are_kept_up_with(toko):
    order = make_order(toko, item="rotan")
    assert items("rotan") == ["rotan"]
    order.item = "pandan"
    order.save()
    assert (items("rotan"), items("pandan")) == ([], ["pandan"])
    order.delete()
    assert items("pandan") == []
    check(Order)


@pytest.mark.sqlite
def test_rows_written_in_bulk_are_kept_up_with(toko):
    Order.objects.bulk_create(Order(shop=toko, number=f"A-{n}", item="rotan") for n in range(3))
    first, second, third = Order.objects.order_by("pk")
    Order.objects.filter(pk=first.pk).update(item="pandan")
    second.item = "mendong"
    Order.objects.bulk_update([second], ["item"])
    Order.objects.filter(pk=third.pk).delete()
    assert [items(word) for word in ("rotan", "pandan", "mendong")] == [[], ["pandan"], ["mendong"]]
    check(Order)


@pytest.mark.sqlite
def test_upsert_is_kept_up_with(toko):
    make_order(toko, number="A-1", item="rotan")
    again = [Order(shop=toko, number="A-1", item="pandan"), Order(shop=toko, number="A-2", item="mendong")]
    how = {"update_conflicts": True, "unique_fields": ["shop", "number"], "update_fields": ["item"]}
    Order.objects.bulk_create(again, **how)
    Order.objects.bulk_create([Order(shop=toko, number="A-1", item="sabut")], ignore_conflicts=True)
    assert [items(word) for word in ("rotan", "pandan", "mendong", "sabut")] == [[], ["pandan"], ["mendong"], []]
    check(Order)


@pytest.mark.sqlite
def test_other_columns_leave_the_full_text_alone(toko):
    order = make_order(toko, item="rotan")
    before = column("SELECT total_changes()")
    Order.objects.filter(pk=order.pk).update(total=1)
    assert column("SELECT total_changes()") == [before[0] + 1]  # the row itself, and no trigger's write


@pytest.mark.sqlite
def test_words_of_a_deleted_customer_go_with_all_that_was_theirs(toko):
    make_customer(toko, "Rina", phone="081234567890").delete()
    assert column("SELECT rowid FROM shops_contactpoint_search WHERE shops_contactpoint_search MATCH '\"6281\"'") == []
    check(Customer)
    check(ContactPoint)


def without_full_text():
    """As a database that was made before."""
    full_text.drop(None, connection.schema_editor(), table="shops_order")


def with_full_text():
    full_text.make(None, connection.schema_editor(), table="shops_order", columns=("number", "item"))


@pytest.mark.sqlite
def test_rows_from_before_the_migration_are_found(toko):
    without_full_text()
    make_order(toko, item="rotan")
    with_full_text()
    assert items("rotan") == ["rotan"]


@pytest.mark.sqlite
def test_migration_goes_back_without_a_trace(toko):
    without_full_text()
    assert column("SELECT name FROM sqlite_master WHERE name LIKE 'shops_order_search%%'") == []
    make_order(toko, item="rotan").delete()


@pytest.mark.sqlite
def test_made_again_after_the_table_was_remade(toko):
    order = make_order(toko, item="rotan")
    for what in ("add", "drop", "change"):
        column(f"DROP TRIGGER shops_order_search_{what}")
    Order.objects.filter(pk=order.pk).update(item="pandan")
    with_full_text()
    assert (items("rotan"), items("pandan")) == ([], ["pandan"])
    check(Order)


def test_postgres_is_left_alone():
    said = []
    editor = SimpleNamespace(connection=SimpleNamespace(vendor="postgresql"), execute=said.append)
    operation = full_text.index("shops_order", "number", "item")
    operation.code(None, editor)
    operation.reverse_code(None, editor)
    assert said == []


@pytest.mark.parametrize(
    ("words", "asked"), [(["tas"], '"tas"'), (["tas", 'ro"tan'], '"tas" AND "ro""tan"'), (["a*"], '"a*"')]
)
def test_words_are_quoted(words, asked):
    assert full_text.all_of(words) == asked
