"""Speed and memory of reading tables: `python bench/importing.py [ROWS]`.

Writes ROWS (default 100,000) plainly fake rows as CSV, JSON Lines and Excel, reads each, runs the import loop over it
with a store that keeps nothing, and prints rows per second and the peak of Python's memory, for all rows and for a
tenth of them: flat means that the two are equal.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tables.cells import as_rupiah, moment_in
from tables.columns import Field, match_columns, words_of
from tables.importing import Job, content_key, run
from tables.reading import open_table
from tables.writing import csv_lines, write_xlsx

HEADS = ["No. Pesanan", "Nama Pembeli", "Total Pembayaran", "Waktu Pesanan Dibuat", "Catatan"]


def fields() -> list[Field]:
    """Five columns of the usual kinds."""
    from datetime import UTC

    return [
        Field("number", "number", words_of("no pesanan"), required=True),
        Field("customer", "customer", words_of("nama pembeli")),
        Field("total", "total", words_of("total pembayaran"), as_rupiah),
        Field("placed_at", "ordered", words_of("waktu pesanan dibuat"), moment_in(UTC)),
        Field("note", "note", words_of("catatan")),
    ]


def rows(count: int) -> Iterator[list[str]]:
    """Fake rows, each different, with commas, quotes and line breaks."""
    for n in range(count):
        day = f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/2026 10:30"
        yield [f"CONTOH-{n}", f"Contoh {n}", f"Rp {n % 900 + 100}.000", day, f'kata "contoh", baris\nkedua {n}']


def write(folder: Path, count: int) -> list[Path]:
    """The same rows in three formats."""
    plain, lines, book = folder / f"{count}.csv", folder / f"{count}.jsonl", folder / f"{count}.xlsx"
    with plain.open("wb") as file:
        file.writelines(csv_lines(HEADS, rows(count)))
    with lines.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(dict(zip(HEADS, row, strict=True))) + "\n" for row in rows(count))
    with book.open("wb") as file:
        write_xlsx(file, HEADS, rows(count))
    return [plain, lines, book]


def import_all(path: Path) -> int:
    """Run the loop over a file; returns the rows taken."""
    job = Job(fields(), lambda values: content_key(values["number"]), lambda batch: (), lambda batch: None)
    with open_table(path) as table:
        report = run(table, match_columns(table.headers, job.fields), job)
    assert report.rejected == 0, report.problems[0].words()
    return report.added


def peak_of(path: Path) -> float:
    """The peak of Python's memory while importing, in MB."""
    tracemalloc.start()
    import_all(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = write(folder, count // 10)
        print(f"{'file':16}{'MB':>8}{'rows/s':>10}{'peak MB':>10}{'a tenth':>10}")
        for path, tenth in zip(write(folder, count), small, strict=True):
            start = time.perf_counter()
            taken = import_all(path)
            speed = taken / (time.perf_counter() - start)
            size = path.stat().st_size / 2**20
            print(f"{path.name:16}{size:8.1f}{speed:10,.0f}{peak_of(path):10.1f}{peak_of(tenth):10.1f}", flush=True)


if __name__ == "__main__":
    main()
