"""Choices of complaints."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Finding(models.TextChoices):
    """The shop's own view of the cause: internal only, never shown to the customer, never used for tone (S0-19)."""

    UNKNOWN = "unknown", _("Not known")
    CUSTOMER = "customer", _("Customer's slip")
    SHOP = "shop", _("Shop")
    COURIER = "courier", _("Courier")
    SUPPLIER = "supplier", _("Supplier")
    PLATFORM = "platform", _("Platform")


class TaggedBy(models.TextChoices):
    NOBODY = "nobody", _("not tagged yet")
    MODEL = "model", _("suggestion, decided by itself")
    STAFF = "staff", _("staff")
    IMPORT = "import", _("import")


class Source(models.TextChoices):
    """How the shop heard of it (S1-07: reported by a third person)."""

    FORM = "form", _("Logged by staff")
    PUBLIC_PAGE = "public_page", _("Complaint page")
    IMPORT = "import", _("Import")
    SEEN = "seen", _("We saw it elsewhere")
    THIRD_PERSON = "third_person", _("A third person told us")
    SYSTEM = "system", _("Found by the system")
    SURVEY = "survey", _("Survey")
