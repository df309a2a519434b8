"""The admin knows shops: an owner with admin rights sees and edits only their own, a superuser all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.functional import cached_property

from shops.enums import Role
from shops.models import Member, Shop

MANY = 10_000  # rows counted at most: a longer log is paged, not counted


def owned_shops(request: HttpRequest) -> set[int] | None:
    """The shops this person may administer; None means all (superusers). One query per request."""
    user = request.user
    if user.is_superuser:
        return None
    kept: set[int] | None = getattr(request, "_owned_shops", None)
    if kept is None:
        members = Member.objects.filter(user__username=user.get_username(), role=Role.OWNER)
        kept = set(members.values_list("shop_id", flat=True)) if user.is_staff else set()
        request._owned_shops = kept  # type: ignore[attr-defined]
    return kept


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # generic for the type checker only
    """Pages without counting a whole log."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return len(rows.order_by().values_list("pk", flat=True)[:MANY])


class ShopAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for the type checker only
    """Rows of one's own shops only; `shop_path` leads from the model to its shop."""

    shop_path = "shop"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        shops = owned_shops(request)
        rows = super().get_queryset(request)
        return rows if shops is None else rows.filter(**{f"{self.shop_path}__in": shops})

    def is_allowed(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Superusers, and owners within their own shops."""
        shops = owned_shops(request)
        if shops is None or obj is None:
            return shops is None or bool(shops)
        found: Any = obj
        for name in self.shop_path.split("__"):
            found = getattr(found, name)
        return (found.pk if isinstance(found, Model) else found) in shops

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.is_allowed(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.is_allowed(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.is_allowed(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.is_allowed(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.is_allowed(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:  # type: ignore[type-arg]
        """Only rows of one's own shops can be chosen."""
        shops = owned_shops(request)
        model = db_field.related_model
        if shops is not None:
            lookup = {"pk__in": shops} if model is Shop else {"shop__in": shops} if has_shop(model) else None
            if lookup:
                kwargs["queryset"] = model._default_manager.filter(**lookup)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new row belongs to the owner's shop."""
        shops = owned_shops(request)
        first = {"shop": min(shops)} if shops else {}
        return {**first, **super().get_changeform_initial_data(request)}


class ReadOnlyShopAdmin(ShopAdmin):
    """Append-only logs: to read, never to change."""

    paginator = CappedPaginator
    list_per_page = 50
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def has_shop(model: type[Model]) -> bool:
    """True for models with a column `shop`."""
    return any(field.name == "shop" for field in model._meta.concrete_fields)
