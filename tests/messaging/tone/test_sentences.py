"""Ready sentences: each is its own element, and clean."""

import pytest

from messaging.tone import check
from messaging.tone.sentences import SENTENCES, ready

CASES = [
    {},
    {"item": "tas", "variant": "biru"},
    {"item": "tas", "days_late": 3},
    {"item": "bag", "days_late": 1},
    {"item": "tas", "wanted": "tas biru", "received": "tas hitam"},
    {"item": "kue", "order_number": "#1042"},
]


@pytest.mark.parametrize("context", CASES, ids=str)
@pytest.mark.parametrize("code", SENTENCES)
def test_ready_sentence_is_the_element_it_stands_for(code: str, context: dict[str, object]) -> None:
    for text in ready(code, context):
        report = check(text, needs=[code], context=context)
        assert (report.missing, report.findings) == ((), ()), text
