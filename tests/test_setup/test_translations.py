"""The translations check finds what is missing, guessed, misplaced or stale."""

import polib
import pytest

from tools import translations


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Writes one catalogue, compiled, and returns the problems found in it."""
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "catalogue", lambda language, root=tmp_path: root / "django.po")
    monkeypatch.setattr(translations.programs, "gettext", lambda: None)

    def check(*entries, compiled=True):
        catalogue = polib.POFile()
        catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
        catalogue.extend(entries)
        catalogue.save(str(tmp_path / "django.po"))
        if compiled:
            (tmp_path / "django.mo").write_bytes(catalogue.to_binary())
        return list(translations.check("id"))

    return check


def test_check_is_content_with_a_complete_catalogue(check):
    assert check(polib.POEntry(msgid="Hello %(name)s", msgstr="Halo %(name)s")) == []


def test_check_names_an_untranslated_text(check):
    assert check(polib.POEntry(msgid="Hello")) == ["id: not translated: 'Hello'"]


def test_check_counts_a_guess_as_untranslated(check):
    assert check(polib.POEntry(msgid="Hello", msgstr="Halo", flags=["fuzzy"])) == ["id: not translated: 'Hello'"]


def test_check_names_a_lost_placeholder(check):
    problems = check(polib.POEntry(msgid="Hello %(name)s", msgstr="Halo"))
    assert problems == ["id: other placeholders than the English text: 'Hello %(name)s'"]


def test_check_names_a_stale_compilation(check):
    assert check(polib.POEntry(msgid="Hello", msgstr="Halo"), compiled=False) == [
        "django.mo is stale. Run: make messages"
    ]


def test_check_names_a_missing_catalogue(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "catalogue", lambda language: tmp_path / "django.po")
    assert list(translations.check("id")) == ["django.po is missing. Run: make messages"]
