"""Settings: the shop, its people, its closed days, the audit trail, one's own profile, switching shops."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shops import people
from shops.access import ShopRequest, member_required, owner_required
from shops.actions import audit
from shops.audit_words import audit_lines
from shops.middleware import SESSION_KEY
from shops.models import AuditEvent, ClosedDay, Invitation, Member, Shop
from shops.setting_forms import ClosedDayForm, InviteForm, JoinForm, ProfileForm, RoleForm, SettingsForm
from tables.keyset import page

BACKEND = "django.contrib.auth.backends.ModelBackend"


def tabs(request: ShopRequest) -> dict[str, Any]:
    """The row of tabs above every settings page; staff see only their own profile."""
    names = [("shops:settings_profile", _("You"))]
    if request.member.is_owner:
        names = [
            ("shops:settings", _("Shop")),
            ("shops:settings_members", _("People")),
            ("shops:settings_days", _("Closed days")),
            ("messaging:guard", _("Tone guard")),
            ("shops:settings_data", _("Data")),
            ("shops:settings_audit", _("Audit trail")),
            *names,
        ]
    here = request.resolver_match.view_name if request.resolver_match else ""
    return {"tabs": [{"url": reverse(name), "label": label, "on": name == here} for name, label in names]}


@require_http_methods(["GET", "POST"])
@member_required
def settings(request: ShopRequest) -> HttpResponse:
    """The shop's settings; whoever is not the owner gets their own profile."""
    if not request.member.is_owner:
        return redirect("shops:settings_profile")
    own = Shop.objects.get(pk=request.shop.pk)  # a form that fails must not change the shop the page shows
    form = SettingsForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        changed = sorted(form.changed_data)
        form.save()
        if changed:
            audit(request.shop, request.user, "settings", changed=changed)
        messages.success(request, _("Saved."))
        return redirect("shops:settings")
    context = {"form": form, **tabs(request)}
    return render(request, "shops/settings.html", context, status=422 if form.errors else 200)


@require_GET
@owner_required
def members(request: ShopRequest) -> HttpResponse:
    """Who belongs to the shop, and open invitations."""
    now = timezone.now()
    invitations = Invitation.objects.filter(shop=request.shop, used_at=None).order_by("-pk")
    context = {
        "members": Member.objects.filter(shop=request.shop).select_related("user").order_by("pk"),
        "invitations": [
            (invitation, request.build_absolute_uri(reverse("shops:join", args=[invitation.token])))
            for invitation in invitations
            if invitation.is_open(now)
        ],
        "invite_form": InviteForm(),
        "roles": Member._meta.get_field("role").flatchoices,
        **tabs(request),
    }
    return render(request, "shops/members.html", context)


@require_POST
@owner_required
def invite(request: ShopRequest) -> HttpResponse:
    """Make a link that turns one person into a member."""
    form = InviteForm(request.POST)
    if form.is_valid():
        people.invite(request.shop, form.cleaned_data["role"], by=request.user)
        messages.success(request, _("The link is ready. Send it to one person; it works once, for seven days."))
    return redirect("shops:settings_members")


@require_POST
@owner_required
def withdraw(request: ShopRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    get_object_or_404(Invitation, shop=request.shop, pk=pk, used_at=None).delete()
    audit(request.shop, request.user, "invitation_withdrawn")
    return redirect("shops:settings_members")


@require_POST
@owner_required
def role(request: ShopRequest, pk: int) -> HttpResponse:
    """Give a member another role."""
    member = get_object_or_404(Member.objects.select_related("user"), shop=request.shop, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        tell(request, people.change_role(member, form.cleaned_data["role"], by=request.user))
    return redirect("shops:settings_members")


@require_POST
@owner_required
def remove(request: ShopRequest, pk: int) -> HttpResponse:
    """Take a member out of the shop; what they did stays."""
    member = get_object_or_404(Member.objects.select_related("user"), shop=request.shop, pk=pk)
    tell(request, people.remove(member, by=request.user))
    return redirect("shops:settings_members")


def tell(request: HttpRequest, refusal: str) -> None:
    """Say that it is done, or why not."""
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, _("Saved."))


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Follow an invitation: join as who is signed in, or as a new person."""
    invitation = get_object_or_404(Invitation.objects.select_related("shop"), token=token)
    if not invitation.is_open(timezone.now()):
        return render(request, "shops/join.html", {"invitation": invitation, "over": True}, status=410)
    if request.user.is_authenticated:
        if request.method == "POST":
            return welcome(request, people.accept(invitation, request.user))
        return render(request, "shops/join.html", {"invitation": invitation})
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user = people.make_user(**form.cleaned_data)
            member = people.accept(invitation, user)
            if member is None:
                transaction.set_rollback(True)
        if member:
            login(request, user, backend=BACKEND)
        return welcome(request, member)
    context = {"invitation": invitation, "form": form}
    return render(request, "shops/join.html", context, status=422 if form.errors else 200)


def welcome(request: HttpRequest, member: Member | None) -> HttpResponse:
    """Into the shop, or what went wrong with the link."""
    if member is None:
        messages.error(request, _("This link has just been used. Ask the owner for a new one."))
        return redirect("login")
    request.session[SESSION_KEY] = member.shop_id
    messages.success(request, _("Welcome to %(shop)s.") % {"shop": member.shop.name})
    return redirect("dashboard:today")


@require_http_methods(["GET", "POST"])
@owner_required
def days(request: ShopRequest) -> HttpResponse:
    """Days the shop is closed beside the public holidays, and holidays on which it opens."""
    form = ClosedDayForm(request.POST or None, instance=ClosedDay(shop=request.shop))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                day = form.save()
        except IntegrityError:
            form.add_error("day", _("This day is in the list already."))
        else:
            audit(request.shop, request.user, "closed_day", day=day.day.isoformat(), is_open=day.is_open)
            return redirect("shops:settings_days")
    known = request.shop.closed_days.filter(day__gte=timezone.localdate()).order_by("day")
    context = {"form": form, "days": known, **tabs(request)}
    return render(request, "shops/days.html", context, status=422 if form.errors else 200)


@require_POST
@owner_required
def day_remove(request: ShopRequest, pk: int) -> HttpResponse:
    """Take a day out of the list."""
    get_object_or_404(ClosedDay, shop=request.shop, pk=pk).delete()
    return redirect("shops:settings_days")


@require_GET
@owner_required
def audit_trail(request: ShopRequest) -> HttpResponse:
    """Who did what to the books, newest first."""
    rows = AuditEvent.objects.filter(shop=request.shop).select_related("actor")
    found = page(rows, "-at", request.GET.get("at", ""))
    context = {"lines": audit_lines(found.rows), **found.links(request.GET.dict()), **tabs(request)}
    return render(request, "shops/audit.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def profile(request: ShopRequest) -> HttpResponse:
    """One's own name, language and digest."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        translation.activate(request.user.language)
        messages.success(request, _("Saved."))
        return redirect("shops:settings_profile")
    context = {"form": form, **tabs(request)}
    return render(request, "shops/profile.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def switch(request: HttpRequest) -> HttpResponse:
    """Go on in another shop of the person's."""
    shop = get_object_or_404(Shop, slug=request.POST.get("shop", ""), members__user=request.user)
    request.session[SESSION_KEY] = shop.pk
    return redirect("dashboard:today")
