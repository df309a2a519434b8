"""From insight to action: surveys by link, improvements, incidents, trials, the owner's week."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cases import surveys
from cases.enums import State
from cases.models import Case, Survey, SurveyAnswer
from complaints import incidents
from complaints.models import Incident
from dashboard import weekly
from dashboard.surveys import after_cases, sampled
from messaging.models import Message
from playbooks import trials
from playbooks.loading import keep_version
from playbooks.models import Playbook, Remedy, Trial
from shops.models import Improvement, Shipment
from tests.factories import MONDAY, make_complaint, make_customer, make_order

DAY = timedelta(days=1)


@pytest.fixture
def rina(shop):
    return make_customer(shop, "Rina", email="rina@example.com")


@pytest.fixture
def solved(shop, rina):
    """A case that was resolved three days ago."""
    case = make_complaint(shop, customer=rina, received_at=timezone.now() - 6 * DAY).case
    Case.objects.filter(pk=case.pk).update(state=State.RESOLVED, resolved_at=timezone.now() - 3 * DAY)
    case.refresh_from_db()
    return case


# --- surveys ----------------------------------------------------------------------------------------------------------


def survey_url(survey):
    return reverse("survey", args=[survey.shop.slug, survey.token])


def test_opening_the_link_records_nothing(client, solved):
    survey = surveys.invite(solved.customer, "after_case", case=solved)
    for _ in range(3):
        assert client.get(survey_url(survey)).status_code == 200
    survey.refresh_from_db()
    assert survey.answered_at is None
    assert not SurveyAnswer.objects.exists()


def test_one_tap_answers_one_item_and_goes_on(client, solved):
    survey = surveys.invite(solved.customer, "after_case", case=solved)
    first = survey.items[0]
    response = client.post(survey_url(survey), {"item": first, "value": "4"})
    assert response.headers["Location"].endswith("?i=1")
    client.post(survey_url(survey), {"item": first, "value": "2"})  # changed their mind
    assert list(survey.answers.values_list("item", "value")) == [(first, 2)]


@pytest.mark.parametrize("data", [{"item": "stars", "value": "5"}, {"item": "effort", "value": "9"}, {}])
def test_nonsense_is_not_recorded(client, solved, data):
    survey = surveys.invite(solved.customer, "after_case", case=solved)
    assert client.post(survey_url(survey), data).status_code == 302
    assert not survey.answers.exists()


@pytest.mark.parametrize(("value", "kept"), [("0", 1), ("10", 1), ("11", 0), ("-1", 0), ("", 0)])
def test_recommendation_has_a_scale_of_its_own(client, rina, value, kept):
    survey = surveys.invite(rina, "experience")
    assert 'value="10"' in client.get(f"{survey_url(survey)}?i=11").content.decode()
    client.post(survey_url(survey), {"item": "recommend", "value": value})
    assert survey.answers.filter(item="recommend").count() == kept


def test_zero_is_no_answer_to_the_other_questions(client, rina):
    survey = surveys.invite(rina, "experience")
    client.post(survey_url(survey), {"item": "trust_1", "value": "0"})
    assert not survey.answers.exists()


def test_page_asks_by_the_shops_name_and_never_for_stars(client, shop, rina):
    survey = surveys.invite(rina, "experience")
    for place in range(11):
        html = client.get(f"{survey_url(survey)}?i={place}").content.decode()
        assert shop.name in html
        assert "★" not in html
        assert "bintang" not in html.lower()


def test_token_of_another_shop_finds_nothing(client, solved, citra):
    survey = surveys.invite(solved.customer, "after_case", case=solved)
    assert client.get(reverse("survey", args=[citra.shop.slug, survey.token])).status_code == 404


def test_closed_survey_takes_no_answer(client, solved):
    survey = surveys.invite(solved.customer, "after_case", case=solved, now=timezone.now() - 31 * DAY)
    client.post(survey_url(survey), {"item": survey.items[0], "value": "4"})
    assert not survey.answers.exists()


def test_nobody_is_asked_twice_in_ninety_days(rina):
    now = timezone.now()
    assert surveys.invite(rina, "experience", now=now - 89 * DAY)
    assert surveys.invite(rina, "experience", now=now) is None
    assert surveys.invite(rina, "experience", now=now + 2 * DAY)


def test_after_case_waits_for_the_remedy(shop, solved):
    remedy = Remedy.objects.create(shop=shop, case=solved, level="L3", what="tas", state="chosen")
    assert after_cases(shop, timezone.now()) == []
    Remedy.objects.filter(pk=remedy.pk).update(state="done", done_at=timezone.now())
    assert after_cases(shop, timezone.now()) == [solved]
    assert after_cases(shop, timezone.now() - 2 * DAY) == []


def test_owner_sends_invitations_with_one_click(shop, ayu, as_, solved):
    as_(ayu).post(reverse("dashboard:insights_surveys"), {"kind": "after_case"})
    as_(ayu).post(reverse("dashboard:insights_surveys"), {"kind": "after_case"})
    survey, message = Survey.objects.get(), Message.objects.get(purpose="survey")
    assert survey.token in message.body
    assert (message.state, message.approved_by, message.is_shop_initiated) == ("ready", ayu.user, True)
    assert message.guard["ok"]


def test_preview_reads_as_the_first_person_will_read_it(ayu, as_, solved):
    html = as_(ayu).get(reverse("dashboard:insights_surveys")).content.decode()
    assert "{" not in html.partition('class="words"')[2].partition("</blockquote>")[0]
    assert "Rina" in html or "kak" in html


def test_random_buyers_are_the_same_all_day(shop):
    now = timezone.now()
    for number in range(25):
        order = make_order(shop, make_customer(shop, f"P{number}", email=f"p{number}@example.com"))
        Shipment.objects.create(shop=shop, order=order, delivered_at=now - 5 * DAY)
    first = sampled(shop, now)
    assert len(first) == 5
    assert sampled(shop, now) == first


def test_viewer_may_not_invite(vera, as_):
    assert as_(vera).get(reverse("dashboard:insights_surveys")).status_code == 403


# --- improvements -----------------------------------------------------------------------------------------------------


def make_twice(shop, rina):
    order = make_order(shop, rina)
    return [make_complaint(shop, customer=rina, order=order, received_at=timezone.now() - n * DAY).case for n in (2, 3)]


def test_recurring_cause_becomes_an_improvement_with_its_cases(shop, ayu, as_, rina):
    cases = make_twice(shop, rina)
    client = as_(ayu)
    assert "tas: Wrong item" in client.get(reverse("dashboard:improvements")).content.decode()
    data = {"kind": "product", "value": "tas", "detail": "wrong_item", "title": "cek warna", "owner": ayu.pk}
    assert (
        client.post(reverse("dashboard:improvement_new"), data).status_code == 422
    )  # a change without a date is a wish
    assert client.post(reverse("dashboard:improvement_new"), {**data, "due_on": "2027-01-31"}).status_code == 302
    improvement = Improvement.objects.get()
    assert set(improvement.cases.all()) == set(cases)
    assert client.get(reverse("dashboard:improvement", args=[improvement.pk])).status_code == 200


def test_word_of_the_change_goes_once_and_only_when_done(shop, ayu, as_, rina):
    improvement = Improvement.objects.create(shop=shop, title="cek warna", owner=ayu, due_on="2027-01-31")
    improvement.cases.set(make_twice(shop, rina))
    client, tell = as_(ayu), reverse("dashboard:improvement_tell", args=[improvement.pk])
    newest = improvement.cases.order_by("-opened_at").first()
    data = {"change": "setiap warna kami cek dua kali", "cases": [newest.code]}
    assert client.post(tell, data).status_code == 422  # not done yet: nobody to tell
    client.post(reverse("dashboard:improvement_done", args=[improvement.pk]))
    client.post(tell, data)
    client.post(tell, data)
    message = Message.objects.get(purpose="change")
    assert "setiap warna kami cek dua kali" in message.body
    improvement.refresh_from_db()
    assert improvement.told_at is not None


def test_improvement_of_another_shop_is_not_found(shop, ayu, citra, as_):
    improvement = Improvement.objects.create(shop=shop, title="cek warna")
    assert as_(citra).get(reverse("dashboard:improvement", args=[improvement.pk])).status_code == 404


# --- incidents --------------------------------------------------------------------------------------------------------


@pytest.fixture
def incident(shop, ayu):
    return incidents.open_incident(
        shop,
        title="Toko lambat",
        failure="site_problem",
        started_at=MONDAY,
        ended_at=MONDAY + timedelta(hours=2),
        by=ayu,
    )


def test_incident_noted_twice_is_one(shop, ayu, incident):
    again = incidents.open_incident(
        shop, title="Toko lambat", failure="site_problem", started_at=MONDAY, ended_at=None, by=ayu
    )
    assert again == incident
    assert Incident.objects.count() == 1


def test_affected_are_found_by_filter_and_by_paste(shop, incident, rina):
    order = make_order(shop, rina, number="A77")
    other = make_customer(shop, "Sari", phone="081234567890")
    assert list(incidents.found_by(shop, incidents.Affected(since=MONDAY, item="tas"))) == [rina]
    found, unknown = incidents.pasted(shop, f"#{order.number}, 081234567890 rina@example.com nobody")
    assert (found, unknown) == ([rina, other], ["nobody"])
    assert (incidents.add(incident, found), incidents.add(incident, found)) == (2, 0)


def test_everybody_affected_gets_one_message(shop, ayu, as_, incident, rina):
    incidents.add(incident, [rina, make_customer(shop, "Tanpa alamat")])
    _subject, body = incidents.words(incident)
    tell = reverse("complaints:incident_tell", args=[incident.pk])
    for _ in range(2):
        assert as_(ayu).post(tell, {"subject": "Toko sudah bisa dibuka", "body": body}).status_code == 302
    message = Message.objects.get(purpose="incident")
    assert (message.customer, message.guard["ok"]) == (rina, True)
    assert "[[" not in message.body


def test_guard_holds_back_blaming_words(ayu, as_, incident, rina):
    incidents.add(incident, [rina])
    data = {"subject": "x", "body": "Salah kakak sendiri, internetnya yang lambat."}
    response = as_(ayu).post(reverse("complaints:incident_tell", args=[incident.pk]), data)
    assert response.status_code == 422
    assert not Message.objects.filter(purpose="incident").exists()


def test_incident_pages_and_complaints_of_its_time(shop, ayu, as_, incident):
    complaint = make_complaint(
        shop, "tidak bisa dibuka", failure="site_problem", received_at=MONDAY + timedelta(hours=1)
    )
    assert incidents.adopt_complaints(incident) == 1
    html = as_(ayu).get(reverse("complaints:incident", args=[incident.pk])).content.decode()
    assert complaint.case.headline in html
    assert as_(ayu).get(reverse("complaints:incidents")).status_code == 200


def test_cost_compares_those_who_came_back(shop, incident):
    now = MONDAY + 40 * DAY
    for number in range(40):
        customer = make_customer(shop, f"P{number}")
        make_order(shop, customer, paid_at=MONDAY - 10 * DAY)
        if number % 2:
            incidents.add(incident, [customer])
        if number % 2 == 0 or number < 10:
            make_order(shop, customer, paid_at=MONDAY + 9 * DAY)
    cost = incidents.cost(incident, now)
    assert ((cost.returned.k, cost.returned.n), (cost.others.k, cost.others.n)) == ((5, 20), (20, 20))
    assert cost.missing == 15
    assert incidents.cost(incident, MONDAY + DAY).missing is None


# --- trials -----------------------------------------------------------------------------------------------------------


def two_versions(shop, code="P03"):
    playbook = Playbook.objects.get(shop=shop, code=code)
    keep_version(playbook)
    Playbook.objects.filter(pk=playbook.pk).update(version=playbook.version + 1)
    playbook.refresh_from_db()
    keep_version(playbook)
    return playbook


def test_owner_starts_a_trial_in_one_click(shop, ayu, as_):
    playbook = two_versions(shop)
    data = {"pair": f"{playbook.pk}:2:1", "stop_after": 60}
    assert as_(ayu).post(reverse("dashboard:insights_trials"), data).status_code == 302
    assert as_(ayu).post(reverse("dashboard:insights_trials"), data).status_code == 422  # one at a time
    trial = Trial.objects.get()
    assert (trial.version_a, trial.version_b, trial.stop_after) == (2, 1, 60)
    assert as_(ayu).get(reverse("dashboard:insights_trials")).status_code == 200


def test_staff_may_not_start_a_trial(shop, budi, as_):
    assert as_(budi).get(reverse("dashboard:insights_trials")).status_code == 403


def test_holdout_only_for_silent_customers(shop, ayu):
    with pytest.raises(trials.Refused):
        trials.start_trial(two_versions(shop), version_a=2, version_b=trials.HOLDOUT, stop_after=60, by=ayu)
    trial = trials.start_trial(two_versions(shop, "P09"), version_a=2, version_b=trials.HOLDOUT, stop_after=60, by=ayu)
    case = next(n for n in range(100) if trials.arm_of(trial, n) == "B")
    books, arm = trials.books_for(shop.pk, ["P09", "P03"], case)
    assert (arm, books["P09"][1]) == (f"B:{trial.pk}", [])
    assert books["P03"][1]


def test_arms_are_even_and_stable(shop, ayu):
    trial = trials.start_trial(two_versions(shop), version_a=2, version_b=1, stop_after=60, by=ayu)
    arms = [trials.arm_of(trial, case) for case in range(2000)]
    assert 900 < arms.count("A") < 1100
    assert arms == [trials.arm_of(trial, case) for case in range(2000)]


def test_books_outside_of_trials_cost_one_query(shop, django_assert_num_queries):
    with django_assert_num_queries(1):
        books, arm = trials.books_for(shop.pk, ["P03"], 1)
    assert (arm, books["P03"][0].version) == ("", 1)


# --- the week ---------------------------------------------------------------------------------------------------------


def test_weekly_mail_goes_once_to_owners_on_monday(shop, ayu, budi):
    make_complaint(shop, "tasnya sobek")
    assert weekly.run(MONDAY)["weekly"] == 1
    assert weekly.run(MONDAY + timedelta(hours=1))["weekly"] == 0
    assert weekly.run(MONDAY + DAY)["weekly"] == 0
    message = Message.objects.get(key__startswith="weekly:")
    assert (message.member, message.direction, message.state) == (ayu, "internal", "ready")
    assert "nothing that is more than chance" in message.body
    assert mail.outbox == []


def test_week_page_names_three_things_at_most(shop, ayu, as_):
    for number in range(5):
        make_complaint(shop, f"tasnya sobek {number}", received_at=timezone.now() - 9 * DAY)
    found = as_(ayu).get(reverse("dashboard:insights_week")).context["week"]
    assert 1 <= len(found.tasks) <= 3
    assert "5 customers who wait" in found.tasks[0].text
