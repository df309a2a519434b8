"""Email: deterministic Message-ID, threading headers, plain and HTML, reply-to the shop, no tracking of any kind."""

from __future__ import annotations

from email.utils import formataddr, parseaddr
from functools import lru_cache

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from messaging.channels import smtp
from messaging.channels.contract import Channel, Outcome, Promise
from messaging.models import Message

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def message_id(message: Message) -> str:
    """The same id for every try of one message, so that a doubtful second copy can be recognised."""
    return f"<{message.shop_id}.{message.pk}@{mail_domain()}>"


def thread_id(message: Message) -> str:
    """The id that all mails of one case refer to."""
    return f"<case.{message.case.code if message.case else message.pk}@{mail_domain()}>"


def mail_domain() -> str:
    return bare(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2] or "localhost"


@lru_cache
def bare(address: str) -> str:
    """The address alone, without a name before it; remembered, for each mail asks for our own several times."""
    return parseaddr(address)[1]


def headers_of(message: Message) -> dict[str, str]:
    """Identity, thread, and what machines should know: RFC 3834 for automatic mail, RFC 2369 where we write first."""
    headers = {"Message-ID": message_id(message)}
    if message.case_id:
        headers |= {"References": thread_id(message), "In-Reply-To": thread_id(message)}
    if message.is_automatic:
        headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if message.is_shop_initiated and message.shop.email:
        headers["List-Unsubscribe"] = f"<mailto:{message.shop.email}?subject=STOP>"
    return headers


def build(message: Message) -> EmailMultiAlternatives:
    """The mail of a message row."""
    mail = EmailMultiAlternatives(
        one_line(message.subject) or message.shop.name,
        message.body,
        formataddr((message.shop.name, bare(settings.DEFAULT_FROM_EMAIL))),
        [message.address],
        reply_to=[message.shop.email] if message.shop.email else [],
        headers=headers_of(message),
    )
    context = {"message": message, "shop": message.shop}
    mail.attach_alternative(render_to_string("messaging/mail/message.html", context), "text/html")
    return mail


def one_line(text: str) -> str:
    """A subject without line breaks: in a header they would end it."""
    return " ".join(text.split())


def send(message: Message) -> Outcome:
    """Hand the mail over. TryAgain, Rejected: it has not gone. Other errors: nobody knows."""
    mail = build(message)
    if settings.EMAIL_BACKEND == SMTP_BACKEND:
        smtp.hand_over(mail)
    else:
        smtp.envelope(mail)
        get_connection(fail_silently=False).send_messages([mail])
    return Outcome(external_id=message_id(message))


CHANNEL = Channel(Promise.HANDED_OVER, send, hang_up=smtp.hang_up)
