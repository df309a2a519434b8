"""Lanes: one at first, more while there is time to wait in, fewer where they are in each other's way."""

from __future__ import annotations

import threading
import time
from collections import Counter

import pytest

from messaging.lanes import Lanes


def test_lane_that_waits_gets_help():
    together = threading.Barrier(4)

    def lane(stays):
        assert stays(6.2)
        together.wait(5)
        return Counter(sent=1)

    assert Lanes(lane, 4).run() == {"sent": 4}


def test_lane_that_never_waits_stays_alone():
    def lane(stays):
        assert all(stays(1.4) for _ in range(5))
        return Counter(lanes=1)

    assert Lanes(lane, 4).run() == {"lanes": 1}


def test_second_lane_too_many_goes_home():
    stayed, together = [], threading.Barrier(3)

    def lane(stays):
        stays(3.0)
        together.wait(5)
        stayed.append(stays(1.0))
        return Counter(lanes=1)

    assert Lanes(lane, 4).run() == {"lanes": 3}
    assert sorted(stayed) == [False, True, True]


def test_last_lane_is_not_sent_home_where_the_others_found_nothing_to_do():
    turns, ended = iter(["first", "second", "third"]), time.monotonic() + 5

    def lane(stays):
        if next(turns) != "first":
            return Counter(nothing=1)
        assert stays(3.0)
        while lanes.running > 1 and time.monotonic() < ended:
            time.sleep(0.001)
        assert stays(1.0)
        return Counter(last=1)

    lanes = Lanes(lane, 3)
    assert lanes.run() == {"nothing": 2, "last": 1}


def test_fault_of_a_lane_is_heard():
    def lane(stays):
        raise OSError("no database")

    with pytest.raises(OSError, match="no database"):
        Lanes(lane, 4).run()
