"""The outbox."""

from django.urls import path

from messaging import guard_pages, noting, views, writing

app_name = "messaging"
urlpatterns = [
    path("", views.index, name="outbox"),
    path("notices/", views.notice_list, name="notices"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("mail/", views.mail_list, name="mail"),
    path("mail/<str:name>/", views.mail, name="mail_one"),
    path("write/<str:code>/", writing.write, name="write"),
    path("note/<str:code>/", noting.note, name="note"),
    path("stop/<str:code>/", views.stop, name="stop"),
    path("guard/", guard_pages.index, name="guard"),
    path("guard/<int:pk>/reviewed/", guard_pages.reviewed, name="guard_reviewed"),
    path("guard/words/", guard_pages.add_word, name="guard_word_add"),
    path("guard/words/<int:pk>/remove/", guard_pages.remove_word, name="guard_word_remove"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/sent/", views.mark_sent, name="mark_sent"),
    path("<int:pk>/unmark/", views.unmark, name="unmark"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("<int:pk>/retry/", views.retry, name="retry"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/came-back/", views.came_back, name="came_back"),
]
