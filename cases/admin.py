"""Cases and their timeline in the admin: to look things up. Changes are made in the shop's own pages."""

from __future__ import annotations

from django.contrib import admin

from cases.links import case_url
from cases.models import Case, CaseEvent
from shops.admin_base import ReadOnlyShopAdmin


@admin.register(Case)
class CaseAdmin(ReadOnlyShopAdmin):
    """Find a case by its code or words."""

    list_display = ("code", "kind", "headline", "state", "severity", "customer", "opened_at")
    list_filter = ("kind", "state", "severity")
    search_fields = ("code", "headline")
    list_select_related = ("customer",)
    ordering = ("-opened_at", "-pk")
    exclude = ("token", "intake_key")

    def get_view_on_site_url(self, obj: Case | None = None) -> str | None:
        return case_url(obj) if obj else None


@admin.register(CaseEvent)
class CaseEventAdmin(ReadOnlyShopAdmin):
    """The timeline of all cases: append-only."""

    list_display = ("at", "case", "code", "actor", "by")
    list_filter = ("code", "actor")
    search_fields = ("=case__code",)
    list_select_related = ("case", "by")
    ordering = ("-pk",)
