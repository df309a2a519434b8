"""Django mail backend of the try-out: every mail becomes an .eml file that any mail program opens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from shops.codes import new_code


class EmlBackend(BaseEmailBackend):
    """Writes to EMAIL_FILE_PATH, newest name last."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            (folder / f"{timezone.now():%Y%m%d-%H%M%S}-{new_code()}.eml").write_bytes(mail.message().as_bytes())
        return len(email_messages)
