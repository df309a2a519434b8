"""Orders from files: with their customers and parcels. A later export completes what an earlier one left blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from shops.actions import clean_address, find_or_add_customer
from shops.enums import Channel
from shops.models import Customer, Order, Shipment, Shop
from shops.zones import PROVINCES
from tables.cells import as_date, as_flag, as_rupiah, as_text, as_whole, fold, moment_in, one_of
from tables.columns import Field, words_of
from tables.importing import Job, Parsed, Rejected, content_key
from tables.problems import BadCell, gettext_noop
from tables.rows import Value

CHANNELS = {
    "wa": "whatsapp",
    "wa business": "whatsapp",
    "tiktok shop": "tiktok",
    "tokped": "tokopedia",
    "ig": "instagram",
}
ORDER_FIELDS = (
    "item", "total", "paid_at", "cancelled_at", "cancelled_by_shop", "wanted", "typed", "packed", "received",
)  # fmt: skip
SHIPMENT_FIELDS = (
    "courier", "service", "tracking", "province", "promised_handover", "promised_latest", "packed_at", "handed_over_at",
    "delivered_at",
)  # fmt: skip
ITEM_LENGTH = 160

# How files head these columns: our own names come first, then the marketplaces'.
NUMBER = words_of("no pesanan|nomor pesanan|order id|order no|order number|order|invoice|no invoice|id pesanan")
CUSTOMER = words_of(
    "nama pembeli|pembeli|pelanggan|nama pelanggan|nama penerima|penerima|buyer|buyer name|customer name|"
    "recipient|nama|name"
)
PHONE = words_of("no telepon|nomor telepon|telepon|no hp|hp|whatsapp|no wa|nomor whatsapp")
TOTAL = words_of("total pembayaran|total harga|grand total|jumlah bayar|order amount|total penjualan|harga")
PLACED = words_of(
    "waktu pesanan dibuat|tanggal pesanan|tanggal order|order date|created at|tanggal pembuatan|tanggal|date"
)
COURIER = words_of("kurir|opsi pengiriman|jasa kirim|ekspedisi|shipping provider|nama kurir")
TRACKING = words_of("no resi|resi|nomor resi|awb|tracking id")
HANDOVER = words_of("pesanan harus dikirimkan sebelum|batas kirim|ship by")
PROMISED = words_of("promised|estimasi tiba|perkiraan tiba|janji tiba|batas tiba|estimated delivery")
SHIPPED = words_of("waktu pengiriman diatur|tanggal kirim|dikirim|shipped|shipped at|waktu pengiriman")
DELIVERED = words_of("delivered|waktu pesanan selesai|tanggal diterima|tanggal tiba|sampai|diterima|delivered at")


def as_channel(value: Value) -> str:
    """A channel by code, name or nickname; anything else is “other”: it must not stop an order."""
    try:
        return str(one_of(Channel.choices, CHANNELS)(value))
    except BadCell:
        return Channel.OTHER


def as_province(value: Value) -> str:
    """A province by its name; "" where it is not one of the 38 (then the zone is unknown, not wrong)."""
    names = {fold(name): name for name in PROVINCES} | {"jakarta": "DKI Jakarta", "yogyakarta": "DI Yogyakarta"}
    return names.get(fold(as_text(value)), "")


def as_phone(value: Value) -> str:
    """A phone number; marketplaces mask theirs with stars, which is as good as none."""
    text = as_text(value)
    if "*" in text:
        return ""
    try:
        return clean_address(Channel.WHATSAPP, text)
    except ValueError as error:
        raise BadCell(gettext_noop("“%(value)s” is not a phone number."), value=text) from error


def as_email(value: Value) -> str:
    """An email address, "" where it is masked."""
    text = as_text(value)
    if "*" in text:
        return ""
    try:
        return clean_address(Channel.EMAIL, text)
    except ValueError as error:
        raise BadCell(gettext_noop("“%(value)s” is not an email address."), value=text) from error


def order_fields(shop: Shop) -> list[Field]:
    """What a file of orders may tell, with the column heads of our own export and of the marketplaces."""
    moment = moment_in(shop.tz)
    return [
        Field("number", gettext_noop("order number"), NUMBER, required=True, max_length=40),
        Field("customer", gettext_noop("customer"), CUSTOMER, max_length=80),
        Field("phone", gettext_noop("phone or WhatsApp"), PHONE, as_phone),
        Field("email", gettext_noop("email"), ("surel", "email pembeli", "e mail"), as_email),
        Field("channel", gettext_noop("channel"), ("kanal", "platform", "marketplace", "sumber"), as_channel),
        Field(
            "item", gettext_noop("item"), ("nama produk", "produk", "barang", "product", "product name"), max_length=300
        ),
        Field("quantity", gettext_noop("quantity"), ("jumlah", "qty", "kuantitas", "jumlah produk"), as_whole),
        Field("total", gettext_noop("total, Rp"), TOTAL, as_rupiah),
        Field("placed_at", gettext_noop("ordered"), PLACED, moment),
        Field("paid_at", gettext_noop("paid"), ("waktu pembayaran dilakukan", "waktu pembayaran", "dibayar"), moment),
        Field("cancelled_at", gettext_noop("cancelled"), ("dibatalkan", "waktu pembatalan"), moment),
        Field("cancelled_by_shop", gettext_noop("cancelled by the shop"), ("dibatalkan toko",), as_flag),
        Field("wanted", gettext_noop("wanted"), ("diinginkan", "keinginan"), max_length=120),
        Field(
            "typed", gettext_noop("typed at checkout"), ("varian", "variasi", "nama variasi", "variant"), max_length=120
        ),
        Field("packed", gettext_noop("packed"), ("dikemas", "isi paket"), max_length=120),
        Field("received", gettext_noop("received"), ("isi diterima",), max_length=120),
        Field("province", gettext_noop("to province"), ("provinsi", "propinsi"), as_province),
        Field("courier", gettext_noop("courier"), COURIER, max_length=40),
        Field("service", gettext_noop("service"), ("layanan", "jenis layanan"), max_length=40),
        Field("tracking", gettext_noop("tracking number"), TRACKING, max_length=60),
        Field("promised_handover", gettext_noop("promised to the courier by"), HANDOVER, as_date),
        Field("promised_latest", gettext_noop("promised at the latest"), PROMISED, as_date),
        Field("packed_at", gettext_noop("packed on"), ("waktu dikemas",), moment),
        Field("handed_over_at", gettext_noop("handed to the courier"), SHIPPED, moment),
        Field("delivered_at", gettext_noop("delivered"), DELIVERED, moment),
    ]


def order_job(shop: Shop) -> Job:
    """The import of a shop's orders."""
    return Job(
        fields=order_fields(shop),
        key=lambda values: content_key(values["number"], values.get("item", "")),
        known=lambda rows: known_orders(shop, rows),
        store=lambda rows: store_orders(shop, rows),
        check=check_order,
        refused=(IntegrityError, DataError),
    )


def check_order(row: Parsed) -> None:
    """Rejected: times that contradict each other, a quantity below one."""
    placed: datetime = row.values.get("placed_at") or timezone.now()
    for name in ("paid_at", "handed_over_at", "delivered_at"):
        moment = row.values.get(name)
        if moment and moment.date() < placed.date():
            raise Rejected(gettext_noop("This is before the order was placed."), name)
    if row.values.get("quantity", 1) < 1:
        raise Rejected(gettext_noop("The quantity must be at least 1."), "quantity")


def orders_by_number(shop: Shop, rows: Sequence[Parsed]) -> dict[str, Order]:
    """The stored orders of these rows, with customers and parcels (two queries)."""
    numbers = {row.values["number"] for row in rows}
    found = Order.objects.filter(shop=shop, number__in=numbers).select_related("customer").prefetch_related("shipments")
    return {order.number: order for order in found}


def known_orders(shop: Shop, rows: Sequence[Parsed]) -> list[str]:
    """Keys of rows that are stored already and bring nothing new."""
    orders = orders_by_number(shop, rows)
    return [row.key for row in rows if (order := orders.get(row.values["number"])) and not news(order, row.values)]


def news(order: Order, values: Mapping[str, Any]) -> bool:
    """True where a row fills a blank of a stored order."""
    shipment = next(iter(order.shipments.all()), None)
    return (
        bool(blanks(order, ORDER_FIELDS, values))
        or bool(blanks(shipment or Shipment(), SHIPMENT_FIELDS, values))
        or (order.customer is None and names_customer(values))
        or adds_item(order, values)
    )


def blanks(row: Model, names: Sequence[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """Those values whose column is still blank on the row."""
    return {name: values[name] for name in names if values.get(name) and not getattr(row, name)}


def names_customer(values: Mapping[str, Any]) -> bool:
    return any(values.get(name) for name in ("customer", "phone", "email"))


def adds_item(order: Order, values: Mapping[str, Any]) -> bool:
    """True where the file has another line with another item of the same order."""
    item = values.get("item", "")[:ITEM_LENGTH]
    return bool(item) and item not in order.item and len(order.item) < ITEM_LENGTH


def store_orders(shop: Shop, rows: Sequence[Parsed]) -> int:
    """Store the rows, all or none; returns how many completed an order stored before."""
    completed = 0
    with transaction.atomic():
        orders = orders_by_number(shop, rows)
        for row in rows:
            number = row.values["number"]
            if number in orders:
                complete_order(orders[number], row.values)
                completed += 1
            else:
                orders[number] = add_order(shop, row.values)
    return completed


def add_order(shop: Shop, values: Mapping[str, Any]) -> Order:
    """A new order with its customer and parcel."""
    placed = values.get("placed_at") or timezone.now()
    order = Order.objects.create(
        shop=shop,
        customer=customer_of(shop, values),
        number=values["number"],
        channel=values.get("channel", Channel.OTHER),
        quantity=values.get("quantity", 1),
        placed_at=placed,
        **{**blanks(Order(), ORDER_FIELDS, values), "item": values.get("item", "")[:ITEM_LENGTH]},
    )
    keep_shipment(order, None, values)
    return order


def complete_order(order: Order, values: Mapping[str, Any]) -> None:
    """Fill what is blank; what somebody wrote stays."""
    changes = blanks(order, ORDER_FIELDS, {**values, "item": values.get("item", "")[:ITEM_LENGTH]})
    if order.customer is None and names_customer(values):
        changes["customer"] = customer_of(order.shop, values)
    if "item" not in changes and adds_item(order, values):
        changes["item"] = f"{order.item}; {values['item']}"[:ITEM_LENGTH]
    for name, value in changes.items():
        setattr(order, name, value)
    if changes:
        order.save(update_fields=list(changes))
    keep_shipment(order, next(iter(order.shipments.all()), None), values)


def keep_shipment(order: Order, shipment: Shipment | None, values: Mapping[str, Any]) -> None:
    """The order's parcel: made where the file speaks of one, completed where it is known."""
    changes = blanks(shipment or Shipment(), SHIPMENT_FIELDS, values)
    if not changes:
        return
    shipment = shipment or Shipment(shop_id=order.shop_id, order=order)
    for name, value in changes.items():
        setattr(shipment, name, value)
    shipment.save()


def customer_of(shop: Shop, values: Mapping[str, Any]) -> Customer | None:
    """The row's customer, found by phone, else email, else name; None where nobody is named."""
    if not names_customer(values):
        return None
    phone, email = values.get("phone", ""), values.get("email", "")
    channel = Channel.WHATSAPP if phone else Channel.EMAIL if email else ""
    customer = find_or_add_customer(shop, values.get("customer", ""), channel, phone or email)
    if values.get("province") and not customer.province:
        customer.province = values["province"]
        customer.save(update_fields=["province"])
    return customer
