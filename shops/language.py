"""The page's language: kept in the cookie, and with the person where somebody is signed in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views import i18n
from django.views.decorators.http import require_POST

from shops.models import User


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's set_language, which a signed-in person keeps on every device."""
    wanted = request.POST.get("language", "")
    if request.user.is_authenticated and wanted in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=wanted)
    return i18n.set_language(request)
