"""Messages in the admin: everything said in or out, to read; and the shop's own words for the tone guard."""

from __future__ import annotations

from django.contrib import admin

from messaging.forms import GuardWordAdminForm, TemplateForm
from messaging.models import GuardFeedback, GuardWord, Message, MessageTemplate
from shops.admin_base import ReadOnlyShopAdmin, ShopAdmin


@admin.register(Message)
class MessageAdmin(ReadOnlyShopAdmin):
    """Append-only: what was said, how it left, and the guard's result with it."""

    list_display = ("created_at", "case", "direction", "purpose", "state", "carrier", "sent_at")
    list_filter = ("direction", "state", "purpose")
    search_fields = ("=case__code",)
    list_select_related = ("case",)
    ordering = ("-pk",)


@admin.register(MessageTemplate)
class MessageTemplateAdmin(ShopAdmin):
    form = TemplateForm
    list_display = ("key", "language", "purpose", "shop")
    list_select_related = ("shop",)


@admin.register(GuardWord)
class GuardWordAdmin(ShopAdmin):
    """A shop may extend the rules, never shrink them."""

    form = GuardWordAdminForm
    list_display = ("rule", "phrase", "shop")
    list_select_related = ("shop",)


@admin.register(GuardFeedback)
class GuardFeedbackAdmin(ReadOnlyShopAdmin):
    """Where somebody says the guard was wrong."""

    list_display = ("at", "verdict", "rule", "by")
    list_filter = ("verdict", "rule")
    list_select_related = ("by",)
    ordering = ("-pk",)
