"""Pages of a treatment's steps."""

from django.urls import path

from playbooks import views

app_name = "playbooks"
urlpatterns = [
    path("<int:pk>/done/", views.done, name="done"),
    path("<int:pk>/skip/", views.skip, name="skip"),
    path("<int:pk>/message/", views.write, name="write"),
]
