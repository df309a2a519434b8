"""The admin of playbooks: whose rows, what is refused, history, files, dry run, and what a page costs."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile

from playbooks import loading, versions, writing
from playbooks.models import Playbook, PlaybookVersion, Route
from playbooks.route_words import warnings_of
from shops.models import Shop
from tests.factories import make_complaint, make_shop, make_user

pytestmark = pytest.mark.django_db
LIST, ROUTES = "/admin/playbooks/playbook/", "/admin/playbooks/route/"


@pytest.fixture
def owner(ayu, as_):
    """The owner's browser, with admin rights, in a process that has seen the admin before (content types are kept)."""
    ContentType.objects.get_for_models(Playbook, Route)
    ayu.user.is_staff = True
    ayu.user.save()
    return as_(ayu)


@pytest.fixture
def p03(shop):
    return Playbook.objects.get(shop=shop, code="P03")


def page(book, name="change"):
    return f"{LIST}{book.pk}/{name}/"


def form_of(client, url):
    """The fields of a change page as a browser would send them."""
    response = client.get(url)
    forms = [response.context["adminform"].form]
    for one in response.context["inline_admin_formsets"]:
        forms += [one.formset.management_form, *one.formset.forms]
    data = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    return {name: value for name, value in data.items() if value is not None and value is not False}


def field_errors(response):
    formset = response.context["inline_admin_formsets"][0].formset
    return [(place, name) for place, errors in enumerate(formset.errors) for name in errors]


# --- whose rows -------------------------------------------------------------------------------------------------------


def test_owner_sees_only_the_own_shops_playbooks(owner, shop):
    other = make_shop("sebelah")
    assert {book.shop_id for book in owner.get(LIST).context["cl"].result_list} == {shop.pk}
    assert owner.get(page(other.playbooks.first())).status_code == 302
    for name in ("preview", "versions", "export", "dry-run", "default"):
        assert owner.get(page(other.playbooks.first(), name)).status_code == 404


def test_superuser_sees_all_shops(client, shop):
    make_shop("sebelah")
    client.force_login(
        make_user("root", is_staff=True, is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(LIST).context["cl"].result_count == 32


@pytest.mark.parametrize("path", [LIST, ROUTES, "/admin/cases/caseevent/", "/admin/messaging/message/"])
def test_staff_without_ownership_may_not_enter(budi, as_, path):
    budi.user.is_staff = True
    budi.user.save()
    assert as_(budi).get(path).status_code == 403


@pytest.mark.parametrize("model", ["cases/caseevent", "messaging/message", "shops/auditevent", "playbooks/treatment"])
def test_logs_are_read_only(owner, shop, model):
    make_complaint(shop)
    assert owner.get(f"/admin/{model}/").status_code == 200
    assert owner.get(f"/admin/{model}/add/").status_code == 403


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        (0, "body_en", ""),
        (1, "gate", "nobody"),
        (1, "gate", "choice"),
        (1, "gate", "first_reply"),
        (1, "body_id", "Halo {nama}"),
        (1, "body_id", "Salah kakak sendiri, makanya baca dulu deskripsinya."),
        (1, "purpose", ""),
        (0, "action", ""),
        (2, "key", "choice"),
    ],
)
def test_bad_step_is_refused_beside_its_field(owner, p03, step, field, value):
    data = form_of(owner, page(p03)) | {f"steps-{step}-{field}": value}
    response = owner.post(page(p03), data)
    assert response.status_code == 200
    assert field in {name for _place, name in field_errors(response)}
    assert PlaybookVersion.objects.filter(playbook=p03).count() == 1


def test_steps_that_wait_for_each_other_are_refused(owner, p03):
    data = form_of(owner, page(p03)) | {"steps-1-gate": "choice"}
    assert (1, "gate") in field_errors(owner.post(page(p03), data))


@pytest.mark.parametrize(("field", "value"), [("exit_en", ""), ("silence_days", 0), ("name_id", "")])
def test_playbook_without_an_exit_is_refused(owner, p03, field, value):
    response = owner.post(page(p03), form_of(owner, page(p03)) | {field: value})
    assert field in response.context["adminform"].form.errors


# --- history ----------------------------------------------------------------------------------------------------------


def test_saving_makes_a_version_and_leaves_running_cases_alone(owner, shop, p03):
    case = make_complaint(shop).case
    data = form_of(owner, page(p03)) | {"steps-1-title_id": "Minta maaf dulu", "note": "lebih singkat"}
    assert owner.post(page(p03), data).status_code == 302
    p03.refresh_from_db()
    assert (p03.version, p03.versions.first().note) == (2, "lebih singkat")
    treatment = case.treatments.get()
    assert treatment.version == 1
    assert treatment.steps.get(key="first_reply").title["id"] != "Minta maaf dulu"


def test_saving_without_a_change_makes_no_version(owner, p03):
    owner.post(page(p03), form_of(owner, page(p03)))
    assert p03.versions.count() == 1


def test_restore_brings_the_words_back_and_history_grows(owner, p03):
    owner.post(page(p03), form_of(owner, page(p03)) | {"name_id": "Salah kirim"})
    assert b"Salah kirim" in owner.get(page(p03, "versions")).content
    owner.post(f"{LIST}{p03.pk}/versions/1/restore/")
    p03.refresh_from_db()
    assert (p03.name_id, p03.version) == ("Barang tidak sesuai pesanan", 3)


def test_upgrade_of_ours_keeps_the_shops_words_and_offers_the_new_default(owner, p03, monkeypatch):
    owner.post(page(p03), form_of(owner, page(p03)) | {"name_id": "Salah kirim"})
    ours = {**loading.default_playbooks()["P03"], "name": {"id": "Barang keliru", "en": "Wrong thing"}}
    monkeypatch.setattr(loading, "default_playbooks", lambda: {"P03": ours})
    loading.default_snapshot.cache_clear()
    p03.refresh_from_db()
    assert loading.load_one(p03.shop, "P03", ours) == "kept"
    assert loading.has_new_default(p03)
    assert b"Barang" in owner.get(page(p03, "default")).content
    owner.post(page(p03, "default"), {"answer": "take"})
    p03.refresh_from_db()
    assert (p03.name_id, p03.version, loading.has_new_default(p03)) == ("Barang keliru", 3, False)
    loading.default_snapshot.cache_clear()


def test_new_column_of_ours_does_not_make_a_playbook_look_edited(p03):
    shot = loading.snapshot(p03)
    older = {**shot, "steps": [{k: v for k, v in step.items() if k != "leads"} for step in shot["steps"]]}
    assert loading.content_hash(older) == loading.content_hash(shot)


def test_duplicate_is_a_copy_that_no_route_reaches(owner, p03):
    owner.post(page(p03, "duplicate"))
    copy = Playbook.objects.get(code="P03-2")
    assert (copy.is_active, copy.steps.count()) == (False, p03.steps.count())


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", list(loading.default_playbooks()))
def test_export_and_import_bring_the_same_playbook_back(shop, ayu, code):
    book = Playbook.objects.get(shop=shop, code=code)
    before = loading.content_hash(loading.snapshot(book))
    stored = writing.store(shop, writing.read(writing.as_yaml(book)), by=ayu.user)
    assert (stored.pk, loading.content_hash(loading.snapshot(stored))) == (book.pk, before)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1, 2]",
        "code: X\nsteps: [",
        "a: &a [1]\nb: *a\ncode: X\nsteps: []",
        "code: X\nslot: root\nsteps: []",
        "x" * 200_001,
    ],
)
def test_unusable_file_is_refused_with_the_reason(shop, ayu, text):
    with pytest.raises(writing.Unreadable) as refusal:
        writing.store(shop, writing.read(text), by=ayu.user)
    assert all(refusal.value.problems)


def test_import_page_checks_the_tone(owner, shop, p03):
    text = writing.as_yaml(p03).replace("Mohon maaf", "Kakak yang salah, jangan menyalahkan kami. Mohon maaf")
    file = SimpleUploadedFile("P03.yaml", text.encode())
    response = owner.post(f"{LIST}import/", {"shop": shop.pk, "file": file})
    assert response.status_code == 422
    assert any("first_reply.body_id: G" in line for line in response.context["problems"])


# --- routes and dry run -----------------------------------------------------------------------------------------------


def test_default_routes_shadow_nothing_and_reach_every_playbook(shop):
    assert (
        warnings_of(shop) == ["These fall to the general path P00: Privacy, Other, Not known yet."]
        or len(warnings_of(shop)) == 1
    )


def test_shadowed_route_and_idle_playbook_are_warned_of(owner, shop):
    book = Playbook.objects.get(shop=shop, code="P10")
    Route.objects.filter(shop=shop, playbook=book).update(position=999)
    content = owner.get(ROUTES).content.decode()
    assert "never decides" in content
    assert "P10" in content


def test_dry_run_of_an_unsaved_route_shows_what_would_change(owner, shop):
    make_complaint(shop)
    rule = Route.objects.get(shop=shop, playbook__code="P05")
    data = {"slot": "root", "position": 1, "playbook": rule.playbook_id, "is_active": "on", "failures": ["wrong_item"]}
    url = f"{ROUTES}{rule.pk}/dry-run/"
    text = b"".join(owner.post(url, data).streaming_content).decode()
    assert "<td>P05</td>" in text.replace("\n", "")
    rule.refresh_from_db()
    assert rule.position != 1


def test_dry_run_of_a_playbook_counts_its_cases(owner, shop, p03):
    for _n in range(3):
        make_complaint(shop)
    text = b"".join(owner.get(page(p03, "dry-run")).streaming_content).decode()
    assert text.count("data-seen") == 3
    assert "</html>" in text


def test_preview_shows_both_languages_of_a_real_case(owner, shop, p03):
    case = make_complaint(shop).case
    content = owner.get(page(p03, "preview"), {"case": case.code}).content.decode()
    assert case.code in content
    assert "Mohon maaf" in content
    assert "We are sorry" in content


# --- cost -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("books", [1, 30])
def test_pages_cost_the_same_with_one_and_with_thirty_playbooks(owner, shop, books, django_assert_max_num_queries):
    p03 = Playbook.objects.get(shop=shop, code="P03")
    Route.objects.filter(shop=shop).delete()
    Playbook.objects.filter(shop=shop).exclude(pk=p03.pk).delete()
    for _n in range(books - 1):
        versions.duplicate(p03, by=None)
    with django_assert_max_num_queries(12):
        assert owner.get(LIST).status_code == 200
    with django_assert_max_num_queries(12):
        assert owner.get(page(p03)).status_code == 200


def test_routes_page_costs_a_fixed_number_of_queries(owner, shop, django_assert_max_num_queries):
    assert Shop.objects.count() == 1
    with django_assert_max_num_queries(16):
        owner.get(ROUTES)
