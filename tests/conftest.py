"""What every test may use. The servers behind the tests are started by tests/services.py."""

import os
from pathlib import Path

import hypothesis
import pytest

TESTS = Path(__file__).parent
OWN_STAGES = ("browser", "reliability")  # folders whose tests run in a stage of their own

# A shared machine stalls now and then: no deadline. The same examples each run: a red test stays red.
hypothesis.settings.register_profile("shopcare", deadline=None, derandomize=True, max_examples=60, database=None)
hypothesis.settings.load_profile("shopcare")


@pytest.hookimpl(tryfirst=True)  # before pytest's own -m selection
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    on_sqlite = os.environ["SHOPCARE_TEST_DB"] == "sqlite"
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in OWN_STAGES:
            item.add_marker(folder)
        if on_sqlite and item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL and Redis"))
