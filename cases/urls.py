"""What every case has, whatever its kind."""

from django.urls import path

from cases import presence, saved_views, views

app_name = "cases"
urlpatterns = [
    path("views/<str:page>/save/", saved_views.save, name="save_view"),
    path("views/<int:pk>/rename/", saved_views.rename, name="rename_view"),
    path("views/<int:pk>/drop/", saved_views.drop, name="drop_view"),
    path("files/<str:code>/", views.attachment, name="attachment"),
    path("<str:code>/here/", presence.here, name="here"),
    path("<str:code>/assign/", views.assign, name="assign"),
    path("<str:code>/theme/", views.theme, name="theme"),
]
