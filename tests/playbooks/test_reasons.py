"""The reason line on cards and case pages: one sentence, in both languages, for every way routing can go."""

from itertools import product

import pytest
from django.utils import translation

from playbooks.enums import Blame, Failure, Voice
from playbooks.models import Playbook, Treatment
from playbooks.reasons import reason, why
from playbooks.routing import Facts
from playbooks.showing import tried_lines
from tests.factories import make_complaint


def treated(shop, **fields):
    return make_complaint(shop, **fields).case.treatments.get()


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "It arrived damaged, it cannot be used, they blame the shop → P05 Fatal damage"),
        ("id", "Datang rusak, tidak bisa dipakai, toko disalahkan → P05 Rusak fatal"),
    ],
)
def test_why_names_what_happened_whom_they_blame_and_the_playbook(shop, language, line):
    treatment = treated(shop, failure="damaged", severity="S3")
    with translation.override(language):
        assert why(treatment) == line


def test_why_names_entry_and_overlay(shop):
    treatment = treated(shop, failure="privacy", voice="elsewhere_public")
    with translation.override("en"):
        assert why(treatment).endswith("they blame the shop, said in public → P08 + P00 General path + P14")


def test_reason_of_a_booking_blames_nobody():
    treatment = Treatment(facts=Facts(kind="booking", failure="unpaid_booking").to_json())
    with translation.override("en"):
        assert reason(treatment) == "A booking is not paid yet"


def test_reason_has_words_for_all_facts():
    for failure, blame, voice in product(Failure.values, Blame.values, Voice.values):
        facts = Facts(failure=failure, blame=blame, voice=voice)
        assert 1 <= reason(Treatment(facts=facts.to_json())).count(",") <= 2


@pytest.mark.parametrize(("language", "line"), [("en", "P05 Fatal damage: yes"), ("id", "P05 Rusak fatal: ya")])
def test_routes_that_were_tried_are_named_in_the_readers_language(shop, language, line):
    """Whoever logged the case may read another one."""
    with translation.override("id"):
        treatment = treated(shop, failure="damaged", severity="S3")
    with translation.override(language):
        assert any(tried.startswith(line) for tried in tried_lines(treatment))


def test_a_treatment_keeps_the_name_its_playbook_had(shop):
    treatment = treated(shop, failure="damaged", severity="S3")
    Playbook.objects.filter(pk=treatment.playbook_id).update(name_en="Something else")
    with translation.override("en"):
        assert Treatment.objects.get(pk=treatment.pk).name == "P05 Fatal damage"


def test_routes_kept_without_their_names_are_told_by_code(shop):
    """Treatments begun before names were kept in both languages."""
    treatment = treated(shop, failure="damaged", severity="S3")
    for tried in treatment.why:
        del tried["title"]
    with translation.override("en"):
        assert any(line.startswith("P05") and "yes" in line for line in tried_lines(treatment))
