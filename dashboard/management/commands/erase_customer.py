"""Erase a customer on request: shows what goes and what stays; with --yes does it and prints the receipt."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.actions import Refused
from dashboard import erasing
from shops.models import Customer
from shops.terminal import shop_by_slug


class Command(BaseCommand):
    help = "Erase a customer: preview, and with --yes the erasure and its receipt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the customer's code, as their page shows it")
        parser.add_argument("--shop", required=True, metavar="SLUG")
        parser.add_argument("--yes", action="store_true", help="erase; without it only the preview is shown")

    def handle(self, *args: Any, code: str, shop: str, yes: bool, **options: Any) -> None:
        customer = Customer.objects.filter(shop=shop_by_slug(shop), code=code).select_related("shop").first()
        if customer is None:
            raise CommandError(f"There is no customer {code} in this shop.")
        if not yes and customer.erased_at is None:
            for line in [*erasing.gone(customer), *erasing.stays(customer)]:
                self.stdout.write(
                    f"{'stays' if line.why else 'goes':6} {line.count:5}  {line.what} {line.why}".rstrip()
                )
            self.stdout.write("Nothing was changed. Add --yes to erase.")
            return
        try:
            receipt = erasing.erase(customer, by=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(erasing.receipt_text(receipt))
