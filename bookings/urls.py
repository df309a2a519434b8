"""Bookings."""

from django.urls import path

from bookings import lists, views

app_name = "bookings"
urlpatterns = [
    path("", lists.index, name="list"),
    path("new/", views.new, name="new"),
    path("waiting/", views.waiting_list, name="waiting"),
    path("waiting/<int:pk>/leave/", views.leave, name="leave"),
    path("funnel/", views.funnel, name="funnel"),
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/plan/", views.plan, name="plan"),
    path("<str:code>/paid/", views.paid, name="paid"),
    path("<str:code>/extend/", views.extend, name="extend"),
    path("<str:code>/cancelled/", views.cancelled, name="cancelled"),
    path("<str:code>/resold/", views.resold, name="resold"),
    path("<str:code>/reply/", views.reply, name="reply"),
]
