"""Remedies: limit, approval, choice, proof, promises; never conditional."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.actions import Refused, set_theme
from complaints.actions import customer_replied
from playbooks import closing, giving, remedies
from playbooks.models import Promise, Remedy, TreatmentStep
from tests.factories import make_complaint, make_customer, make_order, say_cause

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(shop):
    return make_complaint(shop, order=make_order(shop, total=400_000)).case


def propose(case, by, cost=50_000, level="L3", **fields):
    return remedies.propose(case, by=by, level=level, what="Tukar", cost=cost, **fields)


@pytest.fixture
def second_time(shop):
    customer = make_customer(shop)
    make_complaint(shop, customer=customer)
    return make_complaint(shop, customer=customer, failure="wrong_item", blame="shop").case


@pytest.mark.parametrize(("level", "enough"), [("L0", False), ("L3", False), ("L4", True)])
def test_the_second_time_gets_one_level_more(second_time, budi, level, enough):
    """A wrong item (P03) usually starts at L3."""
    if enough:
        assert propose(second_time, budi, level=level).level == level
    else:
        with pytest.raises(Refused, match="L4 full refund"):
            propose(second_time, budi, level=level, reason="sudah cukup")


def test_an_owner_may_give_less_the_second_time_with_a_reason(second_time, ayu):
    with pytest.raises(Refused, match="with a reason"):
        propose(second_time, ayu, level="L0")
    assert propose(second_time, ayu, level="L0", reason="Rina minta kata maaf saja").level == "L0"


def test_the_second_time_without_goods_or_money_has_no_floor(shop, budi):
    customer = make_customer(shop)
    make_complaint(shop, customer=customer)
    case = make_complaint(shop, customer=customer, failure="rude_service", blame="shop").case
    assert propose(case, budi, level="L0", cost=0).level == "L0"


@pytest.mark.parametrize("condition", ["review", "stars", ""])
def test_database_refuses_a_remedy_with_a_condition(case, budi, condition):
    remedy = propose(case, budi)
    with pytest.raises(IntegrityError), transaction.atomic():
        Remedy.objects.filter(pk=remedy.pk).update(condition=condition)


def test_no_column_of_a_remedy_points_to_a_review():
    related = {f.related_model.__name__ for f in Remedy._meta.get_fields() if f.related_model}
    assert "Review" not in related


def test_staff_give_within_the_limit_and_ask_above_it(case, budi, ayu):
    assert propose(case, budi).state == "approved"
    with pytest.raises(Refused, match="Tell the owner why"):
        propose(case, budi, cost=150_000)
    asked = propose(case, budi, cost=150_000, reason="hadiah ulang tahun")
    with pytest.raises(Refused):
        remedies.decide(asked, by=budi, approve=True, reason="boleh")
    remedies.decide(asked, by=ayu, approve=True, reason="boleh")
    assert asked.state == "approved"


def test_choice_withdraws_the_other_and_starts_the_next_step(case, budi):
    new, money = propose(case, budi), propose(case, budi, level="L4")
    for remedy in (new, money):
        remedies.offer(remedy, by=budi)
    remedies.choose(money, by=budi)
    new.refresh_from_db()
    case.refresh_from_db()
    assert (new.state, money.state, case.state) == ("withdrawn", "chosen", "executing")
    assert TreatmentStep.objects.get(case=case, key="ship").due_at is not None


def test_case_with_a_promised_remedy_cannot_be_resolved(case, budi, ayu):
    say_cause(case, by=budi)
    remedy = propose(case, budi)
    with pytest.raises(Refused, match="not been carried out"):
        closing.resolve(case, by=budi.user)
    with pytest.raises(Refused, match="proof"):
        remedies.carry_out(remedy, by=budi)
    remedies.carry_out(remedy, by=budi, proof_text="JX123")
    closing.resolve(case, by=budi.user)


def test_a_complaint_needs_an_improvement_with_a_date(case, budi):
    set_theme(case, "product", "label tertukar", by=budi.user)
    with pytest.raises(Refused, match="what you change"):
        closing.resolve(case, by=budi.user)
    with pytest.raises(Refused, match="by when"):
        closing.improve(case, by=budi, title="Label warna")
    closing.improve(case, by=budi, title="Label warna", due_on=date(2026, 12, 1))
    closing.resolve(case, by=budi.user)


def test_the_same_cause_again_joins_the_change_under_way(shop, case, budi):
    second = make_complaint(shop, "yang ini juga tertukar").case
    for each in (case, second):
        set_theme(each, "product", "label tertukar", by=budi.user)
    change = closing.improve(case, by=budi, title="Label warna", due_on=date(2026, 12, 1))
    closing.resolve(second, by=budi.user)
    assert list(second.improvements.all()) == [change]


def test_promise_gives_its_multiple_within_both_caps(shop, case, budi):
    values = {"text_id": "1 pecah ganti 10", "multiple": 10, "cap_per_claim": 20, "cap_per_month": 30}
    promise = Promise.objects.create(shop=shop, valid_from=date(2026, 1, 1), **values)
    claims = [remedies.claim(case, promise, broken, by=budi).quantity for broken in (2, 1)]
    assert claims == [20, 10]
    with pytest.raises(Refused, match="used up"):
        remedies.claim(case, promise, 1, by=budi)
    assert Remedy.objects.filter(promise=promise).values_list("state", flat=True)[0] == "proposed"


def test_remedy_pages_walk_from_proposal_to_proof(case, budi, as_):
    client = as_(budi)
    form = {"level": "L3", "what": "Tukar", "quantity": 1, "cost": 1000}
    assert client.post(f"/steps/of/{case.code}/propose/", form).status_code == 302
    remedy = Remedy.objects.get(case=case)
    client.post(f"/steps/of/{case.code}/offer/", {"remedy": remedy.pk})
    client.post(f"/steps/remedies/{remedy.pk}/choose/")
    client.post(f"/steps/remedies/{remedy.pk}/done/", {"proof_text": "JX1"})
    remedy.refresh_from_db()
    assert remedy.state == "done"
    assert b"JX1" in client.get(f"/complaints/{case.code}/").content


@pytest.mark.parametrize("path", ["of/{code}/propose/", "of/{code}/offer/", "of/{code}/improve/", "of/{code}/claim/"])
@pytest.mark.parametrize(("who", "status"), [("citra", 404), ("vera", 403)])
def test_outsiders_find_nothing_and_viewers_may_not_give(case, request, as_, path, who, status):
    client = as_(request.getfixturevalue(who))
    assert client.post("/steps/" + path.format(code=case.code)).status_code == status


@pytest.mark.parametrize(("who", "status"), [("citra", 404), ("vera", 403), ("budi", 403), ("ayu", 200)])
def test_evidence_pack_is_for_the_owner_only(case, request, as_, who, status):
    response = as_(request.getfixturevalue(who)).get(f"/steps/of/{case.code}/evidence/")
    response.close()
    assert response.status_code == status


def test_evidence_pack_holds_facts_and_no_opinions(case, ayu, as_):
    response = as_(ayu).get(f"/steps/of/{case.code}/evidence/")
    body = b"".join(response.streaming_content)
    response.close()
    archive = zipfile.ZipFile(io.BytesIO(body))
    assert set(archive.namelist()) == {"case.csv", "timeline.csv", "messages.csv", "payments.csv"}
    text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "pesan biru yang datang hitam" in text
    assert "blame" not in text.lower()


def test_case_page_offers_promises_with_their_record(shop, case, ayu, budi):
    promise = Promise.objects.create(shop=shop, text_id="1 pecah ganti 10", multiple=10, valid_from=date(2026, 1, 1))
    claim = remedies.claim(case, promise, 1, by=budi)
    Remedy.objects.filter(pk=claim.pk).update(state="done", done_at=timezone.now())
    (offer,) = giving.panel(case, ayu, "damaged", [])["promises"]
    assert (offer.promise, offer.record) == (promise, "kept 1 of 1")


def test_words_long_after_the_end_open_a_new_case(shop, case):
    closing.close(case, "withdrawn", actor="customer", at=timezone.now() - timedelta(days=31))
    message = customer_replied(case, "rusak lagi kak", "email")
    assert message.case_id != case.pk
