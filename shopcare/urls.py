"""The map of pages. Each app names its own; prefixes are set here."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from complaints import public
from dashboard import survey_pages
from dashboard.answers import customer_replied
from shopcare import views
from shops.language import set_language

handler500 = "shopcare.views.server_error"

urlpatterns = [
    path("", include("dashboard.urls")),
    path("", include("dashboard.shop_urls")),
    path("complaints/", include("complaints.urls")),
    path("bookings/", include("bookings.urls")),
    path("reviews/", include("reviews.urls")),
    path("cases/", include("cases.urls")),
    path("steps/", include("playbooks.urls")),
    path("outbox/", include("messaging.urls")),
    # Customers, without an account
    path("s/<slug:slug>/", public.page, name="public"),
    path("s/<slug:slug>/c/<str:token>/", public.status, name="status"),
    path("s/<slug:slug>/c/<str:token>/confirm/", public.confirm, {"answer": customer_replied}, name="confirm"),
    path("s/<slug:slug>/c/<str:token>/say/", public.talk_back, {"answer": customer_replied}, name="talk_back"),
    path("s/<slug:slug>/survey/<str:token>/", survey_pages.page, name="survey"),
    # People and machines
    path("login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("language/", set_language, name="set_language"),
    path("password/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("forgot/", auth.PasswordResetView.as_view(), name="password_reset"),
    path("forgot/sent/", auth.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path("forgot/<uidb64>/<token>/", auth.PasswordResetConfirmView.as_view(), name="password_reset_confirm"),
    path("forgot/done/", auth.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("offline/", views.offline, name="offline"),
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
