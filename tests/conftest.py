"""What every test may use. The servers behind the tests are started by tests/services.py."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from django.test import Client

    from shops.models import Member, Shop

TESTS = Path(__file__).parent
OWN_STAGES = ("browser", "reliability")  # folders whose tests run in a stage of their own
OTHER_DATABASE = {
    "sqlite": ("postgres", "needs PostgreSQL and Redis"),
    "postgres": ("sqlite", "SQLite has FTS5 where PostgreSQL has trigram indexes"),
}

# A shared machine stalls now and then: no deadline. The same examples each run: a red test stays red.
hypothesis.settings.register_profile("shopcare", deadline=None, derandomize=True, max_examples=60, database=None)
hypothesis.settings.load_profile("shopcare")


@pytest.hookimpl(tryfirst=True)  # before pytest's own -m selection
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    other, needs = OTHER_DATABASE[os.environ["SHOPCARE_TEST_DB"]]
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in OWN_STAGES:
            item.add_marker(folder)
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=needs))


@pytest.fixture
def shop(db: None) -> Shop:
    """The one shop most tests play in, with the default playbooks."""
    from tests import factories  # late: models need the settings that pytest-django loads

    return factories.make_shop("toko")


@pytest.fixture
def ayu(shop: Shop) -> Member:
    """The owner."""
    from tests import factories  # late: models need the settings that pytest-django loads

    return factories.make_member(shop, "ayu", "owner")


@pytest.fixture
def budi(shop: Shop) -> Member:
    """Staff of the same shop."""
    from tests import factories  # late: models need the settings that pytest-django loads

    return factories.make_member(shop, "budi", "staff")


@pytest.fixture
def vera(shop: Shop) -> Member:
    """May look, may not write."""
    from tests import factories  # late: models need the settings that pytest-django loads

    return factories.make_member(shop, "vera", "viewer")


@pytest.fixture
def citra(db: None) -> Member:
    """An outsider: the owner of another shop."""
    from tests import factories  # late: models need the settings that pytest-django loads

    return factories.make_member(factories.make_shop("lain", playbooks=False), "citra", "owner")


@pytest.fixture
def as_(client: Client) -> Callable[[Member], Client]:
    """as_(ayu): a browser signed in as that member."""

    def sign_in(member: Member) -> Client:
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
