"""A small site of its own around templates/styleguide.html: plainly fake data, views and URL configuration."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace as Fake
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

SPRITE = Path(__file__).parents[2] / "templates/components/sprite.html"
NOW = datetime(2026, 1, 5, 7, 30, tzinfo=UTC)


class GuideForm(forms.Form):
    order = forms.CharField(help_text="Type the number or a name.")
    email = forms.EmailField(required=False)
    channel = forms.ChoiceField(choices=[("chat", "Chat"), ("email", "Email")])
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), label="What did the customer say?")
    photo = forms.ImageField(required=False)
    due = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), required=False)
    consent = forms.BooleanField(label="The customer agreed to be written to", required=False)
    size = forms.ChoiceField(widget=forms.RadioSelect, choices=[("s", "Small"), ("m", "Medium")], required=False)
    locked = forms.CharField(disabled=True, initial="Cannot be changed", required=False)


def card(**changes: Any) -> Fake:
    facts: dict[str, Any] = {
        "url": "#",
        "name": "Fake Customer",
        "words": "Fake words: I asked for the blue bag, and the box has a black one. Please tell me what happens now.",
        "order": "ORDER-0001",
        "problem": "Wrong colour came",
        "why": "They blame the shop, and told us directly: sorry first, then exchange.",
        "clock": Fake(state="soon", text="25 min left", due_at=NOW),
        "badges": [
            Fake(kind="blame", value="shop", label="Blames the shop"),
            Fake(kind="severity", value="S2", label="Usable"),
        ],
        "action": Fake(label="Reply", url="#", method="get", icon="chat"),
    }
    return Fake(**facts | changes)


def lanes() -> list[Fake]:
    guess = Fake(kind="blame", value="self", label="Blames themselves", guess=True)
    confirm = Fake(label="Confirm", url="#", method="post", icon="check")
    late = Fake(state="late", text="40 min late", due_at=NOW)
    long_name = "A very long fake name that will not fit on one line of a phone"
    return [
        Fake(
            key="blame",
            title="Who do they blame?",
            icon="question",
            count=2,
            more_url="#",
            cards=[card(badges=[guess], action=confirm, why="")],
        ),
        Fake(
            key="reply",
            title="Reply due",
            icon="clock",
            count=5,
            late=True,
            more_url="#",
            cards=[card(clock=late, name=long_name, order="ORDER-" + "0" * 24), card(words="Short fake words.")],
        ),
        Fake(
            key="bookings",
            title="Bookings ending",
            icon="booking",
            count=0,
            cards=[],
            empty_title="No bookings ending",
            empty_text="Bookings whose time is nearly up wait here for a kind reminder.",
        ),
    ]


STEPS = [
    Fake(number=1, title="Say sorry and name what went wrong", state="done", when="sent 14:05"),
    Fake(number=2, title="Offer an exchange", state="open", when="due today 16:00"),
    Fake(number=3, title="Ask for a photo", state="skipped", note="Skipped by Fake Colleague: there was one already"),
    Fake(number=4, title="Wait for the answer", state="waiting", when="until tomorrow 09:00"),
    Fake(number=5, title="Ask whether all is well", state="locked", note="Opens when the exchange has arrived"),
]
EVENTS = [
    Fake(kind="in", icon="chat", title="Customer wrote", at=NOW, text="Fake words of a customer.\nSecond line."),
    Fake(kind="event", icon="tag", title="Blame confirmed: the shop", actor="Fake Owner", at=NOW),
    Fake(kind="out", icon="outbox", title="Reply sent", actor="Fake Owner", at=NOW, text="Fake reply of the shop."),
    Fake(kind="note", icon="note", title="Note", actor="Fake Colleague", at=NOW, text="Only we can read this."),
]
FINDINGS = [
    Fake(
        level="block",
        phrase="it was fine when we sent it",
        reason="Denies what the customer sees.",
        rewrite="I am sorry it reached you like this.",
    ),
    Fake(level="warn", phrase="we are very busy", reason="Sounds like an excuse."),
]
ROWS = [
    Fake(
        name="Fake Customer",
        problem="Wrong colour came",
        blame="shop",
        blame_label="Blames the shop",
        state="soon",
        text="25 min left",
        cost="Rp 45.000",
    ),
    Fake(
        name="Second Fake Customer",
        problem="Parcel is late",
        blame="unclear",
        blame_label="Not clear yet",
        state="ok",
        text="5 h left",
        cost="Rp 0",
    ),
    Fake(
        name="Third Fake Customer",
        problem="Typed the wrong size",
        blame="self",
        blame_label="Blames themselves",
        state="late",
        text="40 min late",
        cost="Rp 120.000",
    ),
]
BADGES = [
    ("severity", "S1", "S1 cosmetic"),
    ("severity", "S3", "S3 fatal"),
    ("severity", "S4", "S4 safety"),
    ("state", "open", "Open"),
    ("state", "waiting_customer", "Waiting"),
    ("state", "resolved", "Resolved"),
    ("state", "confirmed", "Confirmed"),
    ("state", "failed", "Failed"),
    ("voice", "elsewhere_public", "Public"),
    ("voice", "review", "Review"),
    ("voice", "to_shop", "To us"),
    ("channel", "email", "Email"),
]
BLAME_OPTIONS = [
    ("self", "Themselves", "“I clicked the wrong one”", "person"),
    ("shop", "The shop", "“I ordered blue”", "shop"),
    ("courier", "The courier", "", "truck"),
    ("unclear", "Not clear yet", "", "question"),
]
MESSAGE = (
    "Hello Fake Customer, I am so sorry: you asked for blue and a black one came. That was our slip.\n\n"
    "The blue one leaves today, and the way back costs you nothing."
)


def guide() -> Fake:
    """Everything templates/styleguide.html shows."""
    form = GuideForm({"email": "not an address", "size": "s", "consent": "on", "channel": "chat"})
    form.is_valid()
    return Fake(
        now=NOW,
        icons=re.findall(r'id="i-([a-z]+)" viewBox="0 0 24 24"', SPRITE.read_text(encoding="utf-8")),
        lanes=lanes(),
        steps=STEPS,
        events=EVENTS,
        findings=FINDINGS,
        rows=ROWS,
        badges=BADGES,
        blame_options=BLAME_OPTIONS,
        message=MESSAGE,
        form=form,
        tabs=[
            Fake(url="#", label="Open", on=True, count=12),
            Fake(url="#", label="Waiting"),
            Fake(url="#", label="Closed"),
        ],
    )


class Somebody:
    """A signed-in person without a database row."""

    pk = 1
    is_authenticated = True
    is_staff = False
    language = "en"

    def get_full_name(self) -> str:
        return "Fake Owner"

    def get_username(self) -> str:
        return "fake"


def styleguide(request: HttpRequest) -> HttpResponse:
    shops = [Fake(name="Fake Shop With A Rather Long Name", slug="one"), Fake(name="Second Fake Shop", slug="two")]
    request.shop = shops[0]
    if "toast" in request.GET:
        messages.success(request, "Fake good news: it is saved.", extra_tags="styleguide")
        messages.error(request, "Fake bad news: the mail came back.")
    context = {"guide": guide(), "user": Somebody(), "shops": shops, "nav_counts": {"today": 7, "complaints": 4}}
    return render(request, "styleguide.html", context)


def page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"{name}.html")


def stored(request: HttpRequest) -> HttpResponse:
    """Counts how often the same form arrives, slowly enough for a second tap."""
    count = request.session.get("count", 0) + (request.method == "POST")
    request.session["count"] = count
    return HttpResponse(f"<title>{count}</title>")


def section(name: str, **pages: str) -> Any:
    return include(([path(where, styleguide, name=label) for label, where in pages.items()], name))


urlpatterns = [
    path("", section("dashboard", today="", insights="insights/")),
    path("complaints/", section("complaints", list="", new="new/")),
    path("reviews/", section("reviews", list="")),
    path("bookings/", section("bookings", list="")),
    path("shops/", section("shops", customers="c/", orders="o/", settings="s/", switch="w/")),
    path("outbox/", section("messaging", outbox="")),
    path("login/", styleguide, name="login"),
    path("logout/", styleguide, name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("page/<str:name>/", page),
    path("stored/", stored),
]
