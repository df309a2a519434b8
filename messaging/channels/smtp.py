"""Handing a mail to the SMTP server, so that every fault before the words left is told from one after (or while).

MAIL and RCPT may fail as they like: nothing has gone, so the mail is tried again. From DATA on only the server's own
answer is certain; a line that breaks there leaves a doubt. The line stays open over a batch.
"""

from __future__ import annotations

import re
import secrets
import smtplib
import threading
from contextlib import suppress
from functools import lru_cache

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from messaging.channels.contract import Rejected, TryAgain

MAILS_PER_LINE = 100  # servers close lines that talk too long
CLOSING = 421
BAD_ADDRESS = {550, 551, 553}
ENHANCED = re.compile(r"^(\d)\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463


class Line(threading.local):
    """This thread's open line to the mail server, if any."""

    backend: EmailBackend | None = None
    mails = 0


line = Line()


def hand_over(mail: EmailMessage) -> None:
    """Send one mail to its one recipient. TryAgain, Rejected: it has not gone. Other errors: nobody knows."""
    sender, recipient, words = envelope(mail)
    server = announced(sender, recipient)
    line.mails += 1
    try:
        code, reply = server.data(words)
    except smtplib.SMTPDataError as error:  # the server did not even want to hear it
        forget()
        raise refused(error.smtp_code, error.smtp_error) from error
    except BaseException:
        forget()
        raise
    if code != 250:
        raise unsaid(server, refused(code, reply))


def envelope(mail: EmailMessage) -> tuple[str, str, bytes]:
    """Sender, recipient and the mail's bytes; Rejected where they cannot be written at all."""
    try:
        return written(mail.from_email), written(mail.to[0]), as_bytes(mail)
    except (ValueError, UnicodeError) as error:
        raise Rejected(str(error)) from error


@lru_cache
def written(address: str) -> str:
    """An address as it goes over the line; remembered, for a shop's own comes with each mail."""
    words: str = sanitize_address(address, "utf-8")
    return words


def as_bytes(mail: EmailMessage) -> bytes:
    """The mail as it goes over the line; its parts are kept apart by a word that nobody can have written in them."""
    made = mail.message()
    if made.is_multipart():
        made.set_boundary(secrets.token_hex(16))
    words: bytes = made.as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own kind of message
    return words


def announced(sender: str, recipient: str) -> smtplib.SMTP:
    """A line on which the server has accepted MAIL and RCPT. A kept line that died meanwhile is opened once more."""
    while True:
        was_open = line.backend is not None
        try:
            server = opened()
            code, reply = server.mail(sender)
            if code != 250:
                raise unsaid(server, refused(code, reply))
            code, reply = server.rcpt(recipient)
            if code not in (250, 251):
                raise unsaid(server, refused(code, reply, is_recipient=True))
        except OSError as error:  # smtplib's exceptions are OSErrors too
            forget()
            if not was_open:
                raise TryAgain(str(error)) from error
        else:
            return server


def opened() -> smtplib.SMTP:
    """The open line; a new one where there is none or where it has talked enough."""
    if line.backend and line.mails >= MAILS_PER_LINE:
        hang_up()
    if line.backend is None:
        line.backend, line.mails = EmailBackend(fail_silently=False), 0
        line.backend.open()
    if line.backend.connection is None:
        raise OSError("no line to the mail server")
    line.backend.connection.ehlo_or_helo_if_needed()
    return line.backend.connection


def unsaid(server: smtplib.SMTP, refusal: Exception) -> Exception:
    """Get the line ready for the next mail after a refusal; gives the refusal back."""
    try:
        code, _reply = server.rset()
    except OSError:
        code = CLOSING
    if code == CLOSING:
        forget()
    return refusal


def refused(code: int, reply: bytes | str, *, is_recipient: bool = False) -> TryAgain | Rejected:
    """4xx: try again; 5xx: final. Only a refused recipient can make an address bad, and not for reasons of policy."""
    words = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    if 400 <= code < 500:
        return TryAgain(f"{code} {words}")
    return Rejected(f"{code} {words}", address_is_bad=is_recipient and speaks_of_address(code, words))


def speaks_of_address(code: int, words: str) -> bool:
    """True for "no such mailbox": by the enhanced code where there is one (5.1.x, 5.2.1), else by the plain one."""
    found = ENHANCED.match(words)
    if found is None:
        return code in BAD_ADDRESS
    return found[2] == "1" or (found[2], found[3]) == ("2", "1")


def hang_up() -> None:
    """Close this thread's line. The mails have gone by now: a fault while saying goodbye means nothing."""
    backend, line.backend = line.backend, None
    if backend is not None and backend.connection is not None:
        with suppress(OSError):
            backend.close()


def forget() -> None:
    """Drop a line that is broken, without a word."""
    backend, line.backend = line.backend, None
    if backend is not None and backend.connection is not None:
        with suppress(OSError):
            backend.connection.close()
