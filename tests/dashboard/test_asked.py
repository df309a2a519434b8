"""Pages that note what people ask and who takes part in a thread; trust beside repurchase; the recommend score."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import surveys
from cases.models import Survey
from complaints.models import SpreadNode
from dashboard.measures import experience, obeyed, trust
from dashboard.measures.scope import scope_of
from dashboard.measures.trust import Trusting
from dashboard.measures.week import tasks
from figures.shares import Share
from tests.factories import make_complaint, make_customer, make_order

DAY = timedelta(days=1)


@pytest.fixture
def rina(shop):
    return make_customer(shop, "Rina", email="rina@example.com")


def local(at):
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def test_request_for_data_is_noted_once_and_stands_on_the_page(shop, rina, budi, as_):
    client, at = as_(budi), timezone.now() - DAY
    for _ in range(2):
        client.post(reverse("dashboard:data_request", args=[rina.code]), {"kind": "copy", "at": local(at)})
    (found,) = obeyed.fetch_open_requests(shop, timezone.now())
    assert abs(found.asked_at - at) < timedelta(minutes=2)
    page = client.get(reverse("shops:customer", args=[rina.code])).content.decode()
    assert "They ask for a copy" in page
    assert "72 hours" in tasks(shop, timezone.now())[0].text


@pytest.mark.parametrize("data", [{"kind": "stars"}, {"kind": "copy", "at": "2001-01-01T10:00"}, {}])
def test_nonsense_is_no_request(shop, rina, budi, as_, data):
    as_(budi).post(reverse("dashboard:data_request", args=[rina.code]), data)
    assert obeyed.fetch_open_requests(shop, timezone.now()) == []


def test_viewers_and_outsiders_note_nothing(shop, rina, vera, citra, as_):
    address = reverse("dashboard:data_request", args=[rina.code])
    assert as_(vera).post(address, {"kind": "copy"}).status_code == 403
    assert as_(citra).post(address, {"kind": "copy"}).status_code == 404


def test_accounts_are_noted_once_each(shop, budi, as_):
    complaint = make_complaint(shop, voice="elsewhere_public")
    address = reverse("dashboard:insights_spread", args=[complaint.case.code])
    for _ in range(2):
        as_(budi).post(address, {"part": "ally", "accounts": "@satu\n dua \n\n@satu"})
    assert sorted(SpreadNode.objects.values_list("account", "part")) == [("dua", "ally"), ("satu", "ally")]
    assert complaint.case.events.filter(code="spreading").count() == 1
    assert "satu" in as_(budi).get(address).content.decode()


def test_account_is_linked_to_its_own_case(shop, budi, as_):
    complaint, own = make_complaint(shop, voice="elsewhere_public"), make_complaint(shop)
    node = SpreadNode.objects.create(shop=shop, complaint=complaint, part="ally", account="satu")
    address = reverse("dashboard:insights_spread_link", args=[complaint.case.code, node.pk])
    as_(budi).post(address, {"own": own.case.code.lower()})
    node.refresh_from_db()
    assert node.own_case == own.case


@pytest.mark.parametrize("data", [{"part": "ally", "accounts": " \n@"}, {"part": "star", "accounts": "a"}])
def test_nonsense_accounts_are_refused(shop, budi, as_, data):
    complaint = make_complaint(shop, voice="elsewhere_public")
    response = as_(budi).post(reverse("dashboard:insights_spread", args=[complaint.case.code]), data)
    assert (response.status_code, SpreadNode.objects.count()) == (422, 0)


def test_accounts_are_for_members_who_may_write(shop, vera, citra, as_):
    address = reverse("dashboard:insights_spread", args=[make_complaint(shop).case.code])
    assert as_(vera).get(address).status_code == 200
    assert as_(vera).post(address, {"part": "ally", "accounts": "a"}).status_code == 403
    assert as_(citra).get(address).status_code == 404


# --- surveys ----------------------------------------------------------------------------------------------------------


def test_recommendation_gives_the_worked_example():
    found = experience.recommendation({10: 20, 9: 8, 8: 6, 7: 7, 6: 4, 0: 5})
    assert (found.promoters, found.passives, found.detractors, found.enough) == (28, 13, 9, True)
    assert [round(value, 1) for value in (found.score.point, found.score.low, found.score.high)] == [38.0, 16.6, 59.4]


def test_recommendation_is_read_from_the_answers(shop, rina):
    surveys.record(surveys.invite(rina, "experience"), "recommend", 10)
    assert experience.fetch_recommendation(scope_of(shop, {}, timezone.now())).promoters == 1


def test_trust_splits_at_75():
    found = trust.split([Trusting(75, True), Trusting(100, False), Trusting(74.9, True)])
    assert (found.trusting, found.others) == (Share(1, 2), Share(1, 1))


def test_trust_stands_beside_what_was_bought_later(shop, rina):
    now = timezone.now()
    survey = surveys.invite(rina, "experience", now=now - 100 * DAY)
    for item, value in (("trust_1", 5), ("trust_2", 4), ("emotional_1", 1)):
        surveys.record(survey, item, value, now=now - 99 * DAY)
    surveys.invite(make_customer(shop, "Sari"), "experience", now=now - 100 * DAY)  # said nothing
    make_order(shop, rina, paid_at=now - 20 * DAY)
    assert trust.fetch(scope_of(shop, {}, now)) == [Trusting(87.5, True)]
    Survey.objects.filter(pk=survey.pk).update(answered_at=now - 5 * DAY)  # too early to say
    assert trust.fetch(scope_of(shop, {}, now)) == []
