"""Who belongs to a shop: invitations, roles, leaving. A shop never loses its last owner."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shops.actions import audit
from shops.enums import Role
from shops.models import Invitation, Member, Shop, User


def invite(shop: Shop, role: str, *, by: User) -> Invitation:
    """A link for one person; valid seven days, once."""
    with transaction.atomic():
        audit(shop, by, "invited", role=role)
        return Invitation.objects.create(shop=shop, role=role, created_by=by)


def accept(invitation: Invitation, user: User) -> Member | None:
    """Make the person a member; None where the link was used a moment ago. Members keep the role they have."""
    with transaction.atomic():
        claimed = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now())
        if not claimed:
            return None
        member, _made = Member.objects.select_related("shop").get_or_create(
            shop=invitation.shop, user=user, defaults={"role": invitation.role}
        )
        audit(invitation.shop, user, "joined", role=member.role)
    return member


def make_user(*, username: str, full_name: str, email: str, password: str) -> User:
    """A new person, in the language they read now."""
    return User.objects.create_user(
        username, email, password, first_name=full_name, language=(get_language() or "id")[:2]
    )


def is_last_owner(member: Member) -> bool:
    """True where nobody else owns the shop (locks the owners until the transaction ends)."""
    owners = Member.objects.select_for_update().filter(shop=member.shop_id, role=Role.OWNER)
    return list(owners.values_list("pk", flat=True)) == [member.pk]


def change_role(member: Member, role: str, *, by: User) -> str:
    """Give another role; returns why not, or ""."""
    with transaction.atomic():
        if role != Role.OWNER and is_last_owner(member):
            return _("The shop needs an owner. Make somebody else owner first.")
        before = member.role
        Member.objects.filter(pk=member.pk).update(role=role)
        audit(member.shop, by, "role", who=str(member.user), old=before, new=role)
    return ""


def remove(member: Member, *, by: User) -> str:
    """Take somebody out of the shop; returns why not, or "". Their cases become nobody's."""
    with transaction.atomic():
        if is_last_owner(member):
            return _("The shop needs an owner. Make somebody else owner first.")
        who: dict[str, Any] = {"who": str(member.user), "role": member.role}
        audit(member.shop, by, "removed", **who)
        member.delete()
    return ""
