"""The whole namespace "shops": the books' own pages, and those that read every room and so live here."""

from django.urls import path

from dashboard import customer_list, customers, imports, order_list, setup
from shops.urls import urlpatterns as books

app_name = "shops"
urlpatterns = [
    *books,
    path("customers/", customer_list.index, name="customers"),
    path("orders/", order_list.index, name="orders"),
    path("customers/<str:code>/", customers.show, name="customer"),
    path("customers/<str:code>/export/", customers.export, name="customer_export"),
    path("customers/<str:code>/erase/", customers.erase, name="customer_erase"),
    path("setup/", setup.setup, name="setup"),
    path("setup/another/", setup.another, name="shop_new"),
    path("settings/data/", setup.data, name="settings_data"),
    path("settings/data/export/", setup.export_all, name="export"),
    path("settings/data/samples/", setup.samples, name="samples"),
    path("import/<slug:kind>/", imports.upload, name="import"),
    path("import/<slug:kind>/<int:pk>/", imports.columns, name="import_columns"),
    path("import/<slug:kind>/<int:pk>/report/", imports.report, name="import_report"),
    path("import/<slug:kind>/<int:pk>/rejected/", imports.rejected, name="import_rejected"),
    path("import/<slug:kind>/<int:pk>/again/", imports.again, name="import_again"),
]
