"""The phrase tables of the tone rules: each is found by its own rule, each look-alike is left alone."""

from pathlib import Path

import pytest
import yaml

from messaging.tone import check

PHRASES = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8"))
ROWS = [(rule, kind, text) for rule, kinds in PHRASES.items() for kind, texts in kinds.items() for text in texts]


def rows(wanted: str) -> list[tuple[str, str]]:
    return [(rule, text) for rule, kind, text in ROWS if kind == wanted]


@pytest.mark.parametrize(("rule", "text"), rows("catch"))
def test_offending_phrase_is_found_by_its_rule(rule: str, text: str) -> None:
    assert rule in {finding.rule for finding in check(text).findings}


@pytest.mark.parametrize(("rule", "text"), rows("spare"))
def test_near_miss_raises_no_rule_at_all(rule: str, text: str) -> None:
    assert check(text).findings == ()


@pytest.mark.parametrize(("rule", "text"), rows("counts"))
def test_required_element_is_seen(rule: str, text: str) -> None:
    assert check(text, needs=[rule]).missing == ()


@pytest.mark.parametrize(("rule", "text"), rows("does_not_count"))
def test_look_alike_does_not_count_as_the_element(rule: str, text: str) -> None:
    assert check(text, needs=[rule]).missing == (rule,)
