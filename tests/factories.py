"""The cast and their shop: Ayu owns it, Budi works in it, Dewi only looks, Citra belongs to another shop."""

from shops.enums import Channel, Role
from shops.models import ContactPoint, Customer, Member, Shop, User


def make_shop(slug: str = "toko-ayu", **values: object) -> Shop:
    """A shop in Jakarta that says how to pay."""
    fields = {"name": "Toko Ayu", "zone": "Asia/Jakarta", "pay_how": "transfer atau QRIS", "email": "toko@example.org"}
    return Shop.objects.create(slug=slug, **{**fields, **values})


def make_member(shop: Shop, name: str, role: str = Role.STAFF) -> Member:
    """A user with this name and their role in the shop. Pages are in English for them."""
    user = User.objects.create_user(name.lower(), password="rahasia-sekali", first_name=name, language="en")
    return Member.objects.create(shop=shop, user=user, role=role)


def make_customer(
    shop: Shop, name: str = "Rina", *, email: str = "", phone: str = "", province: str = "DKI Jakarta", **values: object
) -> Customer:
    """A customer, with an email address or a WhatsApp number where given."""
    customer = Customer.objects.create(shop=shop, name=name, province=province, **values)
    for channel, address in ((Channel.EMAIL, email), (Channel.WHATSAPP, phone)):
        if address:
            ContactPoint.objects.create(shop=shop, customer=customer, channel=channel, address=address)
    return customer
