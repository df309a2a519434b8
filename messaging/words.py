"""Message templates: a small safe set of variables, filled from the case; what is missing stays a visible blank."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from shops.models import Shop
from shops.templatetags.money import rupiah
from shops.zones import zone_letters

VARIABLES = {
    "call": "kak",
    "Call": "Kak",
    "name": "Rina",
    "shop": "Toko Contoh",
    "code": "7KX2MQD",
    "order": "1042",
    "item": "tas",
    "problem": "tas yang datang berwarna hitam",
    "wanted": "tas warna biru",
    "typed": "tas warna hitam",
    "received": "tas warna hitam",
    "amount": "Rp185.000",
    "courier": "kurir",
    "days_late": "3",
    "packing_days": "1",
    "transit_days": "2",
    "reply_by": "hari ini pukul 15.00 WIB",
    "next_update": "besok pukul 10.00 WIB",
    "limit": "besok pukul 12.00 WIB",
    "pay": "transfer atau QRIS",
    "link": "https://toko.example/s/contoh/c/x/",
    "change": "jam kemas kami majukan",
    "from_time": "19.00",
    "to_time": "20.10",
}
LABELS = {
    "item": _("which item"),
    "problem": _("what went wrong, in a few words"),
    "wanted": _("what they wanted"),
    "typed": _("what they ordered by mistake"),
    "received": _("what came"),
    "amount": _("the amount"),
    "order": _("the order number"),
    "courier": _("the courier"),
    "days_late": _("how many days late"),
    "packing_days": _("days of packing"),
    "transit_days": _("days on the road"),
    "next_update": _("when you write again"),
    "reply_by": _("when you answer"),
    "limit": _("kept until when"),
    "pay": _("how to pay"),
    "change": _("what you changed"),
    "from_time": _("from what time"),
    "to_time": _("until what time"),
    "name": _("the customer's name"),
    "jawaban": _("the answer to their question"),
    "answer": _("the answer to their question"),
}
VARIABLE = re.compile(r"\{(\w{1,20})\}")
BLANK = re.compile(r"\[\[(\w{1,20})\]\]")


@dataclass(frozen=True)
class Draft:
    """A rendered text and the names of the blanks left in it, in order."""

    text: str
    blanks: tuple[str, ...]


def unknown_variables(template: str) -> list[str]:
    """Names in braces that are not in VARIABLES; a template with any is refused at save."""
    return [name for name in VARIABLE.findall(template) if name not in VARIABLES]


def render(template: str, values: Mapping[str, str]) -> Draft:
    """Fill {name} from values; an empty or missing value leaves [[name]], which blocks sending."""
    text = VARIABLE.sub(lambda match: values.get(match[1]) or f"[[{match[1]}]]", template)
    return Draft(text, blanks(text))


def blanks(text: str) -> tuple[str, ...]:
    """Names of the blanks still to be filled, in order."""
    return tuple(dict.fromkeys(BLANK.findall(text)))


def labelled_blanks(text: str) -> list[tuple[str, str]]:
    """The blanks left in a text with what belongs there, in the reader's language."""
    return [(name, str(LABELS.get(name, name))) for name in blanks(text)]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into the blanks of a draft; a blank without a value stays."""
    return BLANK.sub(lambda match: values.get(match[1], "").strip() or match[0], text)


DAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}


def when(at: datetime, zone: str, language: str, now: datetime | None = None) -> str:
    """A moment as people say it, with zone letters: "besok pukul 10.00 WIB", "tomorrow at 10:00 WIB"."""
    local = at.astimezone(ZoneInfo(zone))
    today = (now or timezone.now()).astimezone(ZoneInfo(zone)).date()
    days = (local.date() - today).days
    indonesian = language == "id"
    near = {0: ("hari ini", "today"), 1: ("besok", "tomorrow")}
    if days in near:
        day = near[days][0 if indonesian else 1]
    elif 1 < days < 7:
        day = DAYS["id" if indonesian else "en"][local.weekday()]
    else:
        day = f"{local.day} {MONTHS['id' if indonesian else 'en'].split()[local.month - 1]}"
    if indonesian:
        return f"{day} pukul {local:%H.%M} {zone_letters(zone)}"
    return f"{day} at {local:%H:%M} {zone_letters(zone)}"


def status_link(case: Case, shop: Shop) -> str:
    """The customer's own page of the case."""
    return f"{settings.SITE_URL}/s/{shop.slug}/c/{case.token}/"


def values_for(
    case: Case, language: str, extra: Mapping[str, str] | None = None, now: datetime | None = None
) -> dict[str, str]:
    """The variables that this case can fill: customer, order, shipment, clocks. `extra` (a room's own facts) wins."""
    shop, customer, order = case.shop, case.customer, case.order
    zone = (customer.zone if customer else None) or shop.zone
    values = {"shop": shop.name, "code": case.code, "link": status_link(case, shop), "pay": shop.pay_how}
    term = customer.term if customer else "kak"
    values["call"] = term or (customer.name if customer else "")
    values["Call"] = values["call"][:1].upper() + values["call"][1:]
    values["name"] = customer.name if customer else ""
    if case.first_reply_due_at:
        values["reply_by"] = when(case.first_reply_due_at, zone, language, now)
    if case.decision_due_at:
        values["next_update"] = when(case.decision_due_at, zone, language, now)
    if order:
        values |= {"order": order.number, "item": order.item, "amount": rupiah(order.total) if order.total else ""}
        values |= {"wanted": order.wanted, "typed": order.typed, "received": order.received}
        shipment = order.shipments.order_by("-pk").first()
        if shipment:
            today = timezone.localdate(now)
            late, packing = shipment.days_late(today), shipment.days_late_packing(today)
            values["courier"] = shipment.courier
            if late:
                values |= {"days_late": str(late), "packing_days": str(packing), "transit_days": str(late - packing)}
    return {**values, **(extra or {})}
