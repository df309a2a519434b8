"""Handing a mail to a real SMTP server on this machine that does what the test says."""

from __future__ import annotations

import socketserver
import threading

import pytest
from django.core.mail import EmailMessage

from messaging.channels import Rejected, TryAgain, smtp

SCRIPT = {
    "EHLO": "250 sink",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    ".": "250 taken",
    "RSET": "250 ok",
}


class Server(socketserver.ThreadingTCPServer):
    """Answers by `script`; an answer of "" breaks the line. `said`: the commands it heard; `taken`: mails."""

    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.script, self.said, self.taken, self.lines = dict(SCRIPT), [], 0, 0


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.lines += 1
        self.answer("220 sink")
        while raw := self.rfile.readline():
            command = raw.decode().split()[0].upper()
            self.server.said.append(command)
            if command == "QUIT":
                self.answer("221 bye")
                return
            if not self.obey(command):
                return

    def obey(self, command):
        if not self.answer(self.server.script[command]):
            return False
        if command != "DATA" or not self.server.script["DATA"].startswith("354"):
            return True
        while self.rfile.readline().rstrip(b"\r\n") != b".":
            pass
        self.server.taken += self.server.script["."].startswith("250")
        return self.answer(self.server.script["."])

    def answer(self, words):
        self.wfile.write(f"{words}\r\n".encode() if words else b"")
        return bool(words)


@pytest.fixture
def server(settings):
    with Server() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 2
        yield server
        smtp.hang_up()
        server.shutdown()


def hand_over(to="rina@example.com"):
    smtp.hand_over(EmailMessage("Halo", "Terima kasih, kak.\n.\nSalam", "Toko <toko@example.com>", [to]))


def test_one_line_carries_many_mails(server):
    for _ in range(3):
        hand_over()
    smtp.hang_up()
    assert (server.taken, server.lines, server.said.count("EHLO"), server.said[-1]) == (3, 1, 1, "QUIT")


def test_line_is_renewed_after_a_hundred_mails(server, monkeypatch):
    monkeypatch.setattr(smtp, "MAILS_PER_LINE", 2)
    for _ in range(5):
        hand_over()
    assert (server.taken, server.lines) == (5, 3)


@pytest.mark.parametrize(("command", "answer"), [("MAIL", "451 later"), ("RCPT", "450 4.2.1 busy"), (".", "452 full")])
def test_4xx_is_tried_again_and_the_line_stays(server, command, answer):
    server.script[command] = answer
    with pytest.raises(TryAgain, match=answer):
        hand_over()
    server.script = dict(SCRIPT)
    hand_over()
    assert (server.taken, server.lines) == (1, 1)


@pytest.mark.parametrize(
    ("command", "answer", "address_is_bad"),
    [
        ("RCPT", "550 5.1.1 no such mailbox", True),
        ("RCPT", "550 5.2.1 mailbox disabled", True),
        ("RCPT", "550 no such user", True),
        ("RCPT", "554 5.7.1 we do not like you", False),
        ("MAIL", "550 sender unknown", False),
        (".", "550 looks like spam", False),
        ("DATA", "554 no valid recipients", False),
    ],
)
def test_5xx_is_final_and_only_a_refused_recipient_is_a_bad_address(server, command, answer, address_is_bad):
    server.script[command] = answer
    with pytest.raises(Rejected) as refusal:
        hand_over()
    assert (str(refusal.value), refusal.value.address_is_bad) == (answer, address_is_bad)


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT"])
def test_line_that_breaks_before_the_words_is_tried_again(server, command):
    server.script[command] = ""
    with pytest.raises(TryAgain):
        hand_over()


def test_line_that_breaks_after_the_words_is_a_doubt(server):
    server.script["."] = ""
    with pytest.raises(OSError, match="closed") as doubt:
        hand_over()
    assert not isinstance(doubt.value, (TryAgain, Rejected))


def test_kept_line_that_died_meanwhile_is_opened_once_more(server):
    hand_over()
    smtp.line.backend.connection.sock.shutdown(2)
    hand_over()
    assert (server.taken, server.lines) == (2, 2)


def test_421_ends_the_line(server):
    server.script |= {"RCPT": "421 closing", "RSET": "421 closing"}
    with pytest.raises(TryAgain):
        hand_over()
    assert smtp.line.backend is None


def test_nobody_listens(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(TryAgain):
        hand_over()


@pytest.mark.parametrize("address", ["rina@example.com\nBcc: all@example.com", "", "not an address@"])
def test_address_that_cannot_be_written_is_refused_before_the_line(server, address):
    with pytest.raises(Rejected):
        hand_over(address)
    assert server.taken == 0
