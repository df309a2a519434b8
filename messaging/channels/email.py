"""Email over SMTP: deterministic Message-ID, threading headers, plain and HTML, reply-to the shop, no tracking."""

from __future__ import annotations

import smtplib
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from messaging.channels.contract import Channel, Outcome, Promise, Rejected, TryAgain
from messaging.models import Message

BAD_ADDRESS = {550, 551, 553}


def message_id(message: Message) -> str:
    """The same id for every try of one message, so that a doubtful second copy can be recognised."""
    return f"<{message.shop_id}.{message.pk}@{mail_domain()}>"


def thread_id(message: Message) -> str:
    """The id that all mails of one case refer to."""
    return f"<case.{message.case.code if message.case else message.pk}@{mail_domain()}>"


def mail_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def build(message: Message) -> EmailMultiAlternatives:
    """The mail of a message row."""
    sender = formataddr((message.shop.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    reply_to = [message.shop.email] if message.shop.email else []
    headers = {"Message-ID": message_id(message), "Auto-Submitted": "auto-generated" if message.is_automatic else "no"}
    if message.case_id:
        headers |= {"References": thread_id(message), "In-Reply-To": thread_id(message)}
    mail = EmailMultiAlternatives(
        message.subject or message.shop.name,
        message.body,
        sender,
        [message.address],
        reply_to=reply_to,
        headers=headers,
    )
    mail.attach_alternative(
        render_to_string("messaging/mail/message.html", {"message": message, "shop": message.shop}), "text/html"
    )
    return mail


def send(message: Message) -> Outcome:
    """Hand the mail to the SMTP server. Errors before the data went out can be tried again; refusals are final."""
    mail = build(message)
    connection = get_connection(fail_silently=False)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise TryAgain(str(error)) from error
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        raise refused(*next(iter(error.recipients.values()))) from error
    except smtplib.SMTPResponseException as error:
        raise refused(error.smtp_code, error.smtp_error) from error
    finally:
        quietly_close(connection)
    return Outcome(external_id=message_id(message))


def refused(code: int, reason: bytes | str) -> Exception:
    """4xx: try again; 5xx: final."""
    words = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    if 400 <= code < 500:
        return TryAgain(f"{code} {words}")
    return Rejected(f"{code} {words}", address_is_bad=code in BAD_ADDRESS)


def quietly_close(connection: object) -> None:
    """The mail has gone by now: a fault while hanging up must not look like a failed send."""
    try:
        connection.close()  # type: ignore[attr-defined]
    except (OSError, smtplib.SMTPException):
        return


CHANNEL = Channel(Promise.HANDED_OVER, send)
