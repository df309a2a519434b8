"""Reading a draft into sentences, clauses and concepts."""

from messaging.tone.engine import LITERALS
from messaging.tone.reading import MAX_WORDS, quoted, read


def norms(text: str) -> list[str]:
    return [word.norm for sentence in read(text, LITERALS) for word in sentence.words]


def test_contractions_are_opened() -> None:
    assert norms("You don't") == ["you", "do", "not"]
    assert norms("we cant") == ["we", "can", "not"]


def test_stars_are_counted() -> None:
    assert norms("kasih ⭐⭐⭐⭐⭐ ya") == ["kasih", "bintang", "5", "ya"]


def test_clauses_open_at_but() -> None:
    (sentence,) = read("Maaf kak, tapi itu salah", LITERALS)
    assert [bin(clause.mask) for clause in sentence.clauses] == ["0b111", "0b111000"]


def test_short_address_is_the_customer_only_where_it_acts() -> None:
    greeting, acting = read("Siap kak, kami cek. Kak salah pilih warna.", LITERALS)
    assert "@customer" not in greeting.board
    assert acting.board["@customer"] == 1


def test_closing_tag_asks_and_does_not_deny() -> None:
    tag, denial = read("Jadi bayar ga? Ga jadi bayar.", LITERALS)
    assert not tag.board.get("@no")
    assert denial.board["@no"] == 1


def test_map_and_gold_are_not_people() -> None:
    (sentence,) = read("Emas di map folder", LITERALS)
    assert not {"@customer", "@sorry", "@no"} & set(sentence.board)


def test_endless_sentence_is_read_in_pieces() -> None:
    sentences = read("kata " * (MAX_WORDS * 2 + 1), LITERALS)
    assert [len(sentence.words) for sentence in sentences] == [MAX_WORDS, MAX_WORDS, 1]


def test_announced_quote_and_quoted_lines_are_found() -> None:
    text = '> halo\nKakak tulis "lama banget", kami "minta maaf"'
    assert [text[start:end] for start, end in quoted(text)] == ["> halo", '"lama banget"']


def test_quotes_that_we_read_or_ascribe_are_theirs_and_our_own_are_not() -> None:
    text = 'We read "never again". "Ngaco" itu kata kakak. Di nota ada "no retur".'
    assert [text[start:end] for start, end in quoted(text)] == ['"never again"', '"Ngaco"']


def test_offsets_survive_left_out_quotes() -> None:
    text = "> salah\nCek ya"
    (sentence,) = read(text, LITERALS, quoted(text))
    assert [text[word.start : word.end] for word in sentence.words] == ["Cek", "ya"]


def test_invisible_characters_do_not_hide_a_word() -> None:
    text = "Sa\u200blah kak\u00adak"
    (sentence,) = read(text, LITERALS)
    assert [(word.norm, text[word.start : word.end]) for word in sentence.words] == [
        ("salah", "Sa\u200blah"),
        ("kakak", "kak\u00adak"),
    ]
