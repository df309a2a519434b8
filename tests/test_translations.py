"""The Indonesian texts: complete, free of guesses, with the placeholders of the English, and seen on a page."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

import polib
import pytest
from django.urls import reverse

from tools.translations import catalogue, incomplete, misplaced, sources

if TYPE_CHECKING:
    from django.test import Client

PATH = catalogue("id")
FEW_ALIKE = 0.06  # share of texts that may read the same in both languages: names, "Email", "Platform"


@pytest.fixture(scope="module")
def entries() -> polib.POFile:
    return polib.pofile(str(PATH))


def test_every_text_is_translated_and_none_is_a_guess(entries: polib.POFile) -> None:
    assert [entry.msgid for entry in incomplete(entries)] == []


def test_placeholders_are_those_of_the_english(entries: polib.POFile) -> None:
    assert [problem for entry in entries for problem in misplaced("id", entry)] == []


def test_compiled_file_matches_the_source(entries: polib.POFile) -> None:
    assert PATH.with_suffix(".mo").read_bytes() == entries.to_binary()


def test_texts_differ_from_the_english_save_for_names(entries: polib.POFile) -> None:
    texts = [entry for entry in entries if any(letter in string.ascii_letters for letter in entry.msgid)]
    alike = [entry.msgid for entry in texts if entry.msgstr == entry.msgid]
    assert len(alike) < FEW_ALIKE * len(texts), alike


def test_ends_and_blanks_at_the_edges_are_kept(entries: polib.POFile) -> None:
    def edges(text: str) -> tuple[bool, bool, bool, str]:
        return text[:1].isspace(), text[-1:].isspace(), text.endswith(":"), text[-1:] * (text[-1:] == "?")

    changed = [entry.msgid for entry in entries if entry.msgstr and edges(entry.msgstr) != edges(entry.msgid)]
    assert changed == []


def test_no_module_hides_texts_behind_a_name_that_is_not_collected() -> None:
    named = re.compile(r"gettext(?:_lazy)? as (?!_\b)(\w+)")
    hidden = []
    for path in sources():
        text = path.read_text(encoding="utf-8") if path.suffix == ".py" else ""
        hidden += [path.name for name in named.findall(text) if re.search(rf"\b{name}\(\s*[\"']", text)]
    assert hidden == []


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("id", "Lupa sandi?"), ("en", "Forgot your password?")])
def test_login_page_speaks_the_language_asked_for(client: Client, language: str, words: str) -> None:
    page = client.get(reverse("login"), headers={"accept-language": language})
    assert words in page.content.decode()
