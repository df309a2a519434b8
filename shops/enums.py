"""Choices of the shop's books."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    STAFF = "staff", _("Staff")
    VIEWER = "viewer", _("Viewer")


class Channel(models.TextChoices):
    """Where a customer and the shop talk."""

    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("Email")
    SHOPEE = "shopee", _("Shopee chat")
    TOKOPEDIA = "tokopedia", _("Tokopedia chat")
    TIKTOK = "tiktok", _("TikTok Shop chat")
    LAZADA = "lazada", _("Lazada chat")
    INSTAGRAM = "instagram", _("Instagram")
    FACEBOOK = "facebook", _("Facebook")
    TWITTER = "twitter", _("X (Twitter)")
    PHONE = "phone", _("Phone")
    WEB = "web", _("Complaint page")
    OTHER = "other", _("Other")


class AddressTerm(models.TextChoices):
    """How the shop addresses the customer; the word itself is what stands in a message."""

    KAK = "kak", "Kak"
    BAPAK = "bapak", "Bapak"
    IBU = "ibu", "Ibu"
    MAS = "mas", "Mas"
    MBAK = "mbak", "Mbak"
    NONE = "", _("none")


class Standing(models.TextChoices):
    """What the customer is to the shop (domain.md 0.4); loyal = 3 or more paid orders in 365 days."""

    PROSPECT = "prospect", _("Prospect")
    FIRST_ORDER = "first_order", _("First order")
    RETURNING = "returning", _("Returning")
    LOYAL = "loyal", _("Loyal")
    RESELLER = "reseller", _("Reseller")
    EX_RESELLER = "ex_reseller", _("Former reseller")


RESELLERS = {Standing.RESELLER, Standing.EX_RESELLER}
HALF_REPLY_LIMIT = {Standing.LOYAL, Standing.FIRST_ORDER}
