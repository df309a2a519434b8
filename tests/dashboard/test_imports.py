"""Files in the browser: upload, preview, columns, run, report."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from complaints.models import Complaint
from dashboard import imports
from shops.models import FileImport, Order
from tests.factories import make_order


def upload(client, kind, content, name="file.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(reverse("shops:import", args=[kind]), {"file": SimpleUploadedFile(name, content)})


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_whole_way_of_a_file(shop, budi, as_):
    client = as_(budi)
    page = upload(client, "orders", "Kode,Barang\nA1,Tas\nA2,\n").headers["Location"]
    preview = client.get(page)
    assert preview.context["preview"] == [["A1", "Tas"], ["A2", ""]]
    assert client.post(page, {}).status_code == 422
    response = client.post(page, {"column_number": "Kode", "column_item": "Barang"}, follow=True)
    assert b"2 added" in response.content
    assert list(Order.objects.values_list("number", "item").order_by("number")) == [("A1", "Tas"), ("A2", "")]


def test_columns_are_remembered_for_the_next_file(shop, budi, as_):
    client = as_(budi)
    page = upload(client, "orders", "Kode\nA1\n").headers["Location"]
    client.post(page, {"column_number": "Kode"})
    again = client.get(upload(client, "orders", "Kode\nA2\n").headers["Location"])
    chosen = {field.name: head for field, _label, head in again.context["choices"]}
    assert chosen["number"] == "Kode"


def test_rejected_rows_are_shown_and_downloaded(shop, budi, as_):
    client = as_(budi)
    page = upload(client, "complaints", "text,order\nrusak,NOPE\ntelat,\n").headers["Location"]
    response = client.post(page, {"column_text": "text", "column_order": "order"}, follow=True)
    assert b"There is no order NOPE" in response.content
    run = FileImport.objects.get()
    table = b"".join(client.get(reverse("shops:import_rejected", args=["complaints", run.pk])).streaming_content)
    assert b"NOPE" in table
    assert Complaint.objects.count() == 1


def test_file_goes_when_the_import_is_done(shop, budi, as_, tmp_path):
    client = as_(budi)
    page = upload(client, "orders", "order\nA1\n").headers["Location"]
    client.post(page, {"column_number": "order"})
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"PK\x03\x04 broken", b"\n\n", bytes(range(256)) * 9])
def test_file_that_is_no_table_is_refused(shop, budi, as_, content):
    assert upload(as_(budi), "orders", content).status_code == 422
    assert not FileImport.objects.exists()


def test_no_file_is_refused(shop, budi, as_):
    assert as_(budi).post(reverse("shops:import", args=["orders"])).status_code == 422


def test_finished_run_is_not_started_again(shop, budi, as_):
    client = as_(budi)
    page = upload(client, "orders", "order\nA1\n").headers["Location"]
    client.post(page, {"column_number": "order"})
    run = FileImport.objects.get()
    client.post(reverse("shops:import_again", args=["orders", run.pk]))
    imports.long_import(run.pk)
    assert Order.objects.count() == 1
    assert client.get(page).headers["Location"] == reverse("shops:import_report", args=["orders", run.pk])


def test_run_that_was_interrupted_goes_on(shop, budi, as_):
    make_order(shop, number="A1")
    client = as_(budi)
    upload(client, "orders", "order\nA1\nA2\n")
    run = FileImport.objects.get()
    FileImport.objects.filter(pk=run.pk).update(begun_at=timezone.now(), columns={"number": "order"})
    response = client.post(reverse("shops:import_again", args=["orders", run.pk]), follow=True)
    assert b"1 added" in response.content
    assert Order.objects.count() == 2


def test_dead_broker_changes_nothing(shop, budi, as_, monkeypatch):
    def dead(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(imports.long_import, "delay", dead)
    client = as_(budi)
    page = upload(client, "orders", "order\nA1\n").headers["Location"]
    response = client.post(page, {"column_number": "order"}, follow=True)
    assert b"cannot be reached" in response.content
    assert FileImport.objects.get().begun_at is None


def test_run_of_another_shop_or_kind_is_not_found(shop, budi, citra, as_):
    upload(as_(citra), "orders", "order\nA1\n")
    theirs = FileImport.objects.get()
    client = as_(budi)
    for name in ("import_columns", "import_report", "import_rejected"):
        assert client.get(reverse(f"shops:{name}", args=["orders", theirs.pk])).status_code == 404
    assert as_(citra).get(reverse("shops:import_columns", args=["complaints", theirs.pk])).status_code == 404
