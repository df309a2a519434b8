"""Complaints from files: each goes the whole road; a second run adds nothing."""

import io
import os
from pathlib import Path

import pytest

from cases.models import Case
from complaints.importing import complaint_job
from complaints.models import Complaint
from playbooks.models import Treatment
from shops.models import Customer
from tables.columns import match_columns
from tables.importing import run
from tables.reading import open_table
from tests.factories import make_customer, make_order

DATA = Path(os.environ.get("SHOPCARE_DATA", Path(__file__).parents[3] / "shared" / "data"))


def import_(shop, source, **options):
    source = io.BytesIO(source.encode()) if isinstance(source, str) else source
    with open_table(source) as table:
        job = complaint_job(shop)
        wishes = options.pop("columns", None)
        return run(table, match_columns(table.headers, job.fields, wishes), job, **options)


def test_row_goes_the_whole_road(shop):
    report = import_(shop, '{"text": "kak aku salah pilih warna, bisa tukar ga?", "channel": "WA", "mood": 3}\n')
    complaint = Complaint.objects.select_related("case").get(shop=shop)
    assert (report.added, complaint.blame, complaint.source, complaint.case.channel) == (
        1,
        "self",
        "import",
        "whatsapp",
    )
    assert Treatment.objects.get(case=complaint.case).codes == ["P01"]
    assert "mood" in report.notes[0].words()


def test_second_run_adds_nothing_and_new_rows_are_added(shop):
    import_(shop, "text,customer\npesan biru datang hitam,Rina\n")
    report = import_(shop, "text,customer\npesan biru datang hitam,Rina\npesan biru datang hitam,Sari\n")
    assert (report.known, report.added, Complaint.objects.count()) == (1, 1, 2)


def test_dry_run_stores_nothing(shop):
    assert import_(shop, "text\nbarang rusak\n", dry_run=True).added == 1
    assert not Case.objects.exists()


def test_customer_is_found_by_order_then_address(shop):
    rina = make_customer(shop, "Rina", email="rina@example.com")
    make_order(shop, rina, number="A1")
    import_(shop, "text,order,email\nrusak,A1,\ntelat,,rina@example.com\nbeda,,baru@example.com\n")
    assert Case.objects.filter(customer=rina).count() == 2
    assert Customer.objects.count() == 2


def test_blame_of_the_file_is_kept_as_imported(shop):
    import_(shop, "text,blame\nada yang kurang,toko\n")
    assert Complaint.objects.values_list("blame", "tagged_by").get() == ("shop", "import")


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("order", "NOPE"),
        ("received_at", "2026-99-99"),
        ("received_at", "2099-01-01"),
        ("blame", "everybody"),
        ("severity", "S9"),
        ("address", "x y z"),
        ("link", "javascript:alert(1)"),
        ("spreading", "perhaps"),
    ],
)
def test_bad_row_is_rejected_alone(shop, head, cell):
    report = import_(shop, f"text,{head}\nrusak,{cell}\ntelat,\n")
    assert (report.added, report.rejected, report.problems[0].line, report.problems[0].column) == (1, 1, 2, head)


def test_order_of_another_shop_is_not_known(shop, citra):
    make_order(citra.shop, number="A1")
    assert import_(shop, "text,order\nrusak,A1\n").rejected == 1


def test_row_without_text_is_rejected(shop):
    assert import_(shop, "text,customer\n,Rina\n").problems[0].column == "text"


@pytest.mark.parametrize("name", ["blame_dev.jsonl", "chat_dev.jsonl"])
def test_real_messages_are_all_under_treatment(shop, name):
    if not (DATA / name).exists():
        pytest.skip(f"{name} is not here (SHOPCARE_DATA)")
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()[:20]
    report = import_(shop, "\n".join(lines), columns={"blame": "", "failure": ""})
    assert (report.added, report.rejected) == (20, 0)
    assert Treatment.objects.filter(shop=shop, state="live").count() == 20
