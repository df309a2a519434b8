"""First run and further shops: name, channels and hours; playbooks are loaded, sample cases if wanted."""

from __future__ import annotations

import tempfile
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dashboard.samples import add_samples, has_samples, remove_samples
from playbooks.loading import load_defaults
from shops.access import ShopRequest, owner_required
from shops.actions import audit
from shops.codes import new_code
from shops.enums import Channel, Role
from shops.exporting import write_shop
from shops.middleware import SESSION_KEY
from shops.models import Member, Shop, User
from shops.setting_forms import ZONES, HoursMixin
from shops.setting_views import tabs


class SetUpForm(HoursMixin):
    """The few questions of the first minute; everything can be changed later in the settings."""

    name = forms.CharField(label=gettext_lazy("What is your shop called?"), max_length=80)
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Where do customers write to you?"),
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Channel.WHATSAPP],
    )
    email = forms.EmailField(label=gettext_lazy("Email for replies"), required=False)
    phone = forms.CharField(label=gettext_lazy("WhatsApp or phone"), max_length=30, required=False)
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=ZONES)
    samples = forms.BooleanField(
        label=gettext_lazy("Add sample cases to try things out (can be erased with one tap)"), required=False
    )

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_hours(shop.hours)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["hours"] = self.clean_hours(data)
        return data


@require_http_methods(["GET", "POST"])
@login_required
def setup(request: ShopRequest) -> HttpResponse:
    """The first shop of a person, or the first minute of a shop that an administrator made."""
    if request.member and request.shop.set_up_at:
        return redirect("dashboard:today")
    if request.member and not request.member.is_owner:
        raise PermissionDenied
    return ask(request, request.shop or Shop())


@require_http_methods(["GET", "POST"])
@owner_required
def another(request: ShopRequest) -> HttpResponse:
    """One more shop of an owner."""
    return ask(request, Shop())


def ask(request: ShopRequest, shop: Shop) -> HttpResponse:
    """The questions; a POST sets the shop up."""
    initial = {"name": shop.name, "email": shop.email or request.user.email, "phone": shop.phone, "zone": shop.zone}
    form = SetUpForm(request.POST or None, shop=shop, initial=initial)
    if request.method == "POST" and form.is_valid():
        member = set_up(shop, form.cleaned_data, by=request.user)
        request.session[SESSION_KEY] = member.shop_id
        if form.cleaned_data["samples"]:
            add_samples(member.shop, by=request.user)
        messages.success(request, _("Your shop is ready. Invite your people under Settings."))
        return redirect("dashboard:today")
    context = {"form": form, "first": not request.shops}
    return render(request, "dashboard/setup.html", context, status=422 if form.errors else 200)


def set_up(shop: Shop, data: dict[str, Any], *, by: User) -> Member:
    """Keep the answers, load the playbooks, make the person the owner; all or nothing."""
    with transaction.atomic():
        for name in ("name", "email", "phone", "zone", "hours", "channels"):
            setattr(shop, name, data[name])
        shop.language = shop.language if shop.pk else by.language
        shop.slug = shop.slug or free_slug(shop.name)
        shop.set_up_at = timezone.now()
        shop.save()
        load_defaults(shop)
        member, _made = Member.objects.select_related("shop").get_or_create(
            shop=shop, user=by, defaults={"role": Role.OWNER}
        )
        audit(shop, by, "set_up")
    return member


def free_slug(name: str) -> str:
    """A short name for links that no shop has yet."""
    slug = slugify(name)[:32] or "toko"
    return slug if not Shop.objects.filter(slug=slug).exists() else f"{slug}-{new_code(4).lower()}"


# --- the shop's data --------------------------------------------------------------------------------------------------


@require_GET
@owner_required
def data(request: ShopRequest) -> HttpResponse:
    """Importing, exporting, sample cases."""
    context = {"has_samples": has_samples(request.shop), **tabs(request)}
    return render(request, "dashboard/data.html", context)


@require_POST
@owner_required
def export_all(request: ShopRequest) -> FileResponse:
    """Everything the shop owns as a ZIP; made on disk, so that its size does not matter."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    counts = write_shop(request.shop, file)
    audit(request.shop, request.user, "exported", rows=sum(counts.values()))
    file.seek(0)
    name = f"{request.shop.slug}-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@require_POST
@owner_required
def samples(request: ShopRequest) -> HttpResponse:
    """Add or erase the sample cases."""
    shop, user = request.shop, request.user
    if request.POST.get("do") == "add":
        audit(shop, user, "samples_added", cases=add_samples(shop, by=user))
        messages.success(request, _("Sample cases added."))
    else:
        audit(shop, user, "samples_removed", cases=remove_samples(shop))
        messages.success(request, _("Sample cases erased."))
    return redirect("shops:settings_data")
