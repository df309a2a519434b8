"""Orders from files: what is kept, completed, rejected."""

import io

import pytest
from django.core.management import CommandError, call_command

from shops.importing import order_job
from shops.models import Customer, Order, Shipment
from tables.columns import match_columns
from tables.importing import run
from tables.reading import open_table
from tests.factories import make_order

HEAD = (
    "No. Pesanan;Nama Penerima;No. Telepon;Nama Produk;Jumlah;Total Pembayaran;Waktu Pesanan Dibuat;Opsi Pengiriman\n"
)
ROW = "A1;Rina;081200001111;Tas;1;Rp 185.000;05/01/2026 14:30;Kurir X\n"


def import_(shop, text, **options):
    with open_table(io.BytesIO(text.encode())) as table:
        job = order_job(shop)
        return run(table, match_columns(table.headers, job.fields), job, **options)


def test_marketplace_export_becomes_order_customer_and_parcel(shop):
    report = import_(shop, HEAD + ROW)
    order = Order.objects.select_related("customer").get(shop=shop)
    assert report.added == 1
    assert (order.number, order.total, order.placed_at.isoformat()) == ("A1", 185000, "2026-01-05T07:30:00+00:00")
    assert (order.customer.name, order.customer.contact_points.get().address) == ("Rina", "6281200001111")
    assert order.shipments.get().courier == "Kurir X"


def test_second_run_adds_nothing(shop):
    import_(shop, HEAD + ROW)
    report = import_(shop, HEAD + ROW)
    assert (report.added, report.completed, report.known) == (0, 0, 1)
    assert (Order.objects.count(), Customer.objects.count(), Shipment.objects.count()) == (1, 1, 1)


def test_dry_run_changes_nothing(shop):
    assert import_(shop, HEAD + ROW, dry_run=True).added == 1
    assert not Order.objects.exists()


def test_later_export_fills_blanks_and_leaves_what_was_written(shop):
    make_order(shop, number="A1", item="Tas, corrected by hand", total=100)
    report = import_(shop, HEAD + ROW)
    order = Order.objects.select_related("customer").get(number="A1")
    assert (report.completed, order.total, order.customer.name) == (1, 100, "Rina")
    assert order.item.startswith("Tas, corrected")


def test_two_lines_of_one_order_join_their_items(shop):
    import_(shop, HEAD + ROW + ROW.replace("Tas", "Botol"))
    assert Order.objects.get().item == "Tas; Botol"


def test_same_phone_is_the_same_customer(shop):
    import_(shop, HEAD + ROW + ROW.replace("A1", "A2").replace("Rina", "Rina B"))
    assert Customer.objects.count() == 1


def test_masked_phone_is_as_good_as_none(shop):
    import_(shop, HEAD + ROW.replace("081200001111", "62*****11"))
    assert not Customer.objects.get().contact_points.exists()


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("A1;", ";", "No. Pesanan"),
        ("081200001111", "12", "No. Telepon"),
        (";1;", ";0;", "Jumlah"),
        (";1;", ";one;", "Jumlah"),
        ("Rp 185.000", "mahal", "Total Pembayaran"),
        ("05/01/2026", "2026-13-45", "Waktu Pesanan Dibuat"),
        ("A1", "A" * 50, "No. Pesanan"),
    ],
)
def test_bad_row_is_rejected_with_line_and_column(shop, old, new, column):
    report = import_(shop, HEAD + ROW.replace(old, new) + ROW.replace("A1", "A2"))
    assert (report.added, report.rejected) == (1, 1)
    assert (report.problems[0].line, report.problems[0].column) == (2, column)


def test_order_delivered_before_it_was_placed_is_rejected(shop):
    report = import_(shop, "order,placed_at,delivered\nA1,2026-01-05,2026-01-01\n")
    assert (report.rejected, report.problems[0].column) == (1, "delivered")


def test_command_imports_and_reports(shop, tmp_path, capsys):
    path, rejected = tmp_path / "orders.csv", tmp_path / "rejected.csv"
    path.write_text(HEAD + ROW + ROW.replace(";1;", ";0;").replace("A1", "A2"))
    call_command("import_orders", str(path), shop="toko", report=str(rejected))
    assert "1 added" in capsys.readouterr().out or Order.objects.count() == 1
    assert "Jumlah" in rejected.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("content", [b"", b"a,b\n", b"order\n", b"%PDF-1.7", b"order,placed_at\n1,never\n"])
def test_command_fails_where_nothing_could_be_read(shop, tmp_path, content):
    path = tmp_path / "orders.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_orders", str(path), shop="toko")


@pytest.mark.parametrize("options", [{"shop": "nono"}, {"shop": "toko", "column": ["mood=x"]}])
def test_command_says_what_it_does_not_know(shop, tmp_path, options):
    path = tmp_path / "orders.csv"
    path.write_text(HEAD + ROW)
    with pytest.raises(CommandError):
        call_command("import_orders", str(path), **options)


def test_command_without_the_file_says_so(shop):
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        call_command("import_orders", "nowhere.csv", shop="toko")
