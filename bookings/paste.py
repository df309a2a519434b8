"""A pasted chat, read for what a booking needs: a proposal for the form, never more. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

THOUSAND, MILLION = 1_000, 1_000_000
UNITS = {"rb": THOUSAND, "ribu": THOUSAND, "k": THOUSAND, "jt": MILLION, "juta": MILLION}

# "[21/11/26 10.12] Rina: ..." and "21/11/26, 10:12 - Rina: ..." as WhatsApp exports them, or a plain "Rina: ..."
STAMP = r"\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4}[,.]?\s+\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s*[AP]M)?\]?\s*(?:-\s*)?"
LINE = re.compile(rf"^(?:{STAMP})?(?:(?P<name>[^:\n]{{2,40}}?):\s+)?(?P<said>.*)$", re.IGNORECASE)
PRICED = re.compile(
    r"(?P<rp>rp\.?\s*)?(?P<number>\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d{1,2})?)\s*(?P<unit>ribu|rb|k|juta|jt)?\b",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?:\+?62|0)8[\d\s-]{7,14}\d")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ASKS = re.compile(
    r"\b(?:keep(?:in)?|kep|booking|book|boking|simpan(?:in|kan)?|tahan|pesan|order|mau|ambil|hold)\b(?P<item>.*)",
    re.IGNORECASE,
)
PIECES = re.compile(
    r"\b(\d{1,3})\s*(?:pcs?|biji|buah|lembar|pasang|lusin)\b|\bx\s?(\d{1,3})\b|\b(\d{1,3})\s?x\b", re.IGNORECASE
)
FILLERS = set(
    """
    ya yah iya kak kakak ka sis gan min admin bun mbak mas dong deh dulu aja saja yg yang itu ini untuk buat aku saya
    gue mau bisa tolong please pls the a an me for it this that dan harga nya seharga di ke us my thanks makasih kan
    keep keepin book booking boking simpan simpenin tahan pesan order hold ambil
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)
EDGE = " .,!?:;-–\"'()"


@dataclass(frozen=True)
class Proposal:
    """What the chat seems to say; "" and 0 where it does not."""

    item: str = ""
    price: int = 0
    quantity: int = 1
    name: str = ""
    address: str = ""


def rupiah_of(text: str) -> int | None:
    """ "185.000", "Rp 185rb", "1,2jt" as rupiah; None where there is no amount."""
    found = PRICED.search(text.strip())
    return amount(found) if found else None


def amount(found: re.Match[str]) -> int:
    """The rupiah of a matched price."""
    number, unit = found["number"], UNITS.get((found["unit"] or "").lower(), 1)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
        return int(re.sub(r"[.,]", "", number)) * (unit if unit != THOUSAND else 1)
    return round(float(number.replace(",", ".")) * unit)


def price_in(text: str) -> int:
    """The last thing that looks like a price: with Rp, a unit, or grouped thousands; 0 where nothing does."""
    prices = [found for found in PRICED.finditer(PHONE.sub(" ", text)) if looks_like_price(found)]
    return amount(prices[-1]) if prices else 0


def looks_like_price(found: re.Match[str]) -> bool:
    """True for "Rp 5000", "185rb", "185.000"; False for "2 pcs" or "10.12"."""
    return bool(found["rp"] or found["unit"] or re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", found["number"]))


def propose(text: str) -> Proposal:
    """Item, price, quantity, name and address as a pasted chat suggests them; a person reads them before they count."""
    lines = [found for raw in text[:8000].splitlines() if raw.strip() and (found := LINE.match(raw.strip()))]
    asking = next(((line, ask) for line in lines if (ask := ASKS.search(line["said"]))), None)
    pieces = PIECES.search(asking[0]["said"] if asking else text)
    return Proposal(
        item=item_in(asking[1]["item"]) if asking else "",
        price=price_in(text),
        quantity=int(next(group for group in pieces.groups() if group)) if pieces else 1,
        name=(asking[0]["name"] or "").strip(EDGE) if asking and not PHONE.search(asking[0]["name"] or "") else "",
        address=found[0].strip() if (found := EMAIL.search(text) or PHONE.search(text)) else "",
    )


def item_in(said: str) -> str:
    """The words after "keep", without prices, numbers of pieces and politeness around them."""
    said = re.split(
        r"[.,!?\n](?!\d)|\b(?:ya kak|ya sis|ya min)\b", PIECES.sub(" ", said), maxsplit=1, flags=re.IGNORECASE
    )[0]
    for found in reversed([found for found in PRICED.finditer(said) if looks_like_price(found)]):
        said = said[: found.start()] + " " + said[found.end() :]
    words = [word for word in said.split() if word.strip(EDGE)]
    while words and is_filler(words[0]):
        words.pop(0)
    while words and is_filler(words[-1]):
        words.pop()
    return " ".join(words).strip(EDGE)[:160]


def is_filler(word: str) -> bool:
    """A polite word or a bare number."""
    plain = word.strip(EDGE).lower()
    return plain in FILLERS or plain.isdigit()
