"""Django mail backend of the try-out: every mail becomes an .eml file that any mail program opens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from shops.codes import new_code

NAME = re.compile(r"\d{8}-\d{6}-\d{6}-shop(?P<shop>\d+)-\w+\.eml")
OURS = re.compile(r"<(\d+)\.\d+@")  # messaging.channels.email.message_id


class EmlBackend(BaseEmailBackend):
    """Writes to EMAIL_FILE_PATH, newest name last; the name says whose mail it is (shop0: nobody's)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            found = OURS.match(str(mail.extra_headers.get("Message-ID", "")))
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-shop{found[1] if found else 0}-{new_code()}.eml"
            (folder / name).write_bytes(mail.message().as_bytes())
        return len(email_messages)
