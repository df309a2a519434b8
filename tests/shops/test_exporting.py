"""The whole shop in open formats: every table, no secrets, nothing of other shops."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey

from shops.exporting import LEFT_OUT, ROOMS, path_to_shop, write_shop
from shops.models import Shop
from tests.factories import make_complaint, make_customer, make_order


def export(shop):
    out = io.BytesIO()
    counts = write_shop(shop, out)
    return counts, zipfile.ZipFile(out)


def test_every_table_with_a_shop_is_in_it(shop):
    counts, _archive = export(shop)
    with_shop = [
        model
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        and model not in LEFT_OUT
        and any(isinstance(f, ForeignKey) and f.related_model is Shop for f in model._meta.concrete_fields)
    ]
    assert {f"{model._meta.app_label}.{model._meta.model_name}" for model in with_shop} <= counts.keys()
    assert {"shops.shop", "shops.user", "playbooks.step"} <= counts.keys()


def test_rows_are_exactly_as_stored_and_of_this_shop_only(shop, citra):
    customer = make_customer(shop, "=1+1 Rina", wishes={"courier": "x"})
    make_customer(citra.shop, "Theirs")
    _counts, archive = export(shop)
    rows = [json.loads(line) for line in archive.read("tables/shops.customer.jsonl").splitlines()]
    assert [(row["name"], row["wishes"]) for row in rows] == [(customer.name, {"courier": "x"})]
    assert "'=1+1 Rina" in archive.read("tables/shops.customer.csv").decode("utf-8-sig")


def test_no_secret_leaves_the_house(shop, ayu):
    make_complaint(shop)
    _counts, archive = export(shop)
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert ayu.user.password.encode() not in everything
    assert b'"token"' not in everything


def test_reading_costs_no_more_with_more_rows(shop, django_assert_max_num_queries):
    for number in range(40):
        make_order(shop, number=f"A{number}")
    with django_assert_max_num_queries(3 * len(list(apps.get_models()))):
        export(shop)


def test_command_writes_the_file(shop, tmp_path, capsys):
    path = tmp_path / "out.zip"
    call_command("export_shop", shop="toko", output=str(path))
    assert zipfile.is_zipfile(path)
    assert "shops.customer" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("label", "path"), [("shops.Shop", "pk"), ("playbooks.Step", "playbook__shop"), ("shops.User", None)]
)
def test_path_to_shop(label, path):
    assert path_to_shop(apps.get_model(label)) == path
