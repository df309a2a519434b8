"""`check`: the tone guard every outgoing text passes (domain.md section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from messaging.tone import sentences as ready_sentences
from messaging.tone import slots
from messaging.tone.engine import CHAT_INDEX, CHECK_IN_INDEX, LITERALS, REQUIRED_INDEX, Hit, hits, shouting
from messaging.tone.extra import extra_hits
from messaging.tone.hunch import hunch, standing
from messaging.tone.idiom import language_of
from messaging.tone.reading import Sentence, blank, quoted, read
from messaging.tone.report import Advice, Finding, Report
from messaging.tone.requirements import REQUIREMENTS
from messaging.tone.rules import BLOCK, RULES, WARN, Frame, Words
from messaging.tone.similarity import repeats

ELEMENTS = ("R1", "R2", "R3", "R4", "R5", "R6")
MAX_FINDINGS = 50  # nobody reads more, and it bounds the work on hostile text

_SHOUT = Words("Huruf besar semua terbaca seperti berteriak.", "All capitals read like shouting.")
_BANGS = Words("Tanda seru berderet terbaca marah.", "Several exclamation marks read as anger.")
_NO_REMEDY = Words(
    "Langkah ini tidak menyebut ganti rugi: bicarakan secara pribadi.",
    "This step does not mention compensation: settle that in private.",
)
_REMEDY_REWRITE = Words("Boleh kami hubungi lewat chat pribadi, kak?", "May we continue in private chat?")


def check(
    text: str,
    *,
    needs: Iterable[str] = (),
    context: Mapping[str, Any] | None = None,
    extra_words: Mapping[str, Iterable[str]] | None = None,
) -> Report:
    """Check one outgoing text. Pure, offline, linear in its length; never raises on content.

    `needs` names required elements ("R1".."R6", or "R2|R3" for either). `context` may hold any of: `purpose` (a key of
    `requirements.REQUIREMENTS`), `language` ("id"/"en"), `channel`, `public` (bool), `blame`, `item`, `variant`,
    `wanted`, `received`, `order_number`, `days_late`, `reply_by`, `reply_by_en`, `customer_text` (their own words, not
    matched when quoted), `published_promises` (texts the shop stands by), `earlier_apology`. Unknown keys are ignored.
    `extra_words` adds a shop's own phrases per rule G1..G8; it can never take any away.
    """
    facts: Mapping[str, Any] = context or {}
    rule = REQUIREMENTS.get(str(facts.get("purpose") or ""), REQUIREMENTS["free"])
    theirs = quoted(text, str(facts.get("customer_text") or ""))
    sentences = read(text, LITERALS, theirs)
    language = str(facts.get("language") or "") or language_of(sentences)
    forbidden = hits(sentences, CHECK_IN_INDEX if rule.no_money else CHAT_INDEX)
    elements = hits(sentences, REQUIRED_INDEX)
    findings = standing(text, _findings(text, sentences, forbidden, language, facts))
    findings += _loud(text, sentences, findings, language)
    findings += extra_hits(text, sentences, extra_words or {}, language)
    findings += _forbidden_elements(sentences, elements, rule.forbids, language)
    suspected = hunch(blank(text, theirs), sentences, findings, language)
    findings += [finding for finding in suspected if finding.rule != "G10" or not _promised(text, facts)]
    if findings and (plain := _without_goods(text, facts)) != text:
        others = {name: value for name, value in facts.items() if name not in GOODS}
        still = {finding.rule for finding in check(plain, context=others, extra_words=extra_words).findings}
        findings = [finding for finding in findings if finding.rule in still]
    present = _present(text, sentences, elements, findings, facts)
    missing = _missing(needs, present)
    return Report(
        findings=tuple(sorted(findings, key=lambda finding: (finding.start, finding.rule))[:MAX_FINDINGS]),
        missing=missing,
        suggestions={code: ready_sentences.ready(code, facts) for code in missing},
        present=present,
        advice=tuple(_advice(text, facts, rule.length, sentences, elements)),
        language=language,
    )


def framed(text: str) -> list[tuple[int, int]]:
    """The sentences in which frames alone find something, without the second opinion."""
    sentences = read(text, LITERALS, quoted(text))
    findings = _findings(text, sentences, hits(sentences, CHAT_INDEX), "id", {})
    findings += _loud(text, sentences, findings, "id")
    return sorted({finding.sentence for finding in findings})


GOODS = ("item", "variant", "wanted", "received")


def _without_goods(text: str, facts: Mapping[str, Any]) -> str:
    """The text with the names of the goods blotted out, equally long: "kue potong" promises no discount."""
    names = [re.escape(str(facts[name])) for name in GOODS if facts.get(name)]
    return re.sub("|".join(names), lambda match: "x" * len(match[0]), text, flags=re.IGNORECASE) if names else text


def _finding(frame: Frame, start: int, end: int, sentence: Sentence, language: str) -> Finding:
    rule = RULES[frame.rule]
    return Finding(
        rule=frame.rule,
        level=frame.level or rule.level,
        start=start,
        end=end,
        reason=frame.reason or rule.reason,
        ground=rule.ground,
        rewrite=(frame.rewrite or rule.rewrite).in_language(language),
        frame=frame.name,
        sentence=(sentence.start, sentence.end),
    )


def _findings(
    text: str, sentences: Sequence[Sentence], found: Sequence[Hit], language: str, facts: Mapping[str, Any]
) -> list[Finding]:
    findings: dict[tuple[str, int], Finding] = {}
    for hit in found:
        sentence = sentences[hit.sentence]
        if hit.frame.rule == "G10" and _promised(text[sentence.start : sentence.end], facts):
            continue
        new = _finding(hit.frame, hit.start, hit.end, sentence, language)
        old = findings.get((hit.frame.rule, hit.sentence))
        if old is None or (new.level == BLOCK and old.level == WARN):
            findings[hit.frame.rule, hit.sentence] = new
    return list(findings.values())


def _promised(text: str, facts: Mapping[str, Any]) -> bool:
    """The words hold a promise that the shop has published and stands by."""
    said = text.casefold()
    return any(str(promise).casefold() in said for promise in facts.get("published_promises") or () if promise)


def _loud(text: str, sentences: Sequence[Sentence], findings: Sequence[Finding], language: str) -> Iterable[Finding]:
    """Shouting and rows of exclamation marks, where nothing else of G3 was found in the sentence."""
    taken = {finding.sentence for finding in findings if finding.rule == "G3"}
    for sentence in sentences:
        if (sentence.start, sentence.end) in taken:
            continue
        for name, reason, holds in (
            ("shouting", _SHOUT, shouting(sentence.words, text)),
            ("exclamation-marks", _BANGS, sentence.words[-1].raw.count("!") >= 2 and not _cheerful(sentence)),
        ):
            if holds:
                frame = Frame("G3", name, (), level=WARN, reason=reason)
                yield _finding(frame, sentence.start, sentence.end, sentence, language)
                break


def _cheerful(sentence: Sentence) -> bool:
    return any(sentence.board.get(concept) for concept in ("@thanks", "@cheer", "@kind_laugh"))


def _forbidden_elements(
    sentences: Sequence[Sentence], elements: Sequence[Hit], forbids: Sequence[str], language: str
) -> list[Finding]:
    """Elements that the step's purpose does not allow: compensation in public, a remedy in a release note (5.5)."""
    return [
        Finding(
            rule=hit.frame.rule,
            level=BLOCK,
            start=hit.start,
            end=hit.end,
            reason=_NO_REMEDY,
            ground="domain.md 5.5; V29",
            rewrite=_REMEDY_REWRITE.in_language(language),
            frame="not-in-this-step",
            sentence=(sentences[hit.sentence].start, sentences[hit.sentence].end),
        )
        for hit in elements
        if hit.frame.rule in forbids
    ]


def _present(
    text: str,
    sentences: Sequence[Sentence],
    elements: Sequence[Hit],
    findings: Sequence[Finding],
    facts: Mapping[str, Any],
) -> tuple[str, ...]:
    """Elements that really are there: position for R1, the record for R3, no excuse beside R4."""
    places: dict[str, int] = {}
    for hit in elements:
        places.setdefault(hit.frame.rule, hit.sentence)
    rules = {finding.rule for finding in findings if not finding.hunch}
    if "R1" in places and (places["R1"] > 1 + _greetings(sentences) or places.get("R4", 99) < places["R1"]):
        del places["R1"]
    if "R3" in places and slots.slots(facts) and not slots.named(text, facts):
        del places["R3"]
    if "R4" in places and "G9" in rules:
        del places["R4"]
    return tuple(sorted(places))


def _greetings(sentences: Sequence[Sentence]) -> int:
    """Short opening sentences ("Halo kak!") do not count as the first sentence."""
    count = 0
    for sentence in sentences:
        if sum(word.norm not in ".?!,:" for word in sentence.words) > 3:
            break
        count += 1
    return count


def _missing(needs: Iterable[str], present: Sequence[str]) -> tuple[str, ...]:
    missing = []
    for need in needs:
        options = [code for code in str(need).split("|") if code in ELEMENTS]
        if options and not any(code in present for code in options):
            missing.append(options[0])
    return tuple(sorted(set(missing)))


def _advice(
    text: str, facts: Mapping[str, Any], length: int, sentences: Sequence[Sentence], elements: Sequence[Hit]
) -> Iterable[Advice]:
    length = min(length, 450) if facts.get("public") else length
    if len(text) > length:
        yield Advice(
            "length",
            Words(
                f"Lebih dari {length} huruf; yang singkat lebih dibaca.",
                f"Over {length} characters; shorter reads better.",
            ),
        )
    first = {hit.frame.rule: hit.sentence for hit in reversed(elements)}
    if "R4" in first and "R1" in first and first["R4"] < first["R1"]:
        yield Advice("order", Words("Dahulukan maaf sebelum penjelasan.", "Put the apology before the explanation."))
    if "R5" in first and "R4" in first and first["R5"] < first["R4"]:
        yield Advice("order", Words("Jelaskan dulu, baru tawarkan solusi.", "Explain first, then offer the remedy."))
    earlier = str(facts.get("earlier_apology") or "")
    if earlier and repeats(text, earlier):
        yield Advice(
            "repeated_apology",
            Words(
                "Terlalu mirip dengan permintaan maaf sebelumnya; tulis dengan kata sendiri.",
                "Too close to the earlier apology; write it afresh.",
            ),
        )
    yield from slots.wrong_days(text, facts)
