"""The frames as data: they compile, name known concepts and known rules."""

import pytest

from messaging.tone.frames import FORBIDDEN, REQUIRED
from messaging.tone.lexicon import LEXICON
from messaging.tone.patterns import compile_pattern, concepts_used
from messaging.tone.rules import RULES, Frame

DERIVED = {"@stop", "@number"}


@pytest.mark.parametrize("frame", FORBIDDEN + REQUIRED, ids=lambda frame: f"{frame.rule}-{frame.name}")
def test_frame_uses_only_concepts_of_the_lexicon(frame: Frame) -> None:
    sources = (*frame.when, *frame.unless, *frame.redeemed)
    used = {name for source in sources for pattern in compile_pattern(source) for name in concepts_used(pattern)}
    concepts = {name for name in used if name.startswith("@")}
    assert concepts <= {"@" + name for name in LEXICON} | DERIVED


def test_names_are_unique_and_rules_known() -> None:
    names = [(frame.rule, frame.name) for frame in FORBIDDEN + REQUIRED]
    assert len(set(names)) == len(names)
    assert {frame.rule for frame in FORBIDDEN} == set(RULES)
    assert {frame.rule for frame in REQUIRED} == {"R1", "R2", "R3", "R4", "R5", "R6"}


def test_negation_spares_what_it_negates() -> None:
    from messaging.tone import check

    assert check("Ini bukan salah kakak, kami yang salah kirim.").findings == ()
