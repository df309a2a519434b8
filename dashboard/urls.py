"""Today and what reads everything."""

from django.urls import path

from dashboard import views

app_name = "dashboard"
urlpatterns = [path("", views.today, name="today")]
