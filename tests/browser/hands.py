"""Two pairs of hands: one with a pointer, one with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator

TABS = 250  # more than any page has stops


@dataclass(frozen=True)
class Hands:
    """press(button), write(field, text), choose(select, label)."""

    press: Callable[[Locator], None]
    write: Callable[[Locator, str], None]
    choose: Callable[[Locator, str], None]


def reach(target: Locator) -> None:
    """Tab forward until the target has the focus."""
    for _stop in range(TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        target.page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {target}")


def press_key(target: Locator) -> None:
    reach(target)
    target.page.keyboard.press("Enter")


def type_text(target: Locator, text: str) -> None:
    reach(target)
    target.page.keyboard.press("Control+A")
    target.page.keyboard.insert_text(text)


def type_choice(target: Locator, label: str) -> None:
    """A closed list box takes the first letters of what is wanted."""
    reach(target)
    target.page.keyboard.type(label)


def click(target: Locator) -> None:
    target.click()


def fill(target: Locator, text: str) -> None:
    target.fill(text)


def choose(target: Locator, label: str) -> None:
    target.select_option(label=label)


POINTER = Hands(click, fill, choose)
KEYBOARD = Hands(press_key, type_text, type_choice)
