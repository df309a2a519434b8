"""The books: customers, orders, settings. dashboard.shop_urls adds the pages of this namespace that read every room."""

from django.urls import path

from shops import setting_views, views

urlpatterns = [
    path("customers/new/", views.customer_new, name="customer_new"),
    path("customers/<str:code>/edit/", views.customer_edit, name="customer_edit"),
    path("customers/<str:code>/contact/", views.contact_add, name="customer_contact"),
    path("customers/<str:code>/stop/", views.stop_all, name="customer_stop"),
    path("customers/<str:code>/allow/", views.allow_reminders, name="customer_allow"),
    path("orders/new/", views.order_new, name="order_new"),
    path("orders/edit/<path:number>/", views.order_edit, name="order_edit"),
    path("orders/show/<path:number>/", views.order, name="order"),
    path("settings/", setting_views.settings, name="settings"),
    path("settings/people/", setting_views.members, name="settings_members"),
    path("settings/people/invite/", setting_views.invite, name="invite"),
    path("settings/people/invitations/<int:pk>/withdraw/", setting_views.withdraw, name="withdraw"),
    path("settings/people/<int:pk>/role/", setting_views.role, name="role"),
    path("settings/people/<int:pk>/remove/", setting_views.remove, name="remove"),
    path("settings/days/", setting_views.days, name="settings_days"),
    path("settings/days/<int:pk>/remove/", setting_views.day_remove, name="day_remove"),
    path("settings/audit/", setting_views.audit_trail, name="settings_audit"),
    path("settings/you/", setting_views.profile, name="settings_profile"),
    path("switch/", setting_views.switch, name="switch"),
    path("join/<str:token>/", setting_views.join, name="join"),
]
