"""U+0000, which PostgreSQL cannot keep, stays outside: nobody types it, some paste it unseen."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict


def without_nulls(data: QueryDict) -> QueryDict:
    """The same without U+0000, in names and in values."""
    if not any("\0" in text for key, values in data.lists() for text in (key, *values)):
        return data
    clean = QueryDict(mutable=True, encoding=data.encoding)
    for key, values in data.lists():
        clean.setlist(key.replace("\0", ""), [value.replace("\0", "") for value in values])
    return clean


class WithoutNulls:
    """Takes U+0000 out of what is sent, so that the words around it are kept; an address with it leads nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        request.GET = without_nulls(request.GET)  # type: ignore[assignment]  # the stubs want a locked one
        if request.method == "POST":
            request.POST = without_nulls(request.POST)  # type: ignore[assignment]  # as above
        return self.get_response(request)
