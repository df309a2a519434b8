"""Driving pages as a person would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
RUN_AXE = "axe.run().then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' | ')))"


def sign_in(context: BrowserContext, server: Any, name: str = "ayu", password: str = "toko-contoh") -> Page:
    """A tab in which the person has signed in through the login form."""
    page = context.new_page()
    page.goto(f"{server.url}/login/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/")
    return page


def troubles_of(page: Page) -> list[str]:
    """A list that fills with the page's console errors."""
    found: list[str] = []
    page.on("console", lambda message: message.type == "error" and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def violations(page: Page) -> list[str]:
    """What axe has to say about the page."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN_AXE)
    return found


def too_wide(page: Page) -> bool:
    """True where the page scrolls sideways."""
    wider: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wider
