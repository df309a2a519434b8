"""Every form and every filter of every page, sent with what no person types: always an answer, never a 500.

On PostgreSQL, which refuses what SQLite lets pass: texts too long, numbers too great, dates out of range.
"""

import io
import re
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from messaging.models import Message
from playbooks import remedies
from playbooks.models import Promise
from shops.models import Member, Shop
from tests.browser.places import public_pages, staff_pages
from tests.factories import make_message

NASTY = ["\0", "x" * 10_000, "9" * 40, "-1", "1e999", "9999-12-31", "0001-01-01", "%s'\"><", "😡" * 400, "²"]
LEFT_OUT = ("logout", "erase", "language", "sample")  # they would end the visit or take the shop away
KEYS = re.compile(r"[0-9A-Z]{7}|\d+")


class Forms(HTMLParser):
    """The forms of a page: {action: {field: value}}."""

    def __init__(self):
        super().__init__()
        self.found = {}
        self.fields = {}

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.fields = self.found.setdefault((given.get("action", ""), given.get("method", "get")), {})
        elif tag in ("input", "textarea", "select", "button") and given.get("name"):
            self.fields.setdefault(given["name"], given.get("value") or "")


def full_shop():
    """The demo shop, with what only some days bring: a gift to decide, a promise, a message that failed."""
    call_command("demo", verbosity=0, stdout=io.StringIO())
    shop = Shop.objects.get(slug="demo")
    budi = Member.objects.select_related("user", "shop").filter(shop=shop, role="staff").earliest("pk")
    Promise.objects.create(shop=shop, text_id="1 pecah ganti 10", multiple=10, valid_from="2020-01-01")
    case = shop.cases.filter(kind="complaint").earliest("pk")
    for cost in (0, 10**9):
        remedies.propose(case, by=budi, level="L3", what="tas baru", quantity=1, cost=cost, reason="rusak")
    make_message(shop, state="failed", case=case)
    return shop


def forms_of(client, path):
    """What the page at this path asks for, by (address, method); a form without an address goes to its page."""
    answer = client.get(path)
    reader = Forms()
    reader.feed(b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode())
    for (action, method), fields in reader.found.items():
        target = path.split("?")[0] + action if action.startswith("?") else action or path
        if not any(word in target for word in LEFT_OUT):
            yield target, method, fields


def status(client, method, path, data):
    answer = client.post(path, data) if method == "post" else client.get(path, data)
    if answer.streaming:
        list(answer)  # read to its end, as a browser does
    return answer.status_code


@pytest.mark.postgres
def test_no_form_becomes_a_500(db):
    shop = full_shop()
    owner = Member.objects.select_related("user").filter(shop=shop, role="owner").earliest("pk")
    client = Client(raise_request_exception=False)
    client.force_login(owner.user)
    failed = Message.objects.filter(state="failed").values_list("pk", flat=True)
    more = [reverse("messaging:show", args=[pk]) for pk in failed]
    broken, seen = [], set()
    for path in [*staff_pages(shop), *public_pages(shop), *more]:
        for target, method, fields in list(forms_of(client, path)):
            names = [name for name in fields if name != "csrfmiddlewaretoken"]
            shape = (KEYS.sub("#", target), method, *sorted(names))
            if shape in seen:
                continue
            seen.add(shape)
            for name in names:
                for nasty in NASTY:
                    data = {**{field: fields[field] for field in names}, name: nasty}
                    if status(client, method, target, data) >= 500:
                        broken.append((target, name, nasty[:10]))
    assert len(seen) > 60
    assert broken == []
