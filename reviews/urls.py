"""Reviews."""

from django.urls import path

from reviews import import_views, lists, views

app_name = "reviews"
urlpatterns = [
    path("", lists.index, name="list"),
    path("new/", views.new, name="new"),
    path("triage/", views.triage, name="triage"),
    path("bulk/", lists.bulk_action, name="bulk"),
    path("bulk/undo/", lists.bulk_undo, name="bulk_undo"),
    path("themes/", views.themes, name="themes"),
    path("themes/improve/", views.improve, name="improve"),
    path("windows/", views.windows, name="windows"),
    # Imports
    path("import/", import_views.upload, name="import"),
    path("import/<int:pk>/", import_views.import_run, name="import_run"),
    path("import/<int:pk>/progress/", import_views.progress, name="import_progress"),
    path("import/<int:pk>/rejected/", import_views.rejected, name="import_rejected"),
    # One review
    path("review/<int:pk>/", views.show, name="show"),
    path("review/<int:pk>/start/", views.take_up, name="start"),
    path("review/<int:pk>/posted/", views.posted, name="posted"),
    path("review/<int:pk>/spreading/", views.spreading, name="spreading"),
    path("review/<int:pk>/aside/", views.set_aside, name="aside"),
    path("review/<int:pk>/now/", views.saw, name="saw"),
    path("<str:code>/", views.detail, name="detail"),
]
