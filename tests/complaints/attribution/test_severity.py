import pytest

from complaints.attribution.severity import hint
from language.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("anak saya alergi kacang, hampir dimakan", "S4"),
        ("susunya expired bulan lalu", "S4"),
        ("blendernya ga nyala sama sekali", "S3"),
        ("kuenya hancur, acaranya sudah lewat", "S3"),
        ("resletingnya macet", "S2"),
        ("ada baret dikit di pojok", "S1"),
        ("kapan dikirim ya", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_words_tell_the_severity(text, level):
    assert hint(tokenise(text)) == level
