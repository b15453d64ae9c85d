"""What `python -m bot check` tries with the mail server: everything but a letter."""

from __future__ import annotations

import asyncio
import smtplib
import ssl

from bot.finding import Finding, Verdict
from bot.mailing import Mailer
from bot.settings import PREFIX, Settings

_HOST, _TLS, _USER, _SENDER = (f"{PREFIX}MAIL__{name}" for name in ("HOST", "TLS", "USER", "SENDER"))


async def check_mail(settings: Settings) -> list[Finding]:
    """Return what the mail server says to us; nothing where neither a page nor letters are wanted."""
    mail, door = settings.mail, settings.policies().attendance.door
    if not mail.is_on:
        said = "no letters are written: a browser that cannot be rung is told by somebody who passes it on"
        return [Finding("mail", Verdict.NOTE, said, f"set {_HOST} if there is a mail server")] if door else []
    if not door:
        said = "a letter says that something waits on the page, and no page is served"
        return [Finding("mail", Verdict.NOTE, said, f"set {PREFIX}ATTENDANCE__DOOR, or leave {_HOST} empty")]
    where = f"{mail.host}:{mail.port}"
    try:
        code, words = await asyncio.to_thread(Mailer(mail).tries)
    except (smtplib.SMTPException, OSError) as error:
        return [_wrong(error, where)]
    if code >= 400:
        said = f"{where} takes no letters from {mail.sender} ({code} {words})"
        return [
            Finding("mail", Verdict.WRONG, said, f"set {_SENDER} to an address that this server sends for")
        ]
    how = "unencrypted, on this machine" if mail.tls == "none" else "over TLS"
    return [Finding("mail", Verdict.GOOD, f"{where} takes letters from {mail.sender}, {how}; none was sent")]


def _wrong(error: Exception, where: str) -> Finding:
    """A refusal in words. No server's own words to a login: some repeat the name."""
    match error:
        case smtplib.SMTPAuthenticationError():
            said, hint = (
                f"refuses our name or password ({error.smtp_code})",
                f"check {_USER} and its password",
            )
        case smtplib.SMTPNotSupportedError():
            said, hint = (
                "offers no such encryption or login",
                f"try {_TLS}=implicit with port 465, or leave {_USER} empty",
            )
        case ssl.SSLCertVerificationError():
            said, hint = (
                "has a certificate that does not hold",
                f"set {_HOST} to the name in its certificate, or renew it",
            )
        case ssl.SSLError():
            said, hint = "does not speak this kind of TLS", f"{_TLS}: starttls for port 587, implicit for 465"
        case smtplib.SMTPResponseException():
            said, hint = f"turns us away ({error.smtp_code})", "ask whoever runs it"
        case _:
            said, hint = (
                f"gives no answer ({type(error).__name__})",
                f"check {_HOST}, its port, and the firewall",
            )
    return Finding("mail", Verdict.WRONG, f"{where} {said}", hint)
