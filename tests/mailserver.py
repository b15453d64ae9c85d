"""A mail server on loopback, as strict as real ones: the order of commands, line ends, and what a letter must have (RFC 5321, 5322).

`says`: what it answers to a receiver or to the letter itself instead of 250, by address; "hangs": it never answers the letter.
"""

from __future__ import annotations

import email
import email.policy
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any


@dataclass
class MailServer:
    port: int = 0
    says: dict[str, str] = field(default_factory=dict)
    offers: tuple[str, ...] = ()  # what it says after EHLO: "AUTH PLAIN"
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)

    @contextmanager
    def open(self) -> Iterator[MailServer]:
        class Handler(_Handler):
            house = self

        with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
            server.daemon_threads = True
            self.port = server.server_address[1]
            thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
            thread.start()
            try:
                yield self
            finally:
                server.shutdown()
                thread.join()
        assert self.misfits == []


class _Handler(socketserver.StreamRequestHandler):
    house: MailServer

    def handle(self) -> None:
        self._say("220 mail.example")
        sender = to = ""
        while line := self.rfile.readline():
            command = line.decode("ascii").rstrip("\r\n")
            self._fits(line.endswith(b"\r\n"), "lines end with CRLF")
            match command.split(":")[0].split(" ")[0].upper():
                case "EHLO":
                    *first, last = ["mail.example", *self.house.offers]
                    for line_ in first:
                        self._say(f"250-{line_}")
                    self._say(f"250 {last}")
                case "AUTH":
                    self._say(self.house.says.get("login", "235 welcome"))
                case "MAIL":
                    found = re.match(r"MAIL FROM:<([^<>\s]+@[^<>\s]+)>", command, re.IGNORECASE)
                    self._fits(found is not None, command)
                    sender = found.group(1) if found else ""
                    self._say(f"{self.house.says.get(f'from {sender}', '250')} sender")
                case "RCPT":
                    self._fits(bool(sender), "a sender comes first")
                    to = command.partition("<")[2].partition(">")[0]
                    self._say(f"{self.house.says.get(to, '250')} receiver")
                case "DATA":
                    self._say("354 go on")
                    if self.house.says.get(f"letter {to}") == "hangs":
                        self._read()
                        self.connection.close()
                        return
                    self._take(sender, to, self._read())
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 ok")

    def _read(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            self._fits(len(line) <= 998 and line.endswith(b"\r\n"), "a line of at most 998 characters")
            lines.append(line)
        return b"".join(lines)

    def _take(self, sender: str, to: str, data: bytes) -> None:
        letter = email.message_from_bytes(data, policy=email.policy.default)
        for name in ("From", "To", "Date", "Message-ID", "Subject"):
            self._fits(letter[name] is not None, f"a letter has {name}")
        self._fits(sender in str(letter["From"]) and to in str(letter["To"]), "the letter is the envelope's")
        self.house.letters.append((to, letter))
        self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _fits(self, holds: bool, what: str) -> None:
        if not holds:
            self.house.misfits.append(what)


def words_of(letter: Any) -> str:
    """What somebody reads in a letter."""
    return str(letter.get_content()).strip()
