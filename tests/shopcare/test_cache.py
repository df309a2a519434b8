"""A Redis that is away costs a miss, never an error."""

import pytest

from shopcare.cache import ForgivingRedisCache


@pytest.fixture
def away():
    return ForgivingRedisCache("redis://127.0.0.1:1/0", {})


def test_reads_miss_and_writes_do_nothing(away):
    away.set("a", 1)
    assert (away.get("a", "none"), away.add("a", 1)) == ("none", False)


def test_counter_says_that_it_is_not_there(away):
    with pytest.raises(ValueError, match="cannot be reached"):
        away.incr("a")
