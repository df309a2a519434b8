"""Logging a message: what the form offers."""

from complaints.forms import LogForm
from shops.enums import Channel
from tests.factories import make_shop


def test_shops_own_channels_come_first_and_the_rest_behind_other(db):
    form = LogForm(make_shop(playbooks=False, channels=["shopee", "whatsapp"]))
    first, second, rest = form.fields["channel"].choices
    assert [first[0], second[0]] == ["shopee", "whatsapp"]
    assert {value for value, _label in rest[1]} == set(Channel.values) - {"shopee", "whatsapp"}
    assert form.fields["channel"].initial == "shopee"


def test_shop_without_channels_is_offered_all(db):
    form = LogForm(make_shop(playbooks=False, channels=[]))
    assert (form.fields["channel"].choices, form.fields["channel"].initial) == (Channel.choices, "whatsapp")


def test_channel_behind_other_is_taken(db):
    shop = make_shop(playbooks=False, channels=["shopee"])
    assert LogForm(shop, {"text": "tasnya sobek", "channel": "email"}).is_valid()
