"""Letters by SMTP, each with one plain sentence. smtplib in a thread: a handful a minute at the most.

taken                            Posted
5xx for the receiver             MailRefused   the mailbox wants nothing: no other letter goes there
4xx, no connection, our login    NotReached    later; a login that is refused is ours, and the operator hears of it
no answer to what was sent       Unanswered    nobody knows
"""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from bot.settings import MailSettings
from bot.wire import NotReached, Unanswered

Post = Callable[[str, str, str, datetime], Awaitable[str]]  # to, subject, words, now -> what the server said


class MailRefused(Exception):
    """The receiver's mailbox takes nothing: `code` is what its server said."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Mailer:
    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    async def post(self, to: str, subject: str, words: str, now: datetime) -> str:
        """Hand a letter to the mail server."""
        return await asyncio.to_thread(self._post, self._letter(to, subject, words, now))

    def tries(self) -> tuple[int, str]:
        """Go as far as one can without a letter: connect, encrypt, log in, name our sender. Return what is said to that."""
        with self._connected() as server:
            server.ehlo_or_helo_if_needed()
            code, words = server.mail(self._settings.sender)
            server.rset()
        return code, words.decode("ascii", "replace")[:80]

    def _letter(self, to: str, subject: str, words: str, now: datetime) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._settings.sender, to, subject
        letter["Date"] = format_datetime(now)
        letter["Message-ID"] = make_msgid(domain=self._settings.sender.rpartition("@")[2])
        letter["Auto-Submitted"] = "auto-generated"  # no holiday notices come back
        letter.set_content(words)
        return letter

    def _post(self, letter: EmailMessage) -> str:
        given = False
        try:
            with self._connected() as server:
                given = True
                server.sendmail(self._settings.sender, [letter["To"]], letter.as_bytes(policy=SMTP))
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            if code >= 500:
                raise MailRefused(code) from refused
            raise NotReached from refused
        except smtplib.SMTPAuthenticationError as error:
            raise NotReached(error) from error
        except smtplib.SMTPResponseException as error:
            if given and error.smtp_code >= 500 and isinstance(error, smtplib.SMTPDataError):
                raise MailRefused(error.smtp_code) from error
            raise NotReached(error if error.smtp_code >= 500 else None) from error
        except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
            if given:
                raise Unanswered from error
            raise NotReached from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotReached from error
        return "250"

    def _connected(self) -> smtplib.SMTP:
        at, context = self._settings, ssl.create_default_context()
        server: smtplib.SMTP
        if at.tls == "implicit":
            server = smtplib.SMTP_SSL(at.host, at.port, timeout=at.seconds, context=context)
        else:
            server = smtplib.SMTP(at.host, at.port, timeout=at.seconds)
        try:
            if at.tls == "starttls":
                server.starttls(context=context)
            if at.user:
                server.login(at.user, at.password.get_secret_value())
        except BaseException:
            server.close()
            raise
        return server
