"""Complaints."""

from django.urls import path

from complaints import incident_views, learning_views, lists, views

app_name = "complaints"
urlpatterns = [
    path("", lists.index, name="list"),
    path("bulk/", lists.bulk_action, name="bulk"),
    path("bulk/undo/", lists.bulk_undo, name="bulk_undo"),
    path("new/", views.new, name="new"),
    path("lookup/", views.lookup, name="lookup"),
    path("suggestion/", views.suggestion, name="suggestion"),
    path("learning/", learning_views.index, name="learning"),
    path("incidents/", incident_views.index, name="incidents"),
    path("incidents/<int:pk>/", incident_views.show, name="incident"),
    path("incidents/<int:pk>/affected/", incident_views.affected, name="incident_affected"),
    path("incidents/<int:pk>/end/", incident_views.end, name="incident_end"),
    path("incidents/<int:pk>/tell/", incident_views.tell, name="incident_tell"),
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/tag/", views.tag, name="tag"),
    path("<str:code>/assess/", views.assess, name="assess"),
    path("<str:code>/finding/", views.finding, name="finding"),
    path("<str:code>/reply/", views.reply, name="reply"),
    path("<str:code>/merge/", views.merge, name="merge"),
    path("<str:code>/resolve/", views.resolve, name="resolve"),
    path("<str:code>/reopen/", views.reopen, name="reopen"),
]
