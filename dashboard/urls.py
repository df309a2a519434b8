"""Today and what reads everything."""

from django.urls import path

from dashboard import data_requests, improvements, insights, spread_pages, surveys, trial_pages, views, weekly

app_name = "dashboard"
urlpatterns = [
    path("", views.today, name="today"),
    path("insights/", insights.show, name="insights"),
    path("insights/week/", weekly.show, name="insights_week"),
    path("insights/surveys/", surveys.invite, name="insights_surveys"),
    path("insights/trials/", trial_pages.index, name="insights_trials"),
    path("insights/trials/<int:pk>/stop/", trial_pages.stop, name="insights_trial_stop"),
    path("insights/<slug:part>/", insights.show, name="insights_part"),
    path("insights/<slug:part>/csv/", insights.table, name="insights_csv"),
    path("insights/spread/<str:code>/", spread_pages.show, name="insights_spread"),
    path("insights/spread/<str:code>/<int:pk>/", spread_pages.link, name="insights_spread_link"),
    path("insights/data-requests/<str:code>/note/", data_requests.note, name="data_request"),
    path("improvements/", improvements.index, name="improvements"),
    path("improvements/new/", improvements.new, name="improvement_new"),
    path("improvements/<int:pk>/", improvements.show, name="improvement"),
    path("improvements/<int:pk>/done/", improvements.done, name="improvement_done"),
    path("improvements/<int:pk>/tell/", improvements.tell, name="improvement_tell"),
]
