"""Import orders with their customers and parcels from CSV, Excel or JSON Lines."""

from shops.importing import order_job
from shops.models import Shop
from shops.terminal import ImportCommand
from tables.importing import Job


class Command(ImportCommand):
    help = "Import orders with their customers and parcels. A second run adds nothing twice."

    def job(self, shop: Shop) -> Job:
        return order_job(shop)
