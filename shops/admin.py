"""The shop's books in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shops.admin_base import ReadOnlyShopAdmin, ShopAdmin
from shops.models import AuditEvent, ClosedDay, Customer, Improvement, Member, Order, Shop, User

admin.site.site_title = "ShopCare"
admin.site.site_header = "ShopCare"
admin.site.index_title = _("Playbooks and books")


class ClosedDayInline(admin.TabularInline):  # type: ignore[type-arg]  # generic for the type checker only
    """Days on which the shop is closed although it is no holiday, or open although it is one."""

    model = ClosedDay
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(Shop)
class ShopsAdmin(ShopAdmin):
    """Clocks, limits and public words of a shop."""

    shop_path = "pk"
    list_display = ("name", "slug", "zone", "language", "staff_limit")
    search_fields = ("name", "slug")
    inlines = [ClosedDayInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_superuser)


@admin.register(User)
class PeopleAdmin(UserAdmin):  # type: ignore[type-arg]  # generic for the type checker only
    """People who sign in: superusers only, for here rights are given."""

    fieldsets = (*(UserAdmin.fieldsets or ()), (_("ShopCare"), {"fields": ("language", "digest_hour")}))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


@admin.register(Member)
class MemberAdmin(ReadOnlyShopAdmin):
    """Who works in the shop; people join by invitation, in the shop's own pages."""

    list_display = ("user", "role", "shop", "joined_at")
    list_filter = ("role",)
    list_select_related = ("user", "shop")


@admin.register(Customer)
class CustomerAdmin(ReadOnlyShopAdmin):
    """People the shop serves; edited in the shop's own pages, where every change is written down."""

    list_display = ("name", "code", "shop", "created_at")
    search_fields = ("name", "code")
    list_select_related = ("shop",)
    ordering = ("-pk",)


@admin.register(Order)
class OrderAdmin(ReadOnlyShopAdmin):
    list_display = ("number", "customer", "item", "total", "placed_at", "shop")
    search_fields = ("number",)
    list_select_related = ("customer", "shop")
    ordering = ("-placed_at", "-pk")


@admin.register(Improvement)
class ImprovementAdmin(ShopAdmin):
    """What the shop changes, and by when."""

    list_display = ("title", "cause", "owner", "due_on", "done_at", "shop")
    list_filter = (("done_at", admin.EmptyFieldListFilter),)
    list_select_related = ("owner__user", "shop")
    ordering = ("due_on", "-pk")


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyShopAdmin):
    """Who did what to the books: append-only."""

    list_display = ("at", "code", "actor", "shop")
    list_filter = ("code",)
    list_select_related = ("actor", "shop")
    ordering = ("-at", "-pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("shop", "actor", "at", "code", "data")
