"""Imports from the command line: progress on a terminal, the report in words. Shared by every import command."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shops.models import Shop
from tables.columns import Columns, match_columns
from tables.importing import Job, Report, run
from tables.problems import Problem, Unreadable
from tables.reading import open_table
from tables.rows import Table
from tables.writing import csv_lines

SHOWN = 50
BAR = 30


def shop_by_slug(slug: str) -> Shop:
    """The shop, or CommandError naming those there are."""
    shop = Shop.objects.filter(slug=slug).first()
    if shop is None:
        slugs = ", ".join(Shop.objects.values_list("slug", flat=True).order_by("slug")[:20]) or "-"
        raise CommandError(_("There is no shop “%(slug)s”. Shops: %(slugs)s") % {"slug": slug, "slugs": slugs})
    return shop


class ImportCommand(BaseCommand):
    """A command that imports one file into one shop. Subclasses say which job."""

    def job(self, shop: Shop) -> Job:
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV, Excel (.xlsx) or JSON Lines")
        parser.add_argument("--shop", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="FIELD=HEAD",
            help="read FIELD from HEAD; “FIELD=” leaves it out",
        )
        parser.add_argument("--report", metavar="FILE", help="write every rejected row to this CSV file")

    def handle(self, *args: Any, file: str, shop: str, dry_run: bool, column: list[str], **options: Any) -> None:
        job = self.job(shop_by_slug(shop))
        report = Report()
        try:
            with open_table(file) as table:
                columns = chosen_columns(table, job, column)
                run(table, columns, job, dry_run=dry_run, report=report, progress=progress_bar(table, self.stderr))
        except FileNotFoundError as error:
            raise CommandError(_("There is no file %(name)s.") % {"name": file}) from error
        except Unreadable as error:
            if report.rows:
                print_report(report, self.stdout, dry_run=dry_run)
            raise CommandError(error.problem.words(_)) from error
        except KeyboardInterrupt:
            print_report(report, self.stdout, dry_run=dry_run)
            raise CommandError(_("Stopped. What is stored stays; run it again to go on.")) from None
        print_report(report, self.stdout, dry_run=dry_run)
        if options["report"]:
            write_problems(Path(options["report"]), report)
        if not report.taken:
            raise CommandError(_("No row could be read."))


def chosen_columns(table: Table, job: Job, wishes: list[str]) -> Columns:
    """The file's columns, with what was said on the command line. CommandError: a required one is missing."""
    wished = dict(wish.partition("=")[::2] for wish in wishes)
    names = {field.name for field in job.fields}
    wrong = [name for name in wished if name not in names] + [
        h for h in wished.values() if h and h not in table.headers
    ]
    if wrong:
        known = ", ".join(sorted(names))
        heads = ", ".join(table.headers)
        raise CommandError(
            _("Unknown: %(wrong)s. Fields: %(known)s. Columns: %(heads)s")
            % {"wrong": ", ".join(wrong), "known": known, "heads": heads}
        )
    columns = match_columns(table.headers, job.fields, wished)
    if columns.missing:
        raise CommandError(missing_words(columns, table))
    return columns


def missing_words(columns: Columns, table: Table) -> str:
    """Which required columns are missing, and what there is."""
    return _("No column for: %(fields)s. The file has: %(heads)s") % {
        "fields": ", ".join(_(field.label) for field in columns.missing),
        "heads": ", ".join(table.headers),
    }


def progress_bar(table: Table, out: Any) -> Callable[[Report], None]:
    """Draws a bar on a terminal; elsewhere nothing."""
    stream: TextIO = getattr(out, "_out", out)
    if not (hasattr(stream, "isatty") and stream.isatty()):
        return lambda report: None

    def draw(report: Report) -> None:
        done = table.share_read()
        bar = "#" * round(BAR * done)
        stream.write(f"\r[{bar:<{BAR}}] {done:4.0%} {report.rows}" + ("\n" if done >= 1 else ""))
        stream.flush()

    return draw


def counts(report: Report, *, dry_run: bool = False) -> str:
    """The report's figures in one sentence."""
    words = {
        "rows": report.rows,
        "added": report.added,
        "completed": report.completed,
        "known": report.known,
        "rejected": report.rejected,
    }
    if dry_run:
        taken = _("%(rows)d rows read: %(added)d would be taken, %(known)d known already, %(rejected)d rejected.")
        return f"{taken % words} {_('Nothing was changed.')}"
    stored = _("%(rows)d rows read: %(added)d added, %(completed)d completed, %(known)d known, %(rejected)d rejected.")
    return stored % words


def print_report(report: Report, out: Any, *, dry_run: bool) -> None:
    """Figures, remarks, and the rejected rows with line, column and reason."""
    out.write(counts(report, dry_run=dry_run))
    for note in report.notes:
        out.write(note.words(_))
    for problem in report.problems[:SHOWN]:
        out.write("  " + place_words(problem))
    more = len(report.problems) - SHOWN
    if more > 0:
        out.write("  " + ngettext("… and %(n)d more", "… and %(n)d more", more) % {"n": more})


def place_words(problem: Problem) -> str:
    """ "line 5, column “total”: …" """
    place = {"line": problem.line, "column": problem.column, "reason": problem.words(_)}
    if problem.column:
        return _("line %(line)d, column “%(column)s”: %(reason)s") % place
    return _("line %(line)d: %(reason)s") % place


def write_problems(path: Path, report: Report) -> None:
    """Every rejected row as CSV: line, column, reason."""
    path.write_bytes(b"".join(problem_lines(report.problems)))


def problem_lines(problems: list[Problem]) -> Iterator[bytes]:
    """The same as pieces of a CSV file."""
    return csv_lines([_("line"), _("column"), _("reason")], ((p.line, p.column, p.words(_)) for p in problems))
