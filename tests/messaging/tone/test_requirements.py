"""What each step needs."""

import pytest

from messaging.tone.requirements import REQUIREMENTS, required


@pytest.mark.parametrize(
    ("purpose", "known", "needs"),
    [
        ("acknowledgement", {}, ("R2", "R6")),
        ("first_reply", {"blame": "shop"}, ("R1", "R2", "R3", "R6")),
        ("first_reply", {"blame": "unclear", "severity_known": True}, ("R1", "R2", "R3", "R5", "R6")),
        ("first_reply", {"blame": "shop", "cause_known": True}, ("R1", "R2", "R3", "R4", "R6")),
        ("first_reply", {"blame": "self"}, ("R2", "R3", "R6")),
        ("remedy", {}, ("R5", "R6")),
        ("public_reply", {"cause_known": True, "severity_known": True}, ("R1", "R2", "R3", "R4")),
        ("public_spread", {}, ("R1", "R2", "R6")),
        ("check_in", {}, ()),
        ("follow_up", {}, ("R2|R3",)),
        ("something else", {}, ()),
    ],
)
def test_step_needs(purpose: str, known: dict[str, object], needs: tuple[str, ...]) -> None:
    assert required(purpose, **known) == needs


def test_no_step_needs_what_it_forbids() -> None:
    for rule in REQUIREMENTS.values():
        assert not set(rule.forbids) & {*rule.needs, *rule.if_severity, *rule.if_cause}
