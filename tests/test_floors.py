"""The house's floors: imports go down only; no room imports one on its own floor or above (docs/architecture.md)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOOR = {
    "language": -1,
    "tables": -1,
    "figures": -1,
    "shops": 0,
    "cases": 0.5,  # cases may import shops
    "messaging": 1,
    "playbooks": 2,
    "complaints": 3,
    "reviews": 3,
    "bookings": 3,
    "dashboard": 4,
    "shopcare": 5,
}


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found & FLOOR.keys()


@pytest.mark.parametrize("room", FLOOR)
def test_imports_go_down_only(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {other}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for other in imported_rooms(path) - {room}
        if FLOOR[other] >= FLOOR[room] and "migrations" not in path.parts
    ]
    assert wrong == []


def test_every_room_has_a_floor() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench", "tools"}
    assert rooms == set(FLOOR)


@pytest.mark.parametrize("room", ["language", "tables", "figures"])
def test_ground_knows_nothing_of_the_house(room: str) -> None:
    assert all(not imported_rooms(path) - {room} for path in (ROOT / room).rglob("*.py"))
