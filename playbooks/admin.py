"""Playbooks, routes and promises in the admin: edited here, checked here, and nothing that runs is changed by it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from playbooks import admin_pages as pages
from playbooks import loading, versions
from playbooks.admin_forms import PlaybookForm, PromiseForm, RouteForm, StepForm, StepFormSet
from playbooks.enums import TreatmentState
from playbooks.models import Playbook, Promise, Remedy, Route, Step, Treatment
from playbooks.route_words import conditions_in_words, warnings_of
from shops.access import key_of
from shops.admin_base import ReadOnlyShopAdmin, ShopAdmin, owned_shops
from shops.models import Shop


class StepInline(admin.StackedInline):  # type: ignore[type-arg]  # generic for the type checker only
    """The steps, sorted by number or by hand."""

    model = Step
    form = StepForm
    formset = StepFormSet
    extra = 0
    template = "admin/playbooks/steps.html"
    ordering = ("position", "pk")
    fieldsets = [
        (None, {"fields": [("position", "key"), ("kind", "actor"), ("title_id", "title_en")]}),
        (
            _("When"),
            {
                "fields": [
                    ("offset", "unit", "anchor"),
                    ("gate", "leads"),
                    ("repeat_h", "until", "expires_h"),
                    ("is_optional", "is_automatic", "action"),
                ]
            },
        ),
        (
            _("Words"),
            {"fields": ["purpose", ("subject_id", "subject_en"), ("body_id", "body_en"), ("help_id", "help_en")]},
        ),
    ]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the playbook's own page decides who comes here

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


def open_cases() -> Subquery:
    """How many cases are under way with this playbook, as root, entry or overlay."""
    live = Treatment.objects.filter(state=TreatmentState.LIVE, shop=OuterRef("shop"))
    live = live.annotate(overlays=Cast("overlay_codes", TextField()))
    quoted = Concat(Value('"'), OuterRef("code"), Value('"'))
    used = live.filter(Q(playbook=OuterRef("pk")) | Q(entry_code=OuterRef("code")) | Q(overlays__contains=quoted))
    return Subquery(used.order_by().values("state").annotate(n=Count("pk")).values("n"), output_field=IntegerField())


@admin.register(Playbook)
class PlaybookAdmin(ShopAdmin):
    """The treatment as data, with its words, history and dry run."""

    form = PlaybookForm
    inlines = [StepInline]
    list_display = ("code", "name_shown", "slot", "is_active", "version", "used", "origin")
    list_display_links = ("code", "name_shown")
    list_filter = ("slot", "is_active", ("shop", admin.RelatedOnlyFieldListFilter))
    search_fields = ("code", "name_id", "name_en")
    list_select_related = ("shop",)
    ordering = ("shop", "code")
    actions = None
    save_on_top = True
    change_form_template = "admin/playbooks/playbook.html"
    change_list_template = "admin/playbooks/playbooks.html"
    fieldsets = [
        (None, {"fields": ["shop", ("code", "slot", "is_active"), ("name_id", "name_en")]}),
        (
            _("When and why"),
            {"fields": [("when_id", "when_en"), ("objective_id", "objective_en")], "classes": ["collapse"]},
        ),
        (
            _("Never, and how much"),
            {
                "fields": [("forbidden_id", "forbidden_en"), ("ladder_from", "ladder_to"), ("ladder_id", "ladder_en")],
                "classes": ["collapse"],
            },
        ),
        (_("When it ends"), {"fields": [("exit_id", "exit_en"), "silence_days"]}),
        (_("This change"), {"fields": ["note"]}),
    ]

    class Media:
        css = {"all": ["css/tokens.css", "css/admin.css"]}
        js = ["js/admin-sort.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        found: QuerySet[Any] = rows.annotate(cases=Coalesce(open_cases(), 0)).prefetch_related("steps")
        return found

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        shops = owned_shops(request)
        return list(self.list_filter if shops is None or len(shops) > 1 else self.list_filter[:2])

    def get_readonly_fields(self, request: HttpRequest, obj: Playbook | None = None) -> list[str]:
        return ["shop", "code"] if obj else []

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view

        def page(route: str, name: str, action: Any) -> URLPattern:
            def wrapped(request: HttpRequest, **kwargs: Any) -> Any:
                return action(self, request, **kwargs)

            return path(route, view(wrapped), name=f"playbooks_playbook_{name}")

        own = [
            page("import/", "import", pages.import_file),
            page("<int:pk>/preview/", "preview", pages.preview_page),
            page("<int:pk>/versions/", "versions", pages.versions_page),
            page("<int:pk>/versions/<int:number>/restore/", "restore", pages.restore),
            page("<int:pk>/default/", "default", pages.default_page),
            page("<int:pk>/duplicate/", "duplicate", pages.duplicate),
            page("<int:pk>/export/", "export", pages.export),
            page("<int:pk>/dry-run/", "dry_run", pages.playbook_dry_run),
        ]
        return own + super().get_urls()

    @admin.display(description=_("name"), ordering="name_id")
    def name_shown(self, obj: Playbook) -> str:
        return obj.name

    @admin.display(description=_("used by"))
    def used(self, obj: Any) -> str:
        return used_text(obj.cases)

    @admin.display(description=_("words"))
    def origin(self, obj: Playbook) -> str:
        if loading.default_snapshot(obj.code) is None:
            return str(_("your own"))
        if not loading.was_edited(obj):
            return str(_("ours"))
        if loading.has_new_default(obj):
            return format_html("<strong>{}</strong>", _("edited; new default available"))
        return str(_("edited"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        obj = self.get_queryset(request).filter(pk=key_of(object_id)).first()
        extra = {"used": used_text(obj.cases), "has_new_default": loading.has_new_default(obj)} if obj else {}
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """After the steps are stored, the whole becomes the next version."""
        super().save_related(request, form, formsets, change)
        version = versions.publish(form.instance, by=request.user, note=form.cleaned_data.get("note", ""))  # type: ignore[arg-type]
        if version:
            said = _("Saved as version %(n)d. Cases under way keep theirs.") % {"n": version.number}
            messages.info(request, said)


def used_text(count: int) -> str:
    """ "3 open cases" or a dash."""
    return ngettext("%(n)d open case", "%(n)d open cases", count) % {"n": count} if count else "–"


@admin.register(Route)
class RouteAdmin(ShopAdmin):
    """The ordered rules that choose the playbooks."""

    form = RouteForm
    list_display = ("slot", "position", "playbook", "when", "is_active")
    list_display_links = ("playbook",)
    list_editable = ("position", "is_active")
    list_filter = ("slot", ("shop", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("playbook",)
    list_per_page = 200
    ordering = ("shop", "-slot", "position", "pk")
    actions = None
    change_list_template = "admin/playbooks/routes.html"
    change_form_template = "admin/playbooks/route.html"
    fieldsets = [
        (None, {"fields": ["shop", ("slot", "position", "is_active"), "playbook"]}),
        (_("Only when"), {"fields": ["kinds", "blames", "voices", "failures", "severities", "standings"]}),
        (
            _("More conditions"),
            {
                "fields": ["channels", ("repeat", "spreading"), ("order_from", "order_to"), "except_roots"],
                "classes": ["collapse"],
            },
        ),
    ]

    class Media:
        css = {"all": ["css/tokens.css", "css/admin.css"]}
        js = ["js/admin-sort.js"]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        shops = owned_shops(request)
        return list(self.list_filter if shops is None or len(shops) > 1 else self.list_filter[:1])

    def get_readonly_fields(self, request: HttpRequest, obj: Route | None = None) -> list[str]:
        return ["shop"] if obj else []

    def get_urls(self) -> list[URLPattern]:
        def dry_run(request: HttpRequest, pk: int | None = None) -> Any:
            return pages.route_dry_run(self, request, pk)

        view = self.admin_site.admin_view
        own = [
            path("dry-run/", view(dry_run), name="playbooks_route_dry_run_new"),
            path("<int:pk>/dry-run/", view(dry_run), name="playbooks_route_dry_run"),
        ]
        return own + super().get_urls()

    @admin.display(description=_("when"))
    def when(self, obj: Route) -> str:
        return conditions_in_words(obj)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        shops = owned_shops(request)
        rows = Shop.objects.all() if shops is None else Shop.objects.filter(pk__in=shops)
        chosen = request.GET.get("shop__id__exact", "")
        rows = rows.filter(pk=key_of(chosen)) if chosen else rows
        warned = [(shop, warnings_of(shop)) for shop in rows.order_by("pk")[:3]] if request.method == "GET" else []
        return super().changelist_view(request, {"warned": warned, **(extra_context or {})})


@admin.register(Promise)
class PromiseAdmin(ShopAdmin):
    """What the shop promises in public: "1 broken, we replace N", with caps."""

    form = PromiseForm
    list_display = ("text_id", "multiple", "cap_per_claim", "cap_per_month", "valid_from", "valid_until")
    list_select_related = ("shop",)


@admin.register(Remedy)
class RemedyAdmin(ReadOnlyShopAdmin):
    """What was given, to read; given and approved on the case page."""

    list_display = ("proposed_at", "case", "level", "what", "cost", "state", "decided_by")
    list_filter = ("state", "level")
    list_select_related = ("case", "decided_by")
    ordering = ("-pk",)


@admin.register(Treatment)
class TreatmentAdmin(ReadOnlyShopAdmin):
    """Which playbook treats which case, with the facts it was chosen by; frozen."""

    list_display = ("started_at", "case", "playbook", "version", "state", "ended_at")
    list_filter = ("state",)
    list_select_related = ("case", "playbook")
    search_fields = ("=case__code",)
    ordering = ("-pk",)
