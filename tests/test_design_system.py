"""The design system keeps its own rules: strict CSP, known icons, one set of colours, pinned files."""

import hashlib
import re
from pathlib import Path

import django.contrib.admin as admin
import pytest

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SPRITE = ROOT / "templates/components/sprite.html"
CSS = STATIC / "css"

VENDORED = {  # sha256, first 16 digits
    "bootstrap/bootstrap.min.css": "06395d93f5adbc05",
    "htmx/htmx.min.js": "d6fdc75f204e6bde",
    "uplot/uPlot.iife.min.js": "19c8d4c6ad88929a",
    "uplot/uPlot.min.css": "df630c6a8d6f8eea",
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_has_no_inline_script_or_style(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text)


def test_icons_named_in_templates_exist() -> None:
    drawn = set(re.findall(r'<symbol id="i-([a-z-]+)"', SPRITE.read_text(encoding="utf-8")))
    text = "".join(template.read_text(encoding="utf-8") for template in TEMPLATES)
    by_name = re.findall(r'(?:icon\.html" with name|\bicon|\bart)="([^"]+)"', text)
    named = by_name + re.findall(r'href="#i-([a-z-]+)"', text)
    assert named
    assert set(named) <= drawn


def test_both_dark_blocks_hold_the_same_values() -> None:
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r"color-scheme: dark;(.*?)}", text, flags=re.DOTALL)
    by_device, by_choice = (re.findall(r"(--[\w-]+): ([^;]+);", block) for block in blocks)
    assert by_device == by_choice


ADMIN = Path(admin.__file__).parent / "static/admin/css/base.css"


def test_every_token_used_is_defined() -> None:
    ours = set(re.findall(r"^\s*(--[\w-]+):", (CSS / "tokens.css").read_text(encoding="utf-8"), flags=re.MULTILINE))
    django = set(re.findall(r"^\s*(--[\w-]+):", ADMIN.read_text(encoding="utf-8"), flags=re.MULTILINE))
    for sheet in CSS.glob("*.css"):
        defined = ours | django if sheet.name == "admin.css" else ours  # the admin's pages load Django's sheet too
        used = set(re.findall(r"var\((--[\w-]+)", sheet.read_text(encoding="utf-8")))
        assert used <= defined, sheet.name


def test_raw_colours_live_in_tokens_only() -> None:
    for sheet in CSS.glob("*.css"):
        if sheet.name not in {"tokens.css", "print.css"}:
            assert not re.search(r"#[0-9a-f]{3,8}\b(?=[;, ])|rgb\(", sheet.read_text(encoding="utf-8")), sheet.name


@pytest.mark.parametrize(("name", "digest"), VENDORED.items())
def test_vendored_file_is_the_pinned_release(name: str, digest: str) -> None:
    content = (STATIC / "vendor" / name).read_bytes()
    assert hashlib.sha256(content).hexdigest().startswith(digest)
    assert b"sourceMappingURL" not in content


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_colours_reach_aa_in_both_themes(theme: str) -> None:
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    block = re.findall(rf"color-scheme: {theme};(.*?)}}", text, flags=re.DOTALL)[0]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    grounds = ["page", "surface", "sunken"]
    dyes = ["nila", "kunyit", "secang", "daun", "soga"]
    pairs = [(ink, ground) for ink in ("ink", "ink-soft", "ink-faint") for ground in grounds]
    pairs += [(f"{dye}-ink", ground) for dye in dyes for ground in [*grounds, f"{dye}-soft"]]
    pairs += [(ink, f"{dye}-soft") for ink in ("ink", "ink-soft") for dye in dyes]
    pairs += [("nila-on", "nila-solid"), ("nila-on", "nila-hover"), ("secang-on", "secang-solid")]
    assert [pair for pair in pairs if contrast(*(colours[name] for name in pair)) < 4.5] == []
    assert [ground for ground in grounds if contrast(colours["line-strong"], colours[ground]) < 3] == []
