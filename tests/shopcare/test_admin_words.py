"""Owners meet every name of the admin in their own language."""

from django.contrib import admin
from django.utils.functional import Promise

OURS = {"shops", "cases", "complaints", "reviews", "bookings", "playbooks", "messaging", "dashboard"}


def names():
    """Each name the admin shows of our models: "Model" or "Model.field", and the words."""
    for model in admin.site._registry:
        if model._meta.app_label in OURS:
            yield model.__name__, model._meta.verbose_name
            yield from (
                (f"{model.__name__}.{field.name}", field.verbose_name)
                for field in [*model._meta.fields, *model._meta.many_to_many]
                if field.name != "id"
            )


def test_every_name_in_the_admin_can_be_translated():
    found = list(names())
    assert len(found) > 100
    assert [name for name, words in found if not isinstance(words, Promise)] == []
