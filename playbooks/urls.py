"""Pages of a treatment's steps."""

from django.urls import path

from playbooks import remedy_views, views

app_name = "playbooks"
urlpatterns = [
    path("<int:pk>/done/", views.done, name="done"),
    path("<int:pk>/skip/", views.skip, name="skip"),
    path("<int:pk>/message/", views.write, name="write"),
    path("of/<str:code>/propose/", remedy_views.propose, name="propose"),
    path("of/<str:code>/claim/", remedy_views.claim, name="claim"),
    path("of/<str:code>/offer/", remedy_views.offer, name="offer"),
    path("of/<str:code>/improve/", remedy_views.improve, name="improve"),
    path("of/<str:code>/evidence/", remedy_views.evidence_pack, name="evidence"),
    path("remedies/<int:pk>/decide/", remedy_views.decide, name="decide"),
    path("remedies/<int:pk>/choose/", remedy_views.choose, name="choose"),
    path("remedies/<int:pk>/done/", remedy_views.carry_out, name="carry_out"),
    path("remedies/<int:pk>/withdraw/", remedy_views.withdraw, name="withdraw"),
]
