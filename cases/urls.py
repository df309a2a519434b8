"""What every case has, whatever its kind."""

from django.urls import path

from cases import views

app_name = "cases"
urlpatterns = [
    path("files/<str:code>/", views.attachment, name="attachment"),
    path("<str:code>/note/", views.note, name="note"),
    path("<str:code>/assign/", views.assign, name="assign"),
    path("<str:code>/theme/", views.theme, name="theme"),
]
