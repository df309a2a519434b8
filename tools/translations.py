"""The translations: collect the texts, compile them, check that none is missing or stale.

Texts are collected from a copy of the sources, so a check never writes into the working tree. The compiled .mo files
are committed, because a fresh machine has no msgfmt; polib compiles them here.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

from tools import programs
from tools.process import quiet

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("id",)  # English is the language of the msgids
SOURCES = {".py", ".html", ".txt"}
NOT_SHOWN = {"tests", "tools", "bench", "docs", "var", "static", "staticfiles", "screenshots", "htmlcov"}
PLACEHOLDER = re.compile(r"%\(\w+\)[.\d]*[sdf]|%[sd]|\{\w*\}")


def main(arguments: list[str]) -> None:
    """With --check: one line per problem and exit 1. Without: collect and compile."""
    if "--check" not in arguments:
        programs.ensure([programs.GETTEXT])
        for language in LANGUAGES:
            update(language)
        return
    problems = [problem for language in LANGUAGES for problem in check(language)]
    print("\n".join(problems) or "Translations are complete and compiled.")
    sys.exit(1 if problems else 0)


def catalogue(language: str, root: Path = ROOT) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def update(language: str) -> None:
    """Bring the .po file up to date with the sources, then compile it."""
    path = catalogue(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        entries = polib.pofile(str(collect(language, Path(folder))), wrapwidth=0)
    entries.metadata.pop("POT-Creation-Date", None)  # else every run would change the file
    entries.save(str(path))
    path.with_suffix(".mo").write_bytes(entries.to_binary())
    print(f"{path.relative_to(ROOT)}: {len(entries)} texts, {len(list(incomplete(entries)))} to translate")


def collect(language: str, copy: Path) -> Path:
    """Run makemessages on a copy of the sources; the path of the .po file it brought up to date there."""
    for path in sources():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    known = catalogue(language, copy)
    known.parent.mkdir(parents=True, exist_ok=True)
    if catalogue(language).exists():
        shutil.copy(catalogue(language), known)
    options = [f"--locale={language}", "--no-obsolete", "--no-wrap", "--add-location=file"]
    result = quiet([sys.executable, "-m", "django", "makemessages", *options], cwd=copy)
    if result.returncode:
        raise SystemExit(f"makemessages failed: {result.stdout}")
    return known


def sources() -> Iterator[Path]:
    """The files that can hold a text which a user sees."""
    for folder in ROOT.iterdir():
        if folder.is_dir() and folder.name not in NOT_SHOWN and not folder.name.startswith("."):
            yield from (path for path in folder.rglob("*") if path.suffix in SOURCES)


def check(language: str) -> Iterator[str]:
    """What is wrong with one language, one line each."""
    path = catalogue(language)
    if not path.exists():
        yield f"{path.relative_to(ROOT)} is missing. Run: make messages"
        return
    entries = polib.pofile(str(path))
    for entry in incomplete(entries):
        yield f"{language}: not translated: {entry.msgid[:80]!r}"
    for entry in entries.translated_entries():
        yield from misplaced(language, entry)
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != entries.to_binary():
        yield f"{compiled.relative_to(ROOT)} is stale. Run: make messages"
    yield from drifted(language, entries)


def incomplete(entries: polib.POFile) -> Iterator[polib.POEntry]:
    """Entries without a translation, or with one that is only a guess."""
    return (entry for entry in entries if not entry.obsolete and (entry.fuzzy or not entry.translated()))


def misplaced(language: str, entry: polib.POEntry) -> Iterator[str]:
    """A placeholder that only one side has breaks the page or hides a fact."""
    wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    for text in [entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values():
        if set(PLACEHOLDER.findall(text)) != wanted:
            yield f"{language}: other placeholders than the English text: {entry.msgid[:80]!r}"


def drifted(language: str, entries: polib.POFile) -> Iterator[str]:
    """Texts of the sources that the file lacks, and the other way round; needs xgettext."""
    if programs.gettext() is None:
        print("xgettext is not installed: not checked whether every text of the sources is collected.")
        return
    with tempfile.TemporaryDirectory() as folder:
        fresh = texts(polib.pofile(str(collect(language, Path(folder)))))
    known = texts(entries)
    for text in sorted(fresh - known):
        yield f"{language}: not collected yet: {text[:80]!r}. Run: make messages"
    for text in sorted(known - fresh):
        yield f"{language}: no longer in the sources: {text[:80]!r}. Run: make messages"


def texts(entries: polib.POFile) -> set[str]:
    return {f"{entry.msgctxt or ''}{entry.msgid}" for entry in entries if not entry.obsolete}


if __name__ == "__main__":
    main(sys.argv[1:])
