"""A trial gives each case its arm at the start of the treatment, once, and freezes that version's steps."""

import pytest

from playbooks import trials
from playbooks.loading import keep_version
from playbooks.models import Playbook, Treatment
from tests.factories import make_complaint


@pytest.fixture
def trial(shop, ayu):
    playbook = Playbook.objects.get(shop=shop, code="P03")
    playbook.steps.filter(key="tell_change").delete()
    playbook.version = 2
    playbook.save(update_fields=["version"])
    keep_version(playbook, note="shorter")
    return trials.start_trial(playbook, version_a=1, version_b=2, stop_after=30, by=ayu)


def test_each_arm_gets_its_own_steps(shop, trial):
    for number in range(12):
        make_complaint(shop, f"salah kirim {number}")
    treatments = Treatment.objects.filter(playbook=trial.playbook)
    assert {treatment.arm[0] for treatment in treatments} == {"A", "B"}
    for treatment in treatments:
        assert treatment.steps.filter(key="tell_change").exists() == (treatment.arm[0] == "A")
        assert treatment.version == (1 if treatment.arm[0] == "A" else 2)


def test_other_playbooks_have_no_arm(shop, trial):
    assert make_complaint(shop, blame="self").case.treatments.get().arm == ""
