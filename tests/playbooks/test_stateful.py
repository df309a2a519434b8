"""Any sequence of tags, steps, answers and time leaves one live treatment or a legal end, and nothing is lost."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cases.actions import Refused
from cases.enums import ENDED, MOVES, UNENDED
from cases.models import Case, CaseEvent
from complaints import actions
from complaints.models import Complaint
from playbooks import closing, passing, treatments
from playbooks.enums import LIVE_STEP, Anchor, Blame, Failure, Voice
from playbooks.models import Treatment, TreatmentStep
from playbooks.timing import locked_by
from tests.factories import MONDAY, make_complaint, make_customer, make_order, say_cause

FAILURES = [failure for failure in Failure.values if failure != "unpaid_booking"]
LOG = {"step_done": "done", "step_skipped": "skipped"}


class Care(RuleBasedStateMachine):
    """One complaint, worked on in any order; `shop` and `owner` are set by the test."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = MONDAY

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(
        blame=st.sampled_from(Blame.values),
        voice=st.sampled_from(Voice.values),
        failure=st.sampled_from(["wrong_item", "late", "damaged", "privacy", "rude_service", "not_received"]),
        again=st.booleans(),
    )
    def log(self, blame, voice, failure, again):
        customer = make_customer(self.shop)
        facts = {"blame": blame, "voice": voice, "failure": failure, "customer": customer}
        if again:
            make_complaint(self.shop, customer=customer)
        self.pk = make_complaint(self.shop, order=make_order(self.shop, customer), **facts).pk
        self.states = ["open"]

    # --- what is there ---

    @property
    def complaint(self):
        return Complaint.objects.select_related("case__shop", "case__customer", "case__order").get(pk=self.pk)

    @property
    def case(self):
        return self.complaint.case

    def steps(self):
        rows = TreatmentStep.objects.filter(case=self.case, treatment__state="live").select_related(
            "treatment", "case__shop"
        )
        return list(rows.order_by("position", "pk"))

    def attempt(self, act):
        """Do it; a refusal is legal and changes nothing."""
        before = self.shot()
        try:
            with transaction.atomic():
                act()
        except Refused:
            assert self.shot() == before

    def shot(self):
        rows = TreatmentStep.objects.filter(case=self.case).order_by("pk").values_list("pk", "state")
        return (self.case.state, list(rows), CaseEvent.objects.filter(case=self.case).count())

    # --- what may happen ---

    @rule(blame=st.sampled_from(Blame.values))
    def tag(self, blame):
        actions.tag(self.complaint, blame, by=self.owner.user)

    @rule(
        failure=st.sampled_from([f for f in Failure.values if f != "unpaid_booking"]),
        voice=st.sampled_from(Voice.values),
    )
    def assess(self, failure, voice):
        actions.assess(self.complaint, by=self.owner.user, failure=failure, voice=voice)

    @rule(pick=st.integers(0, 40))
    def do_a_step(self, pick):
        if live := [step for step in self.steps() if step.is_live]:
            self.attempt(lambda: treatments.complete(live[pick % len(live)], by=self.owner.user, now=self.now))

    @rule(pick=st.integers(0, 40), come_again=st.booleans())
    def skip_a_step(self, pick, come_again):
        if live := [step for step in self.steps() if step.is_live]:
            step = live[pick % len(live)]
            self.attempt(lambda: treatments.skip(step, "not needed", by=None, now=self.now, come_again=come_again))

    @rule()
    def customer_answers(self):
        actions.customer_replied(self.case, "halo kak, bagaimana?", "email", at=self.now)

    @rule(event=st.sampled_from([Anchor.DELIVERED, Anchor.CHOICE]))
    def something_happens(self, event):
        treatments.anchor_event(self.case, event, at=self.now)

    @rule(hours=st.sampled_from([1, 26, 80, 200, 800]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        passing.run(self.now)

    @rule()
    def resolve(self):
        say_cause(self.case, by=self.owner)
        self.attempt(lambda: closing.resolve(self.case, by=self.owner.user))

    @precondition(lambda self: self.case.state == "resolved")
    @rule()
    def confirm(self):
        self.attempt(lambda: closing.confirm(self.case, at=self.now))

    # --- what always holds ---

    @invariant()
    def one_live_treatment_or_a_legal_end(self):
        live = Treatment.objects.filter(case=self.case, state="live").count()
        assert live <= 1
        if self.case.state in ENDED:
            assert live == 0
        elif live == 0:
            newest = Treatment.objects.filter(case=self.case).latest("pk")
            assert newest.state == "finished"
            assert not newest.steps.filter(state__in=sorted(LIVE_STEP)).exists()

    @invariant()
    def states_are_legal_and_every_move_is_written_down(self):
        case = Case.objects.get(pk=self.case.pk)
        walk = ["open", *[e.data["new"] for e in CaseEvent.objects.filter(case=case, code="state").order_by("pk")]]
        assert all(new in MOVES[old] for old, new in pairwise(walk))
        assert walk[-1] == case.state
        assert case.state in UNENDED | ENDED

    @invariant()
    def no_step_is_lost_or_doubled(self):
        for treatment in Treatment.objects.filter(case=self.case):
            steps = list(treatment.steps.values_list("playbook_code", "key", "turn"))
            assert len(steps) == len(set(steps))
            first = {(code, key) for code, key, turn in steps if turn == 1}
            assert {(code, key) for code, key, _turn in steps} == first
            assert {code for code, _key in first} == set(treatment.codes)
            if treatment.state != "live":
                assert not treatment.steps.filter(state__in=sorted(LIVE_STEP)).exists()

    @invariant()
    def every_step_done_or_skipped_has_its_event(self):
        rows = TreatmentStep.objects.filter(case=self.case).exclude(skip_reason__startswith="Already said")
        states = Counter(rows.filter(state__in=["done", "skipped"]).values_list("state", flat=True))
        codes = CaseEvent.objects.filter(case=self.case, code__in=LOG).values_list("code", flat=True)
        assert states == Counter(LOG[code] for code in codes)

    @invariant()
    def nothing_locked_is_open(self):
        steps = self.steps()
        assert not [step for step in steps if step.state == "open" and locked_by(step, steps)]

    @invariant()
    def the_case_knows_what_falls_due_next(self):
        due = [step.due_at for step in self.steps() if step.state == "open" and not step.is_automatic and step.due_at]
        case = self.case
        if case.state in UNENDED:
            assert case.next_due_at == min(due, default=None)


@pytest.mark.django_db
def test_any_sequence_leaves_a_case_in_order(shop, ayu):
    Care.shop, Care.owner = shop, ayu
    run_state_machine_as_test(Care, settings=settings(max_examples=12, stateful_step_count=15, deadline=None))
