"""Reviews from files: columns, duplicates, broken files, interruption, nothing half-imported."""

import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Case
from reviews import running
from reviews.enums import RunState
from reviews.importing import as_stars, review_job
from reviews.models import ImportMapping, ImportRun, Review
from tables.columns import match_columns
from tables.importing import run
from tables.problems import BadCell, Unreadable
from tables.reading import open_table
from tests.factories import make_order
from tests.reviews.conftest import workbook

DATA = Path(os.environ.get("SHOPCARE_DATA", Path(__file__).parents[3] / "shared" / "data"))


def read(shop, content, **options):
    """Import bytes and return the report."""
    job = review_job(shop, "shopee")
    data = content.encode() if isinstance(content, str) else content
    with open_table(io.BytesIO(data)) as table:
        return run(table, match_columns(table.headers, job.fields), job, **options)


def test_plain_csv_is_triaged(shop):
    report = read(shop, "text,rating\nbarang bagus cepat sampai,5.0\nbarang pecah,1\n")
    assert (report.added, report.rejected) == (2, 0)
    assert list(Review.objects.order_by("pk").values_list("needs_followup", flat=True)) == [False, True]


@pytest.mark.parametrize(
    "heads", ["ulasan,bintang", "Review,Rating", "Isi Ulasan;Penilaian", "komentar\tstars", "Content|Star"]
)
def test_columns_are_found_by_their_usual_names(shop, heads):
    delimiter = next(mark for mark in ",;\t|" if mark in heads)
    assert read(shop, f"{heads}\nbagus{delimiter}4\n").added == 1


def test_second_run_adds_nothing(shop):
    content = "text,rating\nbagus,5\nrusak,1\n"
    read(shop, content)
    report = read(shop, content)
    assert (report.added, report.known, Review.objects.count()) == (0, 2, 2)


def test_platform_number_tells_equal_words_apart(shop):
    report = read(shop, "review id,text,rating\n1,bagus,5\n2,bagus,5\n1,bagus,5\n")
    assert (report.added, report.known) == (2, 1)


def test_known_number_with_other_words_is_observed(shop):
    read(shop, "review id,text,rating\n1,barang rusak,2\n")
    report = read(shop, "review id,text,rating\n1,sudah diganti puas,5\n")
    review = Review.objects.get()
    assert (report.completed, review.stars, review.stars_after) == (1, 2, 5)


def test_dry_run_changes_nothing(shop):
    assert read(shop, "text,rating\nrusak,1\n", dry_run=True).added == 1
    assert Review.objects.count() == 0


def test_bad_rows_are_told_with_line_and_column(shop):
    report = read(shop, "text,rating\nbagus,5\nrusak,sembilan\nok,\n")
    assert (report.added, [(p.line, p.column) for p in report.problems]) == (1, [(3, "rating"), (4, "rating")])


def test_order_number_links_order_and_customer(shop, late_order):
    read(shop, f"text,rating,no pesanan\ntelat 3 hari,4,{late_order.number}\nok,5,unknown\n")
    assert Review.objects.filter(order=late_order, customer=late_order.customer).count() == 1


def test_order_numbers_ignore_case(shop):
    order = make_order(shop, number="INV-7")
    report = read(shop, "text,rating,order id\nbagus,5,INV-7\nbagus,5,inv-7\n")
    assert (report.added, report.known) == (1, 1)
    assert Review.objects.get().order == order


@pytest.mark.parametrize(
    ("value", "stars"), [("4,0", 4), ("5.0", 5), (3, 3), ("4/5", 4), ("5 bintang", 5), ("★★", 2), ("1 star", 1)]
)
def test_stars_are_read_as_people_write_them(value, stars):
    assert as_stars(value) == stars


@pytest.mark.parametrize("value", ["0", "6", "4.5", "lima", "", "-1", "10/10", "5/10", None])
def test_other_stars_are_refused(value):
    with pytest.raises(BadCell):
        as_stars(value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(shop, encoding):
    report = read(shop, "ulasan;bintang\nbagus é;4,0\n\n;\n".encode(encoding))
    assert (report.added, Review.objects.get().text) == (1, "bagus é")


def test_excel_with_dates_is_read(shop):
    day = timezone.now().replace(tzinfo=None, microsecond=0) - timedelta(days=3)
    read(shop, workbook([["Ulasan", "Bintang", "Tanggal"], ["telat seminggu", 4, day]]))
    assert abs(Review.objects.get().posted_at.replace(tzinfo=None) - day) < timedelta(days=1)


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (30 * 1024 * 1024))
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n", b"%PDF-1.7", b"PK\x03\x04broken", bomb(), b"\xd0\xcf\x11\xe0", b"\x00\x01\x02" * 50],
    ids=["empty", "png", "pdf", "broken zip", "zip bomb", "old excel", "binary"],
)
def test_broken_file_is_refused_whole(shop, content):
    with pytest.raises(Unreadable) as refused:
        read(shop, content)
    assert refused.value.problem.words()
    assert Review.objects.count() == 0


def test_formulas_stay_text(shop):
    read(shop, "text,rating\n=HYPERLINK(1),5\n")
    assert Review.objects.get().text == "=HYPERLINK(1)"


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40)


@given(st.lists(st.tuples(TEXTS, st.one_of(st.integers(-2, 9).map(str), TEXTS))))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_every_row_is_accounted_for(shop, rows):
    cells = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]
    content = "text,rating\n" + "".join(",".join(row) + "\n" for row in cells)
    report = read(shop, content.encode("utf-8", "replace"), dry_run=True)
    assert report.added + report.known + report.rejected == report.rows


# --- in the browser's worker ------------------------------------------------------------------------------------------


def uploaded(shop, ayu, content="text,rating\nbarang pecah,1\nbagus,5\nx,9\n"):
    return running.receive(shop, "shopee", SimpleUploadedFile("reviews.csv", content.encode()), by=ayu.user)


def test_run_goes_its_road(shop, ayu):
    job = uploaded(shop, ayu)
    running.begin(job, {"text": "text", "stars": "rating"})
    assert running.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.added, job.refused, len(job.rejected), job.file.name) == (RunState.DONE, 2, 1, 1, "")


def test_import_opens_cases_of_flagged_reviews(shop, ayu):
    job = uploaded(shop, ayu)
    running.begin(job, {"text": "text", "stars": "rating"})
    running.work(job.pk)
    assert Case.objects.filter(review__text="barang pecah").count() == 1


def test_columns_are_remembered_per_source(shop, ayu):
    job = uploaded(shop, ayu, "kata,angka\nbagus,5\n")
    running.begin(job, {"text": "kata", "stars": "angka"})
    again = uploaded(shop, ayu, "kata,angka\nrusak,1\n")
    assert running.look(again)[1].heads == {"text": "kata", "stars": "angka"}
    assert ImportMapping.objects.count() == 1


def test_only_one_worker_gets_a_run(shop, ayu):
    job = uploaded(shop, ayu)
    assert running.begin(job, {"text": "text", "stars": "rating"})
    assert not running.begin(job, {})
    ImportRun.objects.filter(pk=job.pk).update(state=RunState.RUNNING)
    assert not running.work(job.pk)


def test_run_of_a_dead_worker_is_taken_up_again(shop, ayu):
    job = uploaded(shop, ayu)
    running.begin(job, {"text": "text", "stars": "rating"})
    long_ago = timezone.now() - timedelta(hours=1)
    ImportRun.objects.filter(pk=job.pk).update(state=RunState.RUNNING, touched_at=long_ago)
    assert running.unfinished(timezone.now()) == [job.pk]
    assert running.work(job.pk)


def test_fault_on_our_side_is_told_and_keeps_what_is_stored(shop, ayu, monkeypatch):
    job = uploaded(shop, ayu)
    running.begin(job, {"text": "text", "stars": "rating"})
    monkeypatch.setattr(running.opening, "open_waiting", lambda shop: 1 / 0)
    running.work(job.pk)
    job.refresh_from_db()
    assert (job.state, Review.objects.count(), bool(job.problem)) == (RunState.FAILED, 2, True)


# --- from the terminal ------------------------------------------------------------------------------------------------


def test_command_imports_and_says_so(shop, csv_file, capsys):
    call_command("import_reviews", str(csv_file("text,rating\nbarang pecah,1\n")), shop=shop.slug)
    assert Case.objects.count() == 1


def test_command_dry_run_changes_nothing(shop, csv_file):
    call_command("import_reviews", str(csv_file("text,rating\nrusak,1\n")), shop=shop.slug, dry_run=True)
    assert (Review.objects.count(), Case.objects.count()) == (0, 0)


def test_command_names_what_is_missing(shop, csv_file):
    with pytest.raises(CommandError):
        call_command("import_reviews", str(csv_file("a,b\n1,2\n")), shop=shop.slug)


def test_real_reviews_are_all_read(shop):
    file = DATA / "reviews_real.csv"
    if not file.exists():
        pytest.skip(f"no real reviews at {DATA}: set SHOPCARE_DATA")
    head = b"".join(file.read_bytes().splitlines(keepends=True)[:300])
    report = read(shop, head)
    assert report.added + report.known == report.rows > 250
