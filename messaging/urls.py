"""The outbox."""

from django.urls import path

from messaging import views

app_name = "messaging"
urlpatterns = [
    path("", views.index, name="outbox"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/sent/", views.mark_sent, name="mark_sent"),
    path("<int:pk>/unmark/", views.unmark, name="unmark"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("<int:pk>/retry/", views.retry, name="retry"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
]
