"""What every list of the shop shares: filter chips, sorts, pages, saved views, and what is shown as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from cases import saved_views, undo
from shops.access import ShopRequest
from shops.actions import audit
from tables.keyset import Page, order_of, page
from tables.writing import CSV_TYPE, XLSX_TYPE, csv_lines, write_xlsx

M = TypeVar("M", bound=Model)
EXPORT_CAP = 50_000
CHUNK = 1000


@dataclass(frozen=True)
class Sort:
    """One order a list offers. `by` and `tie` as in tables.keyset; where the table can be big, an index serves it."""

    label: object
    by: str
    tie: str = ""


@dataclass(frozen=True)
class Listing(Generic[M]):
    """A list: its name in saved views and files, its sorts (the first unless asked), the columns of its file."""

    name: str
    sorts: Mapping[str, Sort]
    heads: Sequence[str]
    line: Callable[[M], Sequence[object]]


def chosen(listing: Listing[M], params: Mapping[str, str]) -> str:
    """The key of the sort asked for; anything unknown is the first."""
    asked = params.get("sort", "")
    return asked if asked in listing.sorts else next(iter(listing.sorts))


def page_of(request: ShopRequest, listing: Listing[M], rows: QuerySet[M]) -> Page[M]:
    """The page asked for, in the order asked for (one query)."""
    sort = listing.sorts[chosen(listing, request.GET)]
    return page(rows, sort.by, request.GET.get("at", ""), tie=sort.tie)


def frame(request: ShopRequest, listing: Listing[M], found: Page[M]) -> dict[str, Any]:
    """What the shared templates of a list show round its rows (one query, for the saved views)."""
    params = request.GET.dict()
    return {
        "page": listing.name,
        "views": saved_views.of(request.member, listing.name),
        "view_query": saved_views.view_query(request.GET.urlencode()),
        "query": request.GET.urlencode(),
        "kept": {key: value for key, value in params.items() if key not in ("q", *saved_views.PASSING)},
        "sorts": sort_links(listing, params),
        "can_undo": undo.is_kept(request.session, listing.name),
        **found.links(params),
    }


def sort_links(listing: Listing[M], params: Mapping[str, str]) -> list[dict[str, Any]]:
    """The sorts as links; another sort starts at the first page."""
    kept = {key: value for key, value in params.items() if key not in ("sort", *saved_views.PASSING)}
    now = chosen(listing, params)
    return [
        {"label": sort.label, "on": key == now, "url": "?" + urlencode({**kept, "sort": key})}
        for key, sort in listing.sorts.items()
    ]


def chips(params: Mapping[str, str], offered: Iterable[tuple[str, str, object]]) -> list[dict[str, Any]]:
    """Filter chips from (parameter, value, label): each a link that turns its filter on or off."""
    return [chip(params, name, value, label) for name, value, label in offered]


def chip(params: Mapping[str, str], name: str, value: str, label: object) -> dict[str, Any]:
    """One chip; turning a filter on or off starts at the first page."""
    kept = {key: kept for key, kept in params.items() if key not in (name, *saved_views.PASSING)}
    is_on = params.get(name) == value
    return {"label": str(label), "on": is_on, "url": "?" + urlencode(kept if is_on else {**kept, name: value})}


# --- files ------------------------------------------------------------------------------------------------------------


def wants_file(request: ShopRequest) -> bool:
    """True where the list is asked for as a file."""
    return request.GET.get("format") in ("csv", "xlsx")


def as_file(request: ShopRequest, listing: Listing[M], rows: QuerySet[M]) -> HttpResponseBase:
    """What is shown, in its order, as CSV or Excel: EXPORT_CAP rows at most, flat memory, no cell starts a formula."""
    kind, sort = request.GET["format"], listing.sorts[chosen(listing, request.GET)]
    lines = lines_of(listing, rows.order_by(*order_of(sort.by, sort.tie))[:EXPORT_CAP], request.shop.tz)
    audit(request.shop, request.user, "list_exported", list=listing.name, format=kind)
    name = f"{listing.name}-{timezone.localdate(timezone=request.shop.tz):%Y%m%d}.{kind}"
    if kind == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(csv_lines(listing.heads, lines), content_type=CSV_TYPE, headers=headers)
    file = TemporaryFile()  # noqa: SIM115  (the response closes it)
    write_xlsx(file, listing.heads, lines, title=listing.name)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def lines_of(listing: Listing[M], rows: QuerySet[M], zone: ZoneInfo) -> Iterator[list[object]]:
    """The rows as exported, times on the shop's clock."""
    for row in rows.iterator(chunk_size=CHUNK):
        yield [on_clock(cell, zone) for cell in listing.line(row)]


def on_clock(cell: object, zone: ZoneInfo) -> object:
    """A time as the shop's clock shows it, without a zone: spreadsheets know none. Other cells as they are."""
    return cell.astimezone(zone).replace(tzinfo=None) if isinstance(cell, datetime) else cell
