"""`check` beyond single phrases: needs, context, steps, spans, extra words."""

import pytest

from messaging.tone import apply, check
from messaging.tone.rules import RULES

LATE = {"item": "tas", "variant": "biru", "days_late": 3, "order_number": "#1042"}


def rules(text: str, **context: object) -> list[str]:
    return [finding.rule for finding in check(text, context=context).findings]


def test_kind_text_is_ok() -> None:
    assert check("Terima kasih sudah mengabari, kak.").ok


def test_block_makes_the_report_not_ok() -> None:
    report = check("Salah kakak sendiri.")
    assert (report.ok, report.blocked, report.findings[0].level) == (False, True, "block")


def test_warning_alone_leaves_the_report_ok() -> None:
    report = check("Hubungi ekspedisinya langsung aja ya.")
    assert (report.ok, [finding.level for finding in report.findings]) == (True, ["warn"])


def test_finding_points_at_the_raw_text() -> None:
    text = "Halo kak 🙏 Ｓalah kakak sendiri ya. Makasih."
    finding = check(text).findings[0]
    assert text[finding.start : finding.end].startswith("Ｓalah kakak")
    assert text[slice(*finding.sentence)].endswith("sendiri ya.")


def test_missing_element_comes_with_a_sentence_that_satisfies_it() -> None:
    report = check("Terima kasih kak.", needs=["R1", "R2"], context={"item": "tas"})
    assert (report.missing, report.ok) == (("R1",), False)
    assert "tas" in report.suggestions["R1"].id


def test_alternative_need_is_met_by_either() -> None:
    assert check("Terima kasih sudah mengabari.", needs=["R2|R3"]).ok
    assert check("Halo kak.", needs=["R2|R3"]).missing == ("R2",)


def test_unknown_need_and_context_are_ignored() -> None:
    assert check("Halo kak.", needs=["R9"], context={"purpose": "no such step", "weather": 1}).ok


def test_named_failure_must_fit_the_record() -> None:
    assert check("Paket tas biru kakak telat 3 hari.", needs=["R3"], context=LATE).ok
    assert check("Sepatunya sobek kak.", needs=["R3"], context=LATE).missing == ("R3",)


def test_other_number_of_days_than_the_record_is_advice() -> None:
    report = check("Paket tasnya telat 2 hari ya kak.", context=LATE)
    assert [remark.code for remark in report.advice] == ["days_differ"]
    assert check("Paket tasnya telat tiga hari ya kak.", context=LATE).advice == ()


def test_apology_after_the_explanation_does_not_count() -> None:
    text = "Labelnya tertukar saat kami kemas, itu kelalaian kami. Maaf ya kak."
    assert check(text, needs=["R1"]).missing == ("R1",)


def test_apology_counts_after_a_greeting() -> None:
    assert check("Halo kak! Selamat pagi. Mohon maaf ya, paketnya telat.", needs=["R1"]).ok


def test_apology_at_the_end_does_not_count() -> None:
    text = "Terima kasih kabarnya kak. Paketnya sedang jalan ke kota kakak. Resinya aktif hari ini. Maaf ya."
    assert check(text, needs=["R1"]).missing == ("R1",)


@pytest.mark.parametrize("word", ["bayar", "transfer", "lunas", "tagihan", "pay", "payment"])
def test_check_in_bans_money_words(word: str) -> None:
    text = f"Halo kak, apa kabar? Soal {word} nanti saja."
    assert rules(text, purpose="check_in") == ["G6"]
    assert rules(text, purpose="booking_reminder") == []


@pytest.mark.parametrize("purpose", ["public_reply", "public_spread", "release"])
def test_compensation_is_stopped_where_the_step_forbids_it(purpose: str) -> None:
    report = check("Kakak bisa pilih tukar atau refund penuh.", context={"purpose": purpose})
    assert (report.blocked, report.findings[0].rule) == (True, "R5")


def test_long_text_is_advised_not_blocked() -> None:
    text = "Kami cek paketnya ya kak. " * 20
    assert check(text).ok
    assert [remark.code for remark in check(text, context={"purpose": "public_reply"}).advice] == ["length"]


def test_published_promise_is_no_over_promise() -> None:
    text = "Garansi seumur hidup, pasti awet kak."
    assert "G10" in rules(text)
    assert "G10" not in rules(text, published_promises=["Garansi seumur hidup"])


def test_quoted_customer_is_not_blamed_on_us() -> None:
    assert rules('Kakak bilang "pesanannya salah kakak sendiri", tidak apa-apa.') == []
    assert rules("> ya udah terserah deh\nKami bantu ya kak.") == []
    assert rules('Soal "lebay banget" tadi, kami paham.', customer_text="mungkin saya lebay banget") == []


def test_repeated_apology_is_advised_against() -> None:
    text = "Mohon maaf ya kak, paketnya telat 3 hari."
    assert [remark.code for remark in check(text, context={"earlier_apology": text}).advice] == ["repeated_apology"]


def test_shop_words_add_and_never_take_away() -> None:
    assert [f.frame for f in check("Dasar emak ghoib.", extra_words={"G3": ["emak ghoib"]}).findings] == ["shop-list"]
    assert check("Salah kakak sendiri.", extra_words={"G1": []}).blocked
    assert check("Resi aman.", extra_words={"G10": ["resi"], "R1": ["aman"]}).ok


def test_shouting_and_exclamation_marks_only_warn() -> None:
    assert [f.level for f in check("KAMI SUDAH BALAS DARI TADI").findings] == ["warn"]
    assert [f.level for f in check("Kami sudah balas!!").findings] == ["warn"]
    assert check("Terima kasih banyak kak!!").findings == ()


def test_rewrite_speaks_the_language_of_the_text() -> None:
    assert check("This is your own fault.").findings[0].rewrite == RULES["G1"].rewrite.en
    assert check("Ini salah kakak.").findings[0].rewrite == RULES["G1"].rewrite.id


def test_apply_replaces_the_sentence() -> None:
    text = "Halo kak. Ini salah kakak sendiri. Salam."
    better = apply(text, check(text).findings[0])
    assert better == f"Halo kak. {RULES['G1'].rewrite.id} Salam."
    assert check(better).ok


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_rewrite_passes_the_guard(rule: object) -> None:
    assert [check(text).findings for text in rule.rewrite] == [(), ()]
