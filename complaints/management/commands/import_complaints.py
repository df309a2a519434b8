"""Import complaints from CSV, Excel or JSON Lines."""

from complaints.importing import complaint_job
from shops.models import Shop
from shops.terminal import ImportCommand
from tables.importing import Job


class Command(ImportCommand):
    help = "Import complaints; each is tagged, routed and treated. A second run adds nothing twice."

    def job(self, shop: Shop) -> Job:
        return complaint_job(shop)
